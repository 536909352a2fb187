"""The steps of a process as they are drawn: who acts, and what is written in a box. No queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from departments.models import Step
from departments.models.outlines import Outline


@dataclass(frozen=True, slots=True)
class Actor:
    """Whose lane it is. `kind`: department, position, outside, or unknown, who has no name; `ref`: of an entry."""

    kind: str
    name: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A step as it is drawn. `inferred`: who acts is our conclusion."""

    number: int
    actors: tuple[Actor, ...]
    name: str = ""
    action: str = ""
    lead_time: str = ""
    inferred: bool = False

    @property
    def text(self) -> str:
        """The whole step in words."""
        words = [self.name, self.action, self.lead_time]
        return f"{self.number} " + " · ".join(word for word in words if word)


def read_tasks(steps: Iterable[Step], outline: Outline) -> list[Task]:
    """Return the steps of a process as they are drawn. No query."""
    return [
        Task(
            step.number,
            tuple(dict.fromkeys(read_actors(step, outline))) or (Actor("unknown", ""),),
            step.name,
            step.action,
            step.lead_time,
            step.who_basis == "inferred",
        )
        for step in steps
    ]


def read_actors(step: Step, outline: Outline) -> list[Actor]:
    """Return who acts in a step, in the order of the document."""
    actors = []
    for who in step.who:
        entry = outline.find(who["node"].replace("-", "")) if "node" in who else None
        if entry:
            actors.append(Actor("outside" if entry.frame else entry.kind, entry.title, entry.ref))
        elif who.get("text"):
            actors.append(Actor("outside", who["text"]))
    return actors
