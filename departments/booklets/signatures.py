"""Who prepared, reviewed and approved an edition, and the stamp of one that is not in force: what paper says of its way."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from departments.booklets.facts import written
from departments.models import Design, Edition, Transition

Status = Edition.Status


@dataclass(frozen=True, slots=True)
class Signature:
    """A field at the foot of a form: what for, and who signed when; without a name there is room to sign by hand."""

    label: str
    name: str = ""
    on: datetime.date | None = None

    @property
    def date(self) -> str:
        """The day written out; empty where there is room to write it."""
        return written(self.on) if self.on else ""


def signatures(edition: Edition, *, holder: bool = True) -> list[Signature]:
    """Return the fields 编制, 审核, 批准 and 任职人 of an edition, the first three as its steps recorded them.

    Who submitted it last prepared it; what was signed before that, or of an edition that went back to be a draft, does
    not count. 1 query, none for reference designs, which nobody signs.
    """
    steps: Iterable[Transition] = ()
    if edition.design.origin == Design.Origin.OWN and edition.status != Status.DRAFT:
        steps = edition.transitions.order_by("pk")
    signed = signed_by(steps)
    named = (signed.get(key, ("", None)) for key in ("prepared", "reviewed", "approved"))
    fields = [replace(field, name=name, on=on) for field, (name, on) in zip(unsigned(), named, strict=False)]
    return [*fields, unsigned()[-1]] if holder else fields


def unsigned() -> list[Signature]:
    """Return the fields of a form that nobody has signed."""
    return [Signature(label) for label in (_("Prepared by"), _("Reviewed by"), _("Approved by"), _("Position holder"))]


def signed_by(steps: Iterable[Transition]) -> dict[str, tuple[str, datetime.date]]:
    """Return who prepared, reviewed and approved an edition, and when, of its steps in order; see `signatures`. No query."""
    signed: dict[str, tuple[str, datetime.date]] = {}
    for step in steps:
        entry = (step.name, timezone.localtime(step.at).date())
        if step.after == Status.IN_REVIEW and step.before != Status.IN_REVIEW:
            signed = {"prepared": entry}
        elif step.after == Status.IN_REVIEW:
            signed["reviewed"] = entry
        elif step.after == Status.APPROVED and step.before == Status.IN_REVIEW:
            signed["approved"] = entry
    return signed


def stamp(edition: Edition) -> str:
    """Return the word stamped on every page of an edition that is not in force: 作废, 草稿 …; empty for one that is."""
    return "" if edition.status == Status.IN_FORCE else str(edition.get_status_display())
