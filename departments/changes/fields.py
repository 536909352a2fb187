"""The fields of a node by the words readers know them by."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

HEADCOUNT = ("form", "min", "max", "per", "varies_with", "basis")
WHOLE = {"sources", "remarks", "levels", "checked"}  # said to have changed, not how
FIELDS: dict[str, str | Promise] = {
    "title": lazy("title"),
    "title_en": lazy("English title"),
    "code": lazy("code"),
    "aliases": lazy("also called"),
    "summary": lazy("summary"),
    "remarks": lazy("remarks"),
    "checked": lazy("checked mark"),
    "headcount": lazy("headcount"),
    "headcount_filled": lazy("people in post"),
    "unit_type": lazy("kind of department"),
    "frame": lazy("only a frame"),
    "levels": lazy("headcount of levels"),
    "head": lazy("head of the department"),
    "head_form": lazy("form of the head"),
    "head_basis": lazy("basis of the head"),
    "assistant": lazy("assistant"),
    "grade": lazy("grade"),
    "raci": lazy("RACI"),
    "section": lazy("section"),
    "weight": lazy("primary or auxiliary"),
    "aspect": lazy("aspect"),
    "text": lazy("wording"),
    "measure": lazy("measure"),
    "rating_required": lazy("rating required"),
    "rating_maximum": lazy("highest rating"),
    "rating_note": lazy("note on the rating"),
    "inferred": lazy("inferred"),
    "open_ended": lazy("open list"),
    "sources": lazy("sources"),
    "functions": lazy("functions"),
}
WORDS: dict[str, str | Promise] = {
    "primary": lazy("primary"),
    "auxiliary": lazy("auxiliary"),
    "stated": lazy("stated"),
    "inferred": lazy("inferred"),
    "example": lazy("example"),
    "person": lazy("one person"),
    "body": lazy("a leading body"),
    "alternative": lazy("one or the other"),
    "part_time": lazy("part-time"),
}


def field_of(column: str) -> str:
    """Return the field a column is a part of."""
    return "headcount" if column.removeprefix("headcount_") in HEADCOUNT else column
