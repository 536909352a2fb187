"""The tables as CSV that somebody sends: one file, or several in a .zip; UTF-8 with or without BOM, or GB18030.

Which table a file is, its columns say. The bounds are those of a workbook, and so are the faults.
"""

import csv
import io
from collections.abc import Iterator
from zipfile import ZipFile

from django.utils.translation import gettext as _

from departments.formats.archives import old_office
from departments.formats.sheets import TABLES
from departments.formats.tables import restored
from departments.formats.workbook_reading import (
    BYTES,
    COLUMNS,
    REQUIRED,
    ROWS,
    Book,
    Fault,
    Row,
    known_columns,
    read_workbook,
    refused,
    text_fault,
)

GB18030 = "gb18030"  # what Chinese spreadsheets write as CSV


def read_upload(content: bytes) -> Book:
    """Return what a workbook, a CSV table or a .zip of tables holds. Never raises for what is in it: that is a fault."""
    old = _("This is an old .xls workbook. Save it as .xlsx and send that.")
    if reason := old_office(content, otherwise=old):
        return Book(faults=[Fault("", 0, reason)])
    if not content.startswith(b"PK"):
        return read_tables({"": content})
    if reason := refused(content):
        return Book(faults=[Fault("", 0, reason)])
    with ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        if "xl/workbook.xml" in names:
            return read_workbook(content)
        tables = {name: archive.read(name) for name in names if name.lower().endswith(".csv")}
    if not tables:
        return Book(faults=[Fault("", 0, _("This is neither an .xlsx workbook nor an archive of .csv tables."))])
    return read_tables(tables)


def read_tables(files: dict[str, bytes]) -> Book:
    """Return the tables of CSV files, by file name (empty: the only one). Tables that are not there stay as they are."""
    book = Book()
    for name, content in files.items():
        text = _text(book, name, content)
        if text is not None:
            _table(book, name, text)
    return book


def _text(book: Book, name: str, content: bytes) -> str | None:
    if len(content) > BYTES:
        book.faults.append(Fault(name, 0, _("The file is larger than %d MB.") % (BYTES // 1024**2)))
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        said = {"file": name or _("The file"), "row": content.count(b"\n", 0, error.start) + 1}
    try:
        text = content.decode(GB18030)
    except UnicodeDecodeError:
        book.faults.append(Fault(name, 0, _("The text is neither UTF-8 nor GB18030.")))
        return None
    book.notes.append(_("%(file)s, row %(row)d: this is not UTF-8; it was read as GB18030.") % said)
    return text


def _table(book: Book, name: str, text: str) -> None:
    lines = _lines(book, name, text)
    heads = [head.strip() for head in next(lines, [])]
    sheet = next((sheet for sheet, needed in REQUIRED.items() if set(needed) <= set(heads)), "")
    if not sheet or sheet in book.rows:
        message = _("It is none of the tables: the columns of %s are missing.") % "、".join(TABLES)
        if sheet:
            message = _("The table %s is there twice.") % sheet
        book.faults.append(Fault(name, 1, message))
        return
    known = known_columns(book, sheet, heads, TABLES[sheet])
    book.rows[sheet] = []
    for number, cells in enumerate(lines, start=2):
        if number > ROWS or len(cells) > COLUMNS:
            most = {"rows": ROWS, "columns": COLUMNS}
            message = _("The sheet has more than %(rows)d rows or %(columns)d columns.") % most
            book.faults.append(Fault(sheet, number, message))
            return
        found: dict[str, str] = {}
        for head, cell in zip(heads, cells, strict=False):
            if head in known and cell:
                found[head] = restored(cell).replace("\r\n", "\n").replace("\r", "\n").strip()
                if fault := text_fault(known[head], found[head]):
                    book.faults.append(Fault(sheet, number, f"{head}：{fault}"))
        if len(cells) > len(heads):
            book.faults.append(Fault(sheet, number, _("The row has more cells than there are columns.")))
        if any(found.values()):
            book.rows[sheet].append(Row(sheet, number, found))


def _lines(book: Book, name: str, text: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""))
    except csv.Error as error:
        book.faults.append(Fault(name, 0, _("The file cannot be read as CSV: %s") % str(error)[:200]))
