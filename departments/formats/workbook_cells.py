"""From the cells of a row to columns: what a text under a head means. The inverse of `sheets`.

A row that is known gives only what its cells say otherwise than before, so that a column the tables tell coarsely is never
changed by reading it back.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from departments.documents.plain_lines import (
    Unreadable,
    read_level,
    read_lines,
    read_remark,
    tell_level,
    tell_remark,
)
from departments.documents.schema import Headcount
from departments.formats import sheet_words as words
from departments.formats.workbook_reading import Row
from departments.models.entries import Entry, Line
from departments.restructuring.becoming import line_says

PLAIN = {  # head → a column that holds the text as it is
    "编码": "code",
    "名称": "title",
    "岗位名称": "title",
    "英文名称": "title_en",
    "概述": "summary",
    "代表多个": "repeats",
    "定员单位": "headcount_per",
    "定员随何变化": "headcount_varies_with",
    "职级": "grade",
    "内容": "text",
    "衡量标准": "measure",
    "评级说明": "rating_note",
}
NUMBERS = {
    "定员下限": "headcount_min",
    "定员上限": "headcount_max",
    "在岗": "headcount_filled",
    "要求评级": "rating_required",
    "最高评级": "rating_maximum",
}
TICKED = {
    "推断": "inferred",
    "未尽列举": "open_ended",
    "框架": "frame",
    "负责人": "head",
    "助理": "assistant",
    "已核对": "checked",
}
CHOSEN: dict[str, tuple[str, Mapping[str, str], str]] = {  # head → column, its words, what an empty cell means
    "类别": ("unit_type", words.UNIT_TYPES, ""),
    "定员形式": ("headcount_form", words.FORMS, "unstated"),
    "定员依据": ("headcount_basis", words.BASES, "stated"),
    "负责人形式": ("head_form", words.HEAD_FORMS, "person"),
    "负责人依据": ("head_basis", words.BASES, "stated"),
    "位置依据": ("place_basis", words.BASES, "stated"),
    "栏目": ("section", words.SECTIONS, "responsibility"),
    "主辅": ("weight", words.WEIGHTS, "primary"),
    "细分": ("aspect", words.ASPECTS, ""),
}
LINES = {  # head → column, how a line is read and told
    "备注": ("remarks", read_remark, tell_remark),
    "各级定员": ("levels", read_level, tell_level),
}
COUNT = ("form", "min", "max", "per", "varies_with", "basis", "filled")


def content(row: Row, heads: list[str], old: Entry | None) -> dict[str, Any]:
    """Return the columns the cells under `heads` stand for. Raises Unreadable."""
    found: dict[str, Any] = {}
    for head in heads:
        text = row[head]
        if head in PLAIN:
            found[PLAIN[head]] = text
        elif head in NUMBERS:
            found[NUMBERS[head]] = int(text) if text else None
        elif head in TICKED:
            found[TICKED[head]] = text == words.YES["yes"]
        elif head in CHOSEN:
            column, known, empty = CHOSEN[head]
            found[column] = _reversed(known).get(text, empty) if text else empty
        elif head == "又称":
            found["aliases"] = [name.strip() for name in text.split("、") if name.strip()]
        elif head in LINES:
            column, read, tell = LINES[head]
            known = getattr(old, column) if old else []
            found[column] = list(read_lines(text, read, tell=tell, known=known))
    if row.sheet == "职责":
        return {"section": "responsibility", "weight": "primary", **found} if old is None else found
    return found | _headcount(found, old)


def meant(head: str, text: str) -> str:
    """Return the word that an empty cell stands for where its column is closed to words, else the text."""
    if text or head not in CHOSEN:
        return text
    _column, known, empty = CHOSEN[head]
    return known.get(empty, "")


def functions(text: str, known: Mapping[str, str]) -> list[str]:
    """Return the functions named in a cell, by name or by slug; `known`: either → slug. Raises Unreadable."""
    named = [name.strip() for name in text.replace(",", "、").replace("，", "、").split("、") if name.strip()]
    for name in named:
        if name not in known:
            raise Unreadable(_("There is no function “%s”.") % name[:40])
    return list(dict.fromkeys(known[name] for name in named))


def line(row: Row, heads: list[str], old: Line | None, ends: tuple[str, str]) -> dict[str, Any]:
    """Return a line as plain values; `ends`: the uids of its start and end (empty: outside). Raises Unreadable."""
    said = (
        line_says(old) if old else {"about": "", "line": "solid", "basis": "stated", "superior": False, "sources": []}
    )
    chosen = {"关系": ("kind", words.KINDS), "线型": ("line", words.LINES), "依据": ("basis", words.BASES)}
    for head in heads:
        text = row[head]
        if head in chosen:
            column, known = chosen[head]
            if text:
                said[column] = _reversed(known)[text]
            elif column == "kind":
                raise Unreadable(_("“%s” is empty.") % head)
        elif head == "事项":
            said["about"] = text
        elif head == "直接上级":
            said["superior"] = bool(text)
        elif head == "外部方":
            said["outside"] = text
    said |= {"start": ends[0], "end": ends[1], "outside": "" if ends[1] else said.get("outside", "")}
    if said["superior"] and said["kind"] != "reports_to":
        raise Unreadable(_("Only a line of reporting leads to a superior."))
    if said["basis"] == "top" and not said["superior"]:
        raise Unreadable(_("Where nobody is above, the row is one of a superior."))
    if said["start"] == said["end"]:
        raise Unreadable(_("A line leads from one to another."))
    return said


def _reversed(known: Mapping[str, str]) -> dict[str, str]:
    return {word: value for value, word in known.items() if word}


def _headcount(found: dict[str, Any], old: Entry | None) -> dict[str, Any]:
    """Return what the figures come to together: with a number, one figure is both. Raises Unreadable."""
    given = {name: value for name in COUNT if (column := f"headcount_{name}") in found for value in [found[column]]}
    if not given:
        return {}
    stored = {name: getattr(old, f"headcount_{name}") for name in COUNT} if old else {}
    now: dict[str, Any] = {"form": "unstated", "min": None, "max": None, "basis": "stated", **stored, **given}
    if now["form"] == "unstated" and now["min"] is not None and ("min" in given or "max" in given):
        now["form"] = "number" if now["max"] in (None, now["min"]) else "range"
    if now["form"] == "number" and (now["max"] is None or "max" not in given):
        now["max"] = now["min"]
    elif now["form"] == "number" and "min" not in given:
        now["min"] = now["max"]
    try:
        Headcount(**{name: now.get(name) for name in COUNT})
    except ValidationError as error:
        raise Unreadable(_("The headcount figures do not fit the form “%s”.") % words.FORMS[now["form"]]) from error
    return {f"headcount_{name}": now[name] for name in ("form", "min", "max")}
