"""What a chart consists of once it is laid out: boxes, lines and a legend, in px, the origin at the top left."""

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from departments.models.entries import Entry

if TYPE_CHECKING:
    from departments.charts.layout import Block
    from departments.charts.standing import Standing

# How a line is drawn, and what it says. The first three make the tree, the others run beside it.
PLACE = "place"  # a department stands in another
STATED = "stated"  # a reporting line the source states (or we inferred: marked)
DERIVED = "derived"  # a reporting line that follows from the place
BESIDE = "beside"  # a reporting line that departs from the tree drawn
DOTTED = "dotted"
ASSISTS = "assists"
MOVED = "moved"  # from where a department stood to where it stands; also the state of the box there
BESIDE_THE_TREE = (BESIDE, DOTTED, ASSISTS, MOVED)
STYLES = (PLACE, STATED, DERIVED, *BESIDE_THE_TREE)

# What became of a box between two editions, where a chart shows that.
ADDED = "added"
STOOD = "stood"
REMOVED = "removed"

EDGE = 2  # of a box, beside what is said at its foot
SEVERAL = "×n"  # the mark of who stands for several

Point = tuple[float, float]


@dataclass(slots=True, eq=False)
class Head:
    """A row in a department's box: one of those who lead it. `y`: its top, px below the box's top.

    In a box that stands upright it is columns: `x` from the box's left, so many px wide.
    """

    entry: Entry
    lines: tuple[str, ...]
    headcount: str
    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0

    @property
    def signs(self) -> tuple[str, ...]:
        """The marks after its title: 推, where it, its place or its leading was inferred; 兼; ×n, one for several."""
        entry = self.entry
        inferred = entry.inferred or "inferred" in (entry.head_basis, entry.place_basis)
        said = {"推": inferred, "兼": entry.head_form == "part_time", SEVERAL: bool(entry.repeats)}
        return tuple(sign for sign, holds in said.items() if holds)


@dataclass(slots=True, eq=False)
class Box:
    """One box: a department with its heads, a position, or a party outside (no entry). Compared by identity."""

    kind: str  # department, position, outside
    entry: Entry | None
    name: str
    title: tuple[str, ...] = ()  # the name, in lines
    english: tuple[str, ...] = ()
    heads: list[Head] = field(default_factory=list)
    headcount: str = ""  # or another note beside the title
    headcount_below: bool = False  # too long to stand beside the title
    inferred: bool = False
    several: bool = False  # it stands for several of its kind
    standing: "tuple[Standing, ...]" = ()  # its columns, where it stands upright
    rule: float = 0  # where in it the line stands before those who lead, from its left
    state: str = ""  # added, moved, stood, removed; see charts/moves.py
    # in the forest
    parent: "Box | None" = None
    basis: str = PLACE  # the style of the line to its parent
    line_inferred: bool = False
    children: list["Box"] = field(default_factory=list)
    hidden: int = 0  # how many boxes below are not drawn
    closed: bool = False  # whether the reader may open it
    depth: int = 0
    goes_on: int = 0  # the number of the page where its branch goes on; see charts/paging.py
    # geometry: px; u runs across the chart's direction, v along it (down: u = x, v = y; right: u = y, v = x)
    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0
    goes_on_y: int = 0  # where there is room to say it, from its top
    u: float = 0
    v: float = 0
    block: "Block | None" = None
    role: str = "main"  # in its block: main, stacked, abreast, left, right (an assistant)

    @property
    def foot(self) -> "Foot":
        """Where it is said that its branch goes on."""
        if self.standing:
            return Foot(self.x + EDGE, self.y + self.height - 3 * EDGE, self.width - 2 * EDGE)
        return Foot(self.x + 12, self.y + self.goes_on_y)

    @property
    def signs(self) -> tuple[str, ...]:
        """The marks after its title."""
        return ("推",) if self.inferred else ()


@dataclass(frozen=True, slots=True)
class Foot:
    """Where it is said that a branch goes on: px from the picture's left and top, to the left end and the top of a line.

    In a box that stands upright it has so much `room` from there rightwards and stands in the middle of it, in as many
    lines as it takes; y is where the last ends.
    """

    x: int
    y: int
    room: int = 0


@dataclass(slots=True)
class Stroke:
    """A line through points. `mark`: where a 推 stands, if it is inferred; `dot`: where it ends, beside the tree."""

    style: str
    points: list[Point]
    start: Box
    end: Box
    mark: Point | None = None
    dot: Point | None = None


@dataclass(slots=True)
class Picture:
    """A chart laid out: boxes in document order, parties outside, lines, and what the legend must explain."""

    width: int
    height: int
    direction: str
    boxes: list[Box]
    parties: list[Box]
    strokes: list[Stroke]
    departing: int = 0  # reporting lines that depart from the place and are not drawn

    @property
    def styles(self) -> list[str]:
        """The styles of line drawn, in the order of the legend."""
        drawn = {stroke.style for stroke in self.strokes}
        return [style for style in STYLES if style in drawn]

    @property
    def inferred(self) -> bool:
        """Whether anything drawn is marked as inferred."""
        signs = {sign for box in self.boxes for sign in (*box.signs, *chain(*(head.signs for head in box.heads)))}
        return "推" in self.marks | signs or any(stroke.mark for stroke in self.strokes)

    @property
    def marks(self) -> set[str]:
        """The marks that headcounts carry: 推 inferred, 例 an example."""
        counts = {box.headcount for box in self.boxes} | {head.headcount for box in self.boxes for head in box.heads}
        return {count[-1] for count in counts if count} & {"推", "例"}

    @property
    def find(self) -> dict[Entry, Box]:
        """The box each entry stands in, heads included."""
        found = {box.entry: box for box in self.boxes if box.entry}
        found |= {head.entry: box for box in self.boxes for head in box.heads}
        return found
