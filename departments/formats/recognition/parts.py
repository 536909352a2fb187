"""What was recognised: a tree of parts, each with the lines it came from and how sure it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

SURE, LIKELY, GUESSED = 1.0, 0.8, 0.5
DOUBTFUL = 0.7  # below it a part is marked for whoever reviews


@dataclass(eq=False)
class Part:
    """A department, a position, a statement, or a note: what was read and belongs nowhere. `text` is a title or a statement.

    `section`, `weight` and `aspect` are a statement's, as the model names them; `facts` are a department's or position's:
    code, superior, headcount, grade, summary.
    """

    kind: str
    text: str
    section: str = ""
    weight: str = "primary"
    aspect: str = ""
    certainty: float = SURE
    lines: list[int] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    children: list["Part"] = field(default_factory=list)

    @property
    def doubtful(self) -> bool:
        """Whether somebody should look at it."""
        return self.certainty < DOUBTFUL

    def walk(self) -> Iterator["Part"]:
        """Yield the part and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def department(self, title: str) -> "Part | None":
        """Return the department of this name right below: named again, as each of many forms does, it is the same."""
        return next((one for one in self.below("department") if one.text == title), None)

    def take(self, others: Iterable["Part"]) -> None:
        """Put other parts below, departments that are there already as one."""
        for other in others:
            same = self.department(other.text) if other.kind == "department" else None
            if same is None:
                self.children.append(other)
            else:
                same.facts = other.facts | same.facts
                same.lines += other.lines
                same.take(other.children)

    def below(self, kind: str) -> list["Part"]:
        """Return the parts of a kind right below."""
        return [child for child in self.children if child.kind == kind]
