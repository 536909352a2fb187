"""Workflows on paper: only the columns that a process fills, each as wide as its text asks."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from departments.models import Edition, Process, Step
from departments.models.outlines import Entry, Outline

# column: its least and greatest share of the table
NUMBER = 6  # the share of the column of numbers
SHARES = {
    "name": (13, 20),
    "who": (13, 22),
    "action": (24, 48),
    "output": (12, 24),
    "lead_time": (11, 16),
    "approval": (11, 18),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of steps; `width` in per cent."""

    slug: str
    label: str
    width: float


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
    # The square root: a column with four times the text is twice as wide.
    asked = {slug: sum(len(row[slug]) for row in rows) ** 0.5 for slug in labels}
    filled = {slug: asked[slug] for slug in labels if asked[slug]}
    whole = sum(filled.values()) or 1
    shares = {slug: min(max(100 * size / whole, SHARES[slug][0]), SHARES[slug][1]) for slug, size in filled.items()}
    scale = (100 - NUMBER) / (sum(shares.values()) or 1)
    return [Column(slug, labels[slug], round(share * scale, 2)) for slug, share in shares.items()]
