"""The fields of templates as the page lists them, with what each is in the reader's words."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from departments.models import Section


@dataclass(frozen=True, slots=True)
class Described:
    """A field, as it is written in a template, and what it holds."""

    mark: str
    meaning: str


def field_list() -> list[tuple[str, list[Described]]]:
    """Return the fields in groups under what they belong to."""
    document = {
        "title": _("Job description"),
        "name": _("Design"),
        "company": _("Company name"),
        "number": _("Document number"),
        "edition": _("Edition"),
        "date": _("Effective date"),
        "mark": _("the stamp of a draft or of what is no longer in force"),
    }
    form = {
        "title": _("Position title"),
        "title_en": _("English title"),
        "code": _("Position code"),
        "department": _("Department"),
        "superior": _("Direct superior"),
        "subordinates": _("Direct subordinates"),
        "headcount": _("Headcount"),
        "grade": _("Grade"),
        "holder": _("Holder"),
        "summary": _("Purpose of the position"),
    }
    rows = {
        "responsibilities": Section.RESPONSIBILITY.label,
        "authorities": Section.AUTHORITY.label,
        "qualifications": Section.QUALIFICATION.label,
        "indicators": Section.INDICATOR.label,
    }
    row = {"number": _("No."), "text": _("Text"), "third": _("Measure"), "mark": _("inf.")}
    signed = {"label": _("what is signed for"), "name": _("who signed"), "date": _("Date")}
    return [
        (_("On every page, also in head and foot"), _fields("document", document)),
        (_("Between {%p for form in forms %} and {%p endfor %}"), _fields("form", form)),
        (
            _("Rows of a table: {%tr for row in … %}, a row, {%tr endfor %}, each in a row of its own"),
            [Described(f"{{%tr for row in form.{name} %}}", str(capfirst(label))) for name, label in rows.items()]
            + _fields("row", row),
        ),
        (_("Signatures: {%tr for one in form.signatures %}"), _fields("one", signed)),
    ]


def _fields(of: str, named: dict[str, str]) -> list[Described]:
    return [Described(f"{{{{ {of}.{name} }}}}", meaning) for name, meaning in named.items()]
