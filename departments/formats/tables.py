"""Tables as CSV for spreadsheets: UTF-8 with BOM, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Sequence

BOM = "\ufeff"
# Where a cell begins with one of these, spreadsheets take it for a formula; the full-width ones too, in a Chinese one.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defused(text: str) -> str:
    """Return the text with an apostrophe before what a spreadsheet would run; `restored` takes it away again."""
    return f"'{text}" if text.lstrip(" '").startswith(RISKY) else text


def restored(text: str) -> str:
    """Return what `defused` was given."""
    return text[1:] if text.startswith("'") and defused(text[1:]) == text else text


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]], *, bom: bool = True) -> str:
    """Return a table as CSV (RFC 4180); None is an empty cell."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(["" if cell is None else defused(str(cell)) for cell in row] for row in rows)
    return (BOM if bom else "") + file.getvalue()
