"""Which row of an edition each row of a workbook is: by 标识, else by code, else by its place and what it says."""

from departments.formats.extracts import Extract
from departments.formats.sheets import sheets
from departments.formats.workbook_reading import Book, Row

TITLES = {"部门": "名称", "岗位": "岗位名称", "职责": "内容", "关系": "起点编码"}
PLACES = {"部门": "上级部门编码", "岗位": "所在编码", "职责": "所属编码"}
Stored = dict[str, list[Row]]
Pairs = dict[tuple[str, int], Row]  # sheet and row in the file → the stored row


def stored_rows(extract: Extract) -> Stored:
    """Return the rows an export of the extract has, as texts. No query."""
    return {
        sheet.name: [
            Row(sheet.name, 0, {head: _as_text(cell) for head, cell in zip(sheet.heads, row, strict=True)})
            for row in sheet.rows
        ]
        for sheet in sheets(extract)
    }


def match(book: Book, stored: Stored, *, elsewhere: Stored | None = None, fresh: bool = False) -> Pairs:
    """Return the rows that are known.

    `elsewhere`: all rows of the edition, where those stored are a branch; they are known by 标识 alone. `fresh`: the design
    was begun for this file, whose marks are those of another.
    """
    pairs: Pairs = {}
    for sheet, rows in stored.items():
        if not fresh:
            _match_sheet(list(book.of(sheet)), rows, pairs)
            others = {row["标识"]: row for row in (elsewhere or {}).get(sheet, ())}
            for row in book.of(sheet):
                if (row.sheet, row.number) not in pairs and row["标识"] in others:
                    pairs[row.sheet, row.number] = others[row["标识"]]
    tops = [row for row in book.of("部门") if not row["上级部门编码"]]
    top = next((row for row in stored["部门"] if not row["上级部门编码"]), None)
    if top and (len(tops) == 1 or (tops and fresh)) and top not in pairs.values():
        pairs.setdefault((tops[0].sheet, tops[0].number), top)  # there is one at the top, whatever it is called
    return pairs


def _match_sheet(rows: list[Row], stored: list[Row], pairs: Pairs) -> None:
    by_uid = {row["标识"]: row for row in stored}
    named = {row["标识"] for row in rows if row["标识"]}
    for row in rows:
        if row["标识"] in by_uid:
            pairs[row.sheet, row.number] = by_uid[row["标识"]]
    free = [row for row in stored if row["标识"] not in named]
    for key in (_key, _path):
        waiting: dict[tuple[str, ...], list[Row]] = {}
        for row in free:
            waiting.setdefault(key(row), []).append(row)
        for row in rows:
            if not row["标识"] and (row.sheet, row.number) not in pairs and (alike := waiting.get(key(row))):
                pairs[row.sheet, row.number] = alike.pop(0)
        taken = {pair["标识"] for pair in pairs.values()}
        free = [row for row in free if row["标识"] not in taken]


def _key(row: Row) -> tuple[str, ...]:
    """Return by what a row without 标识 is known."""
    if row.sheet == "职责":
        return row["所属编码"].lower(), row["栏目"], row["内容"]
    if row.sheet == "关系":
        return row["关系"], row["起点编码"].lower(), row["终点编码"].lower(), row["外部方"]
    return (row["编码"].lower(),) if row["编码"] else _path(row)


def _path(row: Row) -> tuple[str, ...]:
    if row.sheet in ("职责", "关系"):
        return _key(row)
    return "", row[PLACES[row.sheet]].lower(), row[TITLES[row.sheet]]


def _as_text(cell: object) -> str:
    return "" if cell is None else str(cell).replace("\r\n", "\n").strip()
