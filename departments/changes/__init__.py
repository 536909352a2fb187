"""What was changed, in sentences: who, when, what, with the words that changed marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.translation import get_language

from departments.changes.parts import Part, Parts
from departments.changes.past import read_past
from departments.changes.telling import Teller
from departments.models import Change, Function

__all__ = ["Part", "Parts", "Sentence", "sentences"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One change in words."""

    change: Change
    who: str
    parts: Parts

    def __str__(self) -> str:
        return "".join(part.text for part in self.parts)


def sentences(changes: Iterable[Change]) -> list[Sentence]:
    """Return a sentence for each of these changes, of one edition or of several, in their order.

    2 queries, and one each where somebody is named, where something was taken back and where functions were changed.
    """
    rows = list(changes)
    prefetch_related_objects(rows, "by", "undoes")
    functions = _functions(rows)
    tellers = {edition: Teller(past, functions) for edition, past in read_past(rows).items()}
    return [Sentence(change, _who(change), tellers[change.edition_id].tell(change)) for change in rows]


def _who(change: Change) -> str:
    return (change.by.get_full_name() if change.by else "") or change.by_name


def _functions(changes: Sequence[Change]) -> dict[str, str]:
    """Return the names of the functions that were given or taken. 1 query, none where there are none."""
    sides = [side for change in changes if change.verb == Change.Verb.EDIT for side in (change.before, change.after)]
    slugs = {slug for side in sides for name in ("functions", "raci") for slug in side.get(name, ())}
    if not slugs:
        return {}
    column = "name_en" if get_language() == "en" else "name"
    return dict(Function.objects.filter(slug__in=slugs).values_list("slug", column))
