"""Workflows on paper: a table of steps with only the columns that the process fills."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from departments.models import Edition, Process, Step
from departments.models.entries import Entry
from departments.models.outlines import Outline


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of steps; `wide`: it takes what the others leave."""

    slug: str
    label: str
    wide: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What a step says in one column."""

    text: str
    inferred: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One step."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Workflow:
    """A process with its steps as rows of cells."""

    process: Process
    columns: list[Column]
    rows: list[Row]

    @property
    def anchor(self) -> str:
        """Its id in a PDF."""
        return f"process-{self.process.number}"


def build_workflows(edition: Edition, outline: Outline, branch: Entry | None) -> list[Workflow]:
    """Return the edition's processes; of a branch those in which one of the branch acts. 2 queries."""
    inside = {entry.uid.hex for entry in branch.walk()} if branch else set()
    workflows = []
    for process in edition.processes.prefetch_related("steps"):
        steps = list(process.steps.all())
        actors = {who["node"].replace("-", "") for step in steps for who in step.who if "node" in who}
        if branch is None or actors & inside:
            texts = [_texts(step, outline) for step in steps]
            columns = _columns(texts)
            rows = [
                Row(
                    step.number, [Cell(text[c.slug], c.slug == "who" and step.who_basis == "inferred") for c in columns]
                )
                for step, text in zip(steps, texts, strict=True)
            ]
            workflows.append(Workflow(process, columns, rows))
    return workflows


def _texts(step: Step, outline: Outline) -> dict[str, str]:
    names = []
    for who in step.who:
        entry = outline.find(who["node"].replace("-", "")) if "node" in who else None
        names.append(entry.title if entry else who.get("text", ""))
    return {
        "name": step.name,
        "who": "、".join(name for name in names if name),
        "action": step.action,
        "output": step.output,
        "lead_time": step.lead_time,
        "approval": step.approval,
    }


def _columns(rows: list[dict[str, str]]) -> list[Column]:
    labels = {
        "name": _("Step"),
        "who": _("Who"),
        "action": _("Action"),
        "output": _("Output"),
        "lead_time": _("Lead time"),
        "approval": _("Approval"),
    }
    filled = [slug for slug in labels if any(row[slug] for row in rows)]
    wide = "action" if "action" in filled else filled[-1] if filled else ""
    return [Column(slug, labels[slug], slug == wide) for slug in filled]
