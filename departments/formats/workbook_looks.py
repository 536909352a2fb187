"""How the cells of our workbooks look, and how they come to it quickly.

openpyxl hashes a font, a border and an alignment anew for every cell that gets one, which took half the time of a workbook:
the first cell of each look gets them, and every further one its finished style.
"""

from copy import copy
from enum import Enum

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray

STRONG = Font(name="黑体", size=10.5, bold=True, color="23507A")
BODY = Font(name="宋体", size=10.5)
TITLE = Font(name="黑体", size=16)
GROUND = PatternFill("solid", fgColor="E8EEF5")
HAIRLINE = Side(style="hair", color="8A8F96")
FRAME = Border(left=HAIRLINE, right=HAIRLINE, top=HAIRLINE, bottom=HAIRLINE)
TOP = Alignment(vertical="top", wrap_text=True)
MIDDLE = Alignment(vertical="center", horizontal="center", wrap_text=True)


class Look(Enum):
    """What a framed cell is; its font, how the text stands in it, and the ground behind it, if any."""

    HEAD = (STRONG, MIDDLE, GROUND)
    NAME = (STRONG, TOP, None)
    TEXT = (BODY, TOP, None)
    MARK = (BODY, MIDDLE, None)

    __hash__ = object.__hash__  # not of all that a font is made of


class Looks:
    """The looks that the cells of one workbook have so far."""

    def __init__(self) -> None:
        self._given: dict[Look, StyleArray] = {}

    def give(self, cell: Cell, look: Look) -> None:
        """Let a new cell look so."""
        if (given := self._given.get(look)) is not None:
            cell._style = copy(given)  # type: ignore[attr-defined]  # noqa: SLF001  # a style is handed on no other way
            return
        cell.font, cell.alignment, ground = look.value
        cell.border = FRAME
        if ground is not None:
            cell.fill = ground
        self._given[look] = copy(cell._style)  # type: ignore[attr-defined]  # noqa: SLF001  # the same
