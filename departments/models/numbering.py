"""The pattern of a document number, such as `{company}-{design}-{edition:02}`: words in braces, and nothing that runs."""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PLACES = ("company", "design", "edition", "year")
REQUIRED = ("design", "edition")  # without them two editions would bear one number
_PLACE = re.compile(r"\{(?P<name>[a-z]+)(?::0?(?P<width>[1-9]))?\}")


def check_pattern(pattern: str) -> None:
    """Raise ValidationError, which says what is wrong, unless the pattern can number every edition of every design."""
    named = [place["name"] for place in _PLACE.finditer(pattern)]
    if unknown := [name for name in named if name not in PLACES]:
        raise ValidationError(
            _("{%(name)s} is not known. Use {company}, {design}, {edition} or {year}."), params={"name": unknown[0]}
        )
    if re.search(r"[{}]", _PLACE.sub("", pattern)):
        raise ValidationError(_("A brace is left over. Write for instance {company}-{design}-{edition:02}."))
    if missing := [name for name in REQUIRED if name not in named]:
        raise ValidationError(
            _("Without {%(name)s} two papers would bear the same number."), params={"name": missing[0]}
        )


def numbered(pattern: str, values: Mapping[str, str | int | None]) -> str:
    """Return the pattern with its places filled; a number is filled with noughts to the width that is asked for.

    What has no value (a company without a code) leaves no hyphen behind.
    """
    filled = _PLACE.sub(lambda place: _said(values.get(place["name"]), int(place["width"] or 0)), pattern)
    return re.sub(r"([-/_.])\1+", r"\1", filled).strip("-/_. ")


def _said(value: str | int | None, width: int) -> str:
    return "" if value is None else f"{value:0{width}d}" if isinstance(value, int) and width else str(value)
