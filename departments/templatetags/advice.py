"""The words of /choose/: structures, questions and answers."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from departments.models.facets import STRUCTURE_NOTES, Priority, label

register = template.Library()
QUESTIONS: dict[str, Promise] = {
    "sizes": _("Size"),
    "stages": _("Stage"),
    "industries": _("Industry"),
    "product_lines": _("Product lines"),
    "regions": _("Regions"),
    "digital_maturity": _("Digital maturity"),
    "partner_reliance": _("Reliance on outside partners"),
    "priorities": _("What matters most"),
}


@register.filter
def structure(value: str) -> str:
    """Return the name of a structure type."""
    return str(label("structure", value))


@register.filter
def structure_note(value: str) -> str:
    """Return what a structure type means."""
    return str(STRUCTURE_NOTES[value])


@register.filter
def question(name: str) -> str:
    """Return the words for a question."""
    return str(QUESTIONS[name])


@register.filter
def answer(value: str, name: str) -> str:
    """Return the words for an answer to a question."""
    return str(Priority(value).label if name == "priorities" else label(name, value))
