"""A design as an .xlsx workbook, or as CSV a table: styled for A4, with the closed values to choose from.

A text that looks like a formula is text. The same edition gives the same bytes: openpyxl writes the time of day into what
it makes, so the archive is written once more, with fixed times.
"""

import io
import re
from typing import cast
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from departments.formats.archives import archive
from departments.formats.extracts import Extract, one_line
from departments.formats.sheets import Sheet, Value, about, sheets
from departments.formats.tables import RISKY, csv_text
from departments.formats.workbook_looks import BODY, TITLE, TOP, Look, Looks
from departments.formats.workbook_marks import SHEET, lines
from departments.formats.workbook_matching import stored_rows
from departments.formats.workbook_reading import NUMBERS

LONGEST = 32767  # characters in a cell
SPARE = 500  # rows below the last for which the closed values are offered too
MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
TIME = rb"\g<1>2000-01-01T00:00:00Z"


def workbook(extract: Extract) -> bytes:
    """Return the workbook. No query."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "OrgDesign"
    book.properties.title = printable(one_line(extract.title))
    looks = Looks()
    for sheet in sheets(extract):
        _write(book.create_sheet(sheet.name), sheet, extract.title, looks)
    _explain(book.create_sheet("说明"), extract, looks)
    _mark(book.create_sheet(SHEET), extract)
    file = io.BytesIO()
    book.save(file)
    with ZipFile(file) as made:
        return archive({name: MODIFIED.sub(TIME, made.read(name)) for name in made.namelist()})


def csv_tables(extract: Extract) -> dict[str, str]:
    """Return the tables as CSV for spreadsheets: file name → text."""
    return {f"{sheet.slug}.csv": csv_text(sheet.heads, sheet.rows) for sheet in sheets(extract)}


def _write(page: Worksheet, sheet: Sheet, title: str, looks: Looks) -> None:
    for at, column in enumerate(sheet.columns, start=1):
        cell = cell_at(page, 1, at)
        looks.give(cell, Look.HEAD)
        fill(cell, column.name)
        letter = get_column_letter(at)
        below = page.column_dimensions[letter]  # where rows are added
        below.width = column.width + 2
        below.font, below.alignment = BODY, TOP
        below.number_format = "General" if column.name in NUMBERS else "@"  # 001 stays 001
        if column.words:
            choice = DataValidation(type="list", formula1=f'"{",".join(column.words.values())}"', allow_blank=True)
            choice.errorTitle, choice.error = column.name, "请从列表中选择。"
            choice.add(f"{letter}2:{letter}{len(sheet.rows) + 1 + SPARE}")
            page.add_data_validation(choice)
    for number, row in enumerate(sheet.rows, start=2):
        for at, value in enumerate(row, start=1):
            cell = cell_at(page, number, at)
            looks.give(cell, Look.TEXT)
            fill(cell, value)
    page.freeze_panes = page.cell(2, sheet.fixed + 1).coordinate
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    page.print_area = f"A1:{get_column_letter(sheet.printed)}{len(sheet.rows) + 1}"
    page.print_title_rows = "1:1"
    set_for_paper(page, f"{title} {sheet.name}", landscape=True)


def _explain(page: Worksheet, extract: Extract, looks: Looks) -> None:
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 12, 78
    title = cell_at(page, 1, 1)
    fill(title, extract.title)
    title.font = TITLE
    for number, (name, text) in enumerate(about(extract), start=3):
        for at, value in enumerate((name, text), start=1):
            cell = cell_at(page, number, at)
            looks.give(cell, (Look.NAME, Look.TEXT)[at - 1])
            fill(cell, value)
    page.freeze_panes = "A3"
    set_for_paper(page, f"{extract.title} 说明", landscape=False)


def _mark(page: Worksheet, extract: Extract) -> None:
    """Write what every cell says now, for the day the workbook comes back."""
    page.sheet_state = "veryHidden"
    known = {ref: entry.uid for ref, entry in extract.outline.by_ref.items()}
    tables = {name: [row.cells for row in rows] for name, rows in stored_rows(extract).items()}
    for line in lines(extract.outline.root.uid.hex, tables, known):
        page.append(line)


def set_for_paper(page: Worksheet, title: str, *, landscape: bool) -> None:
    """Set a sheet for A4: one page wide, the title above, the page number below."""
    page.page_setup.paperSize = 9  # A4
    page.page_setup.orientation = "landscape" if landscape else "portrait"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins.left = page.page_margins.right = 0.5
    page.oddHeader.left.text = printable(one_line(title)).replace("&", "&&")[:200]  # type: ignore[union-attr]  # made with the sheet
    page.oddFooter.right.text = "第 &P 页，共 &N 页"  # type: ignore[union-attr]  # the same
    page.sheet_view.showGridLines = False


def cell_at(page: Worksheet, row: int, column: int) -> Cell:
    return cast("Cell", page.cell(row, column))  # nothing is merged


def fill(cell: Cell, value: Value) -> None:
    """Put a value into a cell: a text as text, whatever it begins with, and so that it stays text when it is edited."""
    if value is None or value == "":
        cell.number_format = "@"
        return
    if isinstance(value, int):
        cell.value = value
        return
    cell.value = printable(value)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = value.startswith(RISKY)


def printable(text: str) -> str:
    return str(ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))[:LONGEST]
