"""What a difference to the reference is made of, whatever differs: its name, its fields on three sides, what it is against."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from departments.comparison.revision import FIELDS
from departments.comparison.snapshots import Said

LABELS: dict[str, str | Promise] = FIELDS | {
    "name": _("name"),
    "name_en": _("English title"),
    "owner": _("owner"),
    "lead_time": _("lead time"),
    "basis": _("basis"),
    "steps": _("steps"),
    "ordered": _("the steps follow one another"),
    "who": _("with whom"),
    "kind": _("what it says"),
    "about": _("about what"),
    "line": _("drawn as"),
}


@dataclass(frozen=True, slots=True)
class Reworded:
    """One field that the reference says otherwise by now."""

    name: str
    clash: bool
    was: str
    mine: str
    now: str

    @property
    def label(self) -> str | Promise:
        """The field in words."""
        return LABELS[self.name]


@dataclass(slots=True, kw_only=True, eq=False)
class Difference:
    """One thing that differs. The kinds of it say what of; `verdict`: added, reworded, moved or removed."""

    verdict: str
    about: str  # names it, with verdict and kind: a uid or a name
    title: str
    place: Said | None  # where it is read: a department or position; None: among the processes
    against: str  # what the reference says there, digested
    clash: bool = False  # the company has changed the same itself
    fields: list[Reworded] = field(default_factory=list)
    waits: Said | None = None  # what has to be taken over first

    kind = ""

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """What names it on the page."""
        return ":".join(filter(None, (self.kind, self.verdict, self.about)))

    @property
    def takeable(self) -> bool:
        """Whether anything of it can be taken over now."""
        return self.waits is None and (any(not one.clash for one in self.fields) if self.fields else not self.clash)


def digest(*said: Any) -> str:
    """Return what the reference says, in a form that is short and the same next time."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def three_ways(wanted: Any, here: Any, before: list[Any]) -> bool | None:
    """Return whether what the reference says by now clashes with what the company says; None where nothing is to be done.

    `before`: what the reference said since it was adopted, the oldest first.
    """
    if here == wanted or all(one == wanted for one in before):
        return None  # taken over already, or not changed by the reference
    if here not in before and before[0] == wanted:
        return None  # changed by the company alone
    return here not in before
