"""The fields of a node by the words readers know them by."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HEADCOUNT = ("form", "min", "max", "per", "varies_with", "basis")
WHOLE = {"sources", "remarks", "levels", "checked"}  # said to have changed, not how
FIELDS: dict[str, str | Promise] = {
    "title": _("title"),
    "title_en": _("English title"),
    "code": _("code"),
    "aliases": _("also called"),
    "summary": _("summary"),
    "remarks": _("remarks"),
    "place_basis": _("basis of the place"),
    "repeats": _("stands for several"),
    "checked": _("checked mark"),
    "headcount": _("headcount"),
    "headcount_filled": _("people in post"),
    "unit_type": _("kind of department"),
    "frame": _("only a frame"),
    "levels": _("headcount of levels"),
    "head": _("head of the department"),
    "head_form": _("form of the head"),
    "head_basis": _("basis of the head"),
    "assistant": _("assistant"),
    "grade": _("grade"),
    "raci": _("RACI"),
    "section": _("section"),
    "weight": _("primary or auxiliary"),
    "aspect": _("aspect"),
    "text": _("wording"),
    "measure": _("measure"),
    "rating_required": _("rating required"),
    "rating_maximum": _("highest rating"),
    "rating_note": _("note on the rating"),
    "inferred": _("inferred"),
    "open_ended": _("open list"),
    "sources": _("sources"),
    "functions": _("functions"),
}
WORDS: dict[str, str | Promise] = {
    "primary": _("primary"),
    "auxiliary": _("auxiliary"),
    "stated": _("stated"),
    "inferred": _("inferred"),
    "example": _("example"),
    "person": _("one person"),
    "body": _("a leading body"),
    "alternative": _("one or the other"),
    "part_time": _("part-time"),
}
WORDED = ("weight", "head_form", "head_basis", "place_basis")  # fields that say one of these


def field_of(column: str) -> str:
    """Return the field a column is a part of."""
    return "headcount" if column.removeprefix("headcount_") in HEADCOUNT else column
