"""What a difference to the reference is made of, whatever differs: its name, its field on three sides, what it is against."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from departments.comparison.revision import FIELDS
from departments.comparison.snapshots import Said

LABELS: dict[str, str | Promise] = FIELDS | {
    "name": gettext_lazy("name"),
    "name_en": gettext_lazy("English title"),
    "owner": gettext_lazy("owner"),
    "lead_time": gettext_lazy("lead time"),
    "basis": gettext_lazy("basis"),
    "steps": gettext_lazy("steps"),
    "ordered": gettext_lazy("the steps follow one another"),
    "who": gettext_lazy("with whom"),
    "kind": gettext_lazy("what it says"),
    "about": gettext_lazy("about what"),
    "line": gettext_lazy("drawn as"),
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
    """One thing that differs. The kinds of it say what of; `verdict`: added, reworded, moved or removed.

    What is reworded differs in a field: each field of a node, a line or a process is a difference of its own.
    """

    verdict: str
    about: str  # names it, with verdict and kind: a uid or a name
    title: str
    place: Said | None  # where it is read: a department or position; None: among the processes
    against: str  # what the reference says there, digested
    clash: bool = False  # the company has changed the same itself
    field: Reworded | None = None
    waits: Said | None = None  # what has to be taken over first

    kind = ""

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """What names it on the page."""
        return ":".join(filter(None, (self.kind, self.verdict, self.about, self.field.name if self.field else "")))

    @property
    def of(self) -> tuple[str, str, str]:
        """What differs, whichever field of it: those of one are shown together."""
        return self.kind, self.verdict, self.about

    @property
    def told(self) -> str:
        """The same in words, with the field where it is one."""
        title = self.title[:40]
        return _("%(title)s: %(field)s") % {"title": title, "field": self.field.label} if self.field else title

    @property
    def takeable(self) -> bool:
        """Whether anything of it can be taken over now."""
        return self.waits is None and not self.clash

    @property
    def replaces(self) -> str:
        """What signs that both texts were seen, where the reference's may replace the company's own; else empty."""
        if not self.clash or self.field is None or self.waits is not None:
            return ""
        return digest(self.field.mine, self.against)


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
