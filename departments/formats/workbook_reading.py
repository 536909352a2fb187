"""An .xlsx workbook that somebody sends: read within bounds, as rows of texts, every fault named by sheet and row.

Nothing in it is run: a formula is a fault, not a value. The bounds are checked before anything is parsed.
"""

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zipfile import ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from departments.documents.values import UNPRINTABLE
from departments.formats import archives, workbook_marks
from departments.formats.sheet_words import YES
from departments.formats.sheets import TABLES, Column

BYTES, UNPACKED, MEMBERS = 20 * 1024**2, 60 * 1024**2, 500
ROWS, COLUMNS, CELL = 20_000, 60, 4000
MARKED = 4 * ROWS + 9  # lines of the hidden sheet
NUMBERS = ("定员下限", "定员上限", "在岗", "要求评级", "最高评级")
LARGEST = 1_000_000
REQUIRED = {  # a table without one of these is not read; any other column that is missing stays as it is
    "部门": ("编码", "名称", "上级部门编码"),
    "岗位": ("编码", "岗位名称", "所在编码"),
    "职责": ("所属编码", "内容"),
    "关系": ("关系", "起点编码", "终点编码", "外部方", "线型", "直接上级", "依据"),
}
IGNORED = "任职人"  # for people to read: who holds a position is no part of a design


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: `row` counts from 1 as the spreadsheet does; 0 is the sheet, or the file, as a whole."""

    sheet: str
    row: int
    message: str


@dataclass(frozen=True)
class Row:
    """A row: what stands under each head, as text; an empty cell is an empty text."""

    sheet: str
    number: int
    cells: dict[str, str]

    def __getitem__(self, head: str) -> str:
        return self.cells.get(head, "")


@dataclass
class Book:
    """What was read: the rows of every table, the design's short name and name where 说明 gives them, and the faults.

    `heads`: the columns a table has; `notes`: what was read otherwise than it may seem, in words; `marks`: what the cells
    said when the workbook was taken, where it tells that.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    heads: dict[str, list[str]] = field(default_factory=dict)
    slug: str = ""
    name: str = ""
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    marks: workbook_marks.Marks | None = None

    def of(self, *sheets: str) -> Iterator[Row]:
        """Yield the rows of the sheets."""
        for sheet in sheets:
            yield from self.rows.get(sheet, [])


def read_workbook(content: bytes) -> Book:
    """Return what the workbook holds. Never raises for what is in it: that is a fault."""
    if reason := refused(content) or _no_workbook(content):
        return Book(faults=[Fault("", 0, reason)])
    try:
        with warnings.catch_warnings():  # openpyxl tells what it leaves out: pictures, newer validations
            warnings.simplefilter("ignore")
            made = load_workbook(io.BytesIO(content), keep_links=False)
    except Exception as error:  # noqa: BLE001  # openpyxl has no error of its own: a broken part raises anything
        reason = _("The file cannot be read as a workbook: %s") % (str(error)[:200] or type(error).__name__)
        return Book(faults=[Fault("", 0, reason)])
    book = Book()
    pages = {page.title: page for page in made.worksheets}
    for name, columns in TABLES.items():
        if name in pages:
            book.rows[name] = list(_rows(book, pages[name], columns))
        else:
            book.faults.append(Fault(name, 0, _("The sheet is missing.")))
    if "说明" in pages:
        said = {str(row[0]): row[1] for row in pages["说明"].iter_rows(max_row=50, max_col=2, values_only=True)}
        book.slug, book.name = (str(said.get(key) or "") for key in ("代号", "设计"))
    if workbook_marks.SHEET in pages:
        page = pages[workbook_marks.SHEET]
        book.marks = workbook_marks.read(page.iter_rows(max_row=min(page.max_row, MARKED), max_col=3, values_only=True))
    return book


def refused(content: bytes) -> str:
    """Return why an archive is not even opened: too large, unfolds to too much, defines entities, is none."""
    otherwise = _("This is not an .xlsx workbook.")
    return archives.refused(content, otherwise=otherwise, most=(BYTES, MEMBERS, UNPACKED))


def _no_workbook(content: bytes) -> str:
    with ZipFile(io.BytesIO(content)) as archive:
        return "" if "xl/workbook.xml" in archive.namelist() else _("This is not an .xlsx workbook.")


def _rows(book: Book, page: Worksheet, columns: list[Column]) -> Iterator[Row]:
    name = page.title
    if page.max_row > ROWS or page.max_column > COLUMNS:
        most = {"rows": ROWS, "columns": COLUMNS}
        message = _("The sheet has more than %(rows)d rows or %(columns)d columns.") % most
        book.faults.append(Fault(name, 0, message))
        return
    for area in page.merged_cells.ranges:
        message = _("The cells %s are merged. Split them and fill in each.") % area.coord
        book.faults.append(Fault(name, area.min_row, message))
    grid = page.iter_rows()
    heads = [_text(cell.value) for cell in next(grid, ())]
    known = known_columns(book, name, heads, columns)
    for number, cells in enumerate(grid, start=2):
        found: dict[str, str] = {}
        for head, cell in zip(heads, cells, strict=True):
            if head in known and cell.value is not None:
                found[head] = _text(cell.value)
                if fault := _cell_fault(cell) or text_fault(known[head], found[head]):
                    book.faults.append(Fault(name, number, f"{head}：{fault}"))
        if any(found.values()):
            yield Row(name, number, found)


def known_columns(book: Book, name: str, heads: list[str], columns: list[Column]) -> dict[str, Column]:
    """Return the columns that are read, by head; what is missing, twice or not known is said in the book."""
    names = {column.name for column in columns}
    for missing in [head for head in REQUIRED[name] if head not in heads]:
        book.faults.append(Fault(name, 1, _("The column “%s” is missing.") % missing))
    for double in {head for head in heads if head and heads.count(head) > 1}:
        book.faults.append(Fault(name, 1, _("The column “%s” stands there twice.") % double[:40]))
    if strange := [head for head in heads if head and head not in names and head != IGNORED]:
        said = {"sheet": name, "heads": "、".join(head[:20] for head in strange[:9])}
        book.notes.append(_("%(sheet)s: these columns are not known and were not read: %(heads)s") % said)
    book.heads[name] = [head for head in heads if head in names]
    return {column.name: column for column in columns}


def _cell_fault(cell: Any) -> str:
    """Return what is wrong with the kind of a cell."""
    if cell.data_type == "f":
        return _("The cell holds a formula; only text and numbers are read.")
    if cell.data_type == "e":
        return _("The cell holds an error of the spreadsheet.")
    return ""


def text_fault(column: Column, text: str) -> str:
    """Return what is wrong with the text of a cell, looked at alone."""
    if len(text) > CELL:
        return _("The text has %(length)d characters; at most %(most)d are read.") % {"length": len(text), "most": CELL}
    if UNPRINTABLE.search(text):
        return _("The text has control characters.")
    if text and column.words and text not in column.words.values():
        return _("“%(value)s” is not one of: %(words)s") % {
            "value": text[:20],
            "words": "、".join(column.words.values()),
        }
    if text and column.name in NUMBERS and not (re.fullmatch(r"[0-9]{1,7}", text) and int(text) <= LARGEST):
        return _("“%s” is not a whole number.") % text[:20]
    return ""


def _text(value: object) -> str:
    """Return a cell's value as text; 3.0 is 3, as a spreadsheet shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES["yes"] if value else ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("\r\n", "\n").replace("_x000D_\n", "\n").strip()
