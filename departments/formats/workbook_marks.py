"""What a workbook said when it was taken: a short sign for every cell, on a sheet that nobody sees.

By these a workbook that comes back tells what was changed in it from what was changed in the draft meanwhile. Signs and not
texts: what somebody deletes from a workbook is no longer in it. What refers to somebody is signed by who that is, so that
another code is no other place.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

SHEET = "标记"
DESIGN = "设计"  # the first line: the uid of the root, by which a design is known
NUMBER = "序号"  # in its own words: the order of statements is told by comparing it
REFERRING = frozenset({"上级部门编码", "所在编码", "所属编码", "起点编码", "终点编码"})
UNSIGNED = frozenset(
    {"标识", "上级部门", "所在", "所属", "起点", "终点", "任职人"}
)  # they only repeat what is said elsewhere
EMPTY = "-"
UID = re.compile("[0-9a-f]{32}")
Signs = dict[str, str]  # head → sign; a cell that is empty has none
Known = Mapping[str, UUID]  # code (lower case) or mark → the node it names


@dataclass(frozen=True)
class Marks:
    """The signs of every row, by its table and 标识. `design`: the uid of the root of the design they are of."""

    design: str
    rows: dict[tuple[str, str], Signs] = field(default_factory=dict)


Said = dict[str, dict[str, Signs]]  # table → mark → what the cells said that differ


def taking(marks: Marks) -> str:
    """Return a sign of all marks: by which one workbook is told from another taken at another time."""
    return hashlib.sha256(repr((marks.design, sorted(marks.rows.items()))).encode()).hexdigest()[:32]


def sign(text: str) -> str:
    """Return the sign of a text: 8 characters, the same for the same text."""
    return base64.urlsafe_b64encode(hashlib.blake2b(text.encode(), digest_size=6).digest()).decode()


def signs(cells: Iterable[tuple[str, str]], known: Known) -> Signs:
    """Return the signs of a row's cells (head and text)."""
    return {head: _sign(head, text, known) for head, text in cells if text}


def _sign(head: str, text: str, known: Known) -> str:
    if head == NUMBER:
        return text
    uid = known.get(text.lower()) if head in REFERRING else None
    return sign(uid.hex if uid else text)


def lines(
    design: str, tables: Mapping[str, Sequence[Mapping[str, str]]], known: Known
) -> Iterator[tuple[str, str, str]]:
    """Yield the lines of the sheet: the design, then for every table its heads and a line a row."""
    yield DESIGN, design, ""
    for name, rows in tables.items():
        heads = [head for head in (rows[0] if rows else ()) if head not in UNSIGNED]
        yield name, "", " ".join(heads)
        for row in rows:
            found = signs(row.items(), known)
            yield name, row["标识"], " ".join(found.get(head, EMPTY) for head in heads)


def read(found: Iterable[Sequence[object]]) -> Marks | None:
    """Return what such lines hold; None where they are none. Never raises for what is in them."""
    rows = [[str(value or "") for value in (*line, "", "", "")[:3]] for line in found]
    if not rows or rows[0][0] != DESIGN:
        return None
    marks = Marks(rows[0][1])
    heads: list[str] = []
    for table, uid, said in rows[1:]:
        if not uid:
            heads = said.split(" ")
        elif UID.fullmatch(uid):
            pairs = zip(heads, said.split(" "), strict=False)
            marks.rows[table, uid] = {head: one for head, one in pairs if one != EMPTY}
    return marks
