"""The empty form: the parts that HR expects of a 岗位说明书, with room to write."""

from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from departments.models import Section


@dataclass(frozen=True, slots=True)
class BlankPart:
    """A part with empty rows. `columns`: their heads, where it has more than one; `rows`: the label of each, or ""."""

    label: str
    rows: list[str]
    columns: list[str] = field(default_factory=list)
    numbered: bool = False


def blank_parts() -> list[BlankPart]:
    """Return the parts in the order of the form; two pages of A4."""
    qualifications = [
        _("Education"),
        _("Major"),
        _("Experience"),
        _("Knowledge"),
        _("Skills and certificates"),
        _("Competencies"),
    ]
    authority = [_("Approval"), _("Finance"), _("Personnel"), _("Other")]
    return [
        BlankPart(_("Purpose of the position"), [""]),
        BlankPart(str(capfirst(Section.RESPONSIBILITY.label)), [""] * 10, [_("Duty"), _("Measure")], numbered=True),
        BlankPart(str(capfirst(Section.AUTHORITY.label)), authority),
        BlankPart(str(capfirst(Section.QUALIFICATION.label)), qualifications),
        BlankPart(
            str(capfirst(Section.INDICATOR.label)), [""] * 5, [_("Indicator"), _("Target"), _("Period")], numbered=True
        ),
        BlankPart(_("Works with"), [_("Inside"), _("Outside")]),
        BlankPart(str(capfirst(Section.CONDITION.label)), [""]),
    ]
