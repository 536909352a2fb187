"""Plain tables as an .xlsx workbook: a sheet for each, styled for A4, every cell defused, the bytes the same each time."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from departments.formats.archives import archive
from departments.formats.extracts import one_line
from departments.formats.sheets import Value
from departments.formats.workbook import MODIFIED, TIME, cell_at, fill, printable, set_for_paper
from departments.formats.workbook_looks import Look, Looks

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORBIDDEN = re.compile(r"[\\/*?:\[\]]")  # in the name of a sheet
LONGEST_NAME = 31
NARROW = 9  # a column of marks: they stand in the middle


@dataclass(frozen=True)
class Table:
    """A table: its name, heads, rows, the widths of its columns in digits; the first `fixed` columns stay in sight."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Value]]
    widths: Sequence[int]
    fixed: int = 0


def table_book(title: str, tables: Sequence[Table]) -> bytes:
    """Return the workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "OrgDesign"
    book.properties.title = printable(one_line(title))
    names: set[str] = set()
    looks = Looks()
    for table in tables:
        name = _name(table.name, names)
        page = book.create_sheet(name)
        for number, row in enumerate([table.heads, *table.rows], start=1):
            for at, value in enumerate(row, start=1):
                cell = cell_at(page, number, at)
                below = Look.MARK if table.widths[at - 1] <= NARROW else Look.TEXT
                looks.give(cell, Look.HEAD if number == 1 else below)
                fill(cell, value)
        for at, width in enumerate(table.widths, start=1):
            page.column_dimensions[get_column_letter(at)].width = width + 2
        page.freeze_panes = page.cell(2, table.fixed + 1).coordinate
        page.print_title_rows = "1:1"
        set_for_paper(page, f"{title} {name}", landscape=True)
    file = io.BytesIO()
    book.save(file)
    with ZipFile(file) as made:
        return archive({name: MODIFIED.sub(TIME, made.read(name)) for name in made.namelist()})


def _name(wanted: str, taken: set[str]) -> str:
    """Return a name no other sheet has, in the characters and the length a sheet's name may have."""
    plain = FORBIDDEN.sub(" ", printable(one_line(wanted))).strip("' ")[:LONGEST_NAME] or "—"
    name, number = plain, 2
    while name.lower() in taken:
        suffix = f" {number}"
        name, number = f"{plain[: LONGEST_NAME - len(suffix)]}{suffix}", number + 1
    taken.add(name.lower())
    return name
