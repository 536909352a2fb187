"""What stands before everything else in a booklet: the change record and the contents, and how much of a page they take."""

from collections.abc import Sequence
from dataclasses import dataclass

from departments.booklets.record import Revision

# Heights as booklet.css has them, mm: of a page, of its title, of a line of the first level and of the others, of the title
# over the list of charts, of a row of the change record.
PAGE, TITLE, FIRST, OTHER, MINOR, ROW = 254, 16, 8.7, 6.5, 13.5, 7.5
TIGHTER = 0.86  # of that where lines are set tighter
ACROSS = 44  # characters on a line


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the contents or a bookmark: what it leads to, how deep it stands, and a word on where."""

    level: int
    label: str
    anchor: str
    note: str = ""
    form: bool = False

    @property
    def height(self) -> float:
        """What it takes of a page, mm."""
        wrapped = (2 * self.level + len(self.label) + len(self.note)) // ACROSS
        return (FIRST if self.level == 1 and not self.form else OTHER) + 5.6 * wrapped


def tighter(contents: Sequence[Line], charts: Sequence[Line]) -> bool:
    """Return whether the contents save a page by being set tighter, so that none ends with a few lines."""
    high = _lines(contents, charts)
    return _pages(TITLE + TIGHTER * high) < _pages(TITLE + high)


def together(record: Sequence[Revision], contents: Sequence[Line], charts: Sequence[Line]) -> bool:
    """Return whether the change record and the contents find room on one page, set as they would be alone."""
    rows = sum(ROW + 5.6 * (sum(map(len, one.changes)) // 24) for one in record)
    return bool(record) and 2 * TITLE + 1.5 * ROW + rows + MINOR + _lines(contents, charts) <= PAGE


def _lines(contents: Sequence[Line], charts: Sequence[Line]) -> float:
    return sum(line.height for line in contents) + (MINOR + OTHER * len(charts) if charts else 0)


def _pages(high: float) -> int:
    return -int(-high // PAGE)
