"""Remarks, and the headcounts of levels, as lines of text: as people type them in a form, or in a cell of a workbook.

预算位次：花费较少 is a remark, 主管级：7 人 the headcount of a level. `read_…` takes back what `tell_…` wrote; what it cannot
take it refuses with the reason. Lines that say what is there already are given back as they are: see `read_lines`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from departments.documents import schema

Part = dict[str, Any]
BASES = {"inferred": "推断", "example": "举例"}
FIGURES = (
    (re.compile(r"(\d{1,7})\s*人?"), lambda found: (int(found[1]), int(found[1]))),
    (re.compile(r"(\d{1,7})\s*[-–—~～至到]\s*(\d{1,7})\s*人?"), lambda found: (int(found[1]), int(found[2]))),
    (re.compile(r"至少\s*(\d{1,7})\s*人?"), lambda found: (int(found[1]), None)),
)
PER = re.compile(r"按“(.+)”配置\s*(.*)", re.DOTALL)
NOTES = re.compile(r"(.*?)（((?:[^（）]|（[^（）]*）)*)）", re.DOTALL)
FILLED = re.compile(r"在岗\s*(\d{1,7})\s*人?")
VARIES = re.compile(r"随(.+)变化", re.DOTALL)
UNIT = re.compile(r"单位：(.+)", re.DOTALL)


class Unreadable(ValueError):
    """A line that says nothing; the message says why, in the reader's language."""


def tell_remark(remark: Part) -> str:
    """Return a remark as a line."""
    return f"{remark['label']}：{remark['text']}"


def read_remark(text: str) -> Part:
    """Return the remark of a line. Raises Unreadable."""
    label, said = _parted(text)
    if not label or not said or len(label) > 120:
        raise Unreadable(_("A remark is written as label and text, with a colon between: %s") % text[:20])
    return schema.Remark(label=label, text=said).model_dump(mode="json")


def tell_level(level: Part) -> str:
    """Return the headcount of a level as a line."""
    return f"{level['level']}：{tell_headcount(level['headcount'])}"


def read_level(text: str) -> Part:
    """Return the headcount of a level that a line says. Raises Unreadable."""
    level, said = _parted(text)
    if not level or len(level) > 120 or not {":", "："} & set(text):
        raise Unreadable(_("A level is written as its name and how many, with a colon between: %s") % text[:20])
    try:
        found = schema.LevelHeadcount(level=level, headcount=read_headcount(said))
    except ValidationError as error:
        raise Unreadable(_("The figures do not fit this form of headcount.")) from error
    return found.model_dump(mode="json")


def read_lines(text: str, read: Callable[[str], Part], *, tell: Callable[[Part], str], known: Iterable[Part]) -> Any:
    """Yield what the lines of a text say; one that says the same as one of `known` is that. Raises Unreadable."""
    there = {_one_line(tell(one)): one for one in known}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        yield there[line] if line in there else read(line)


def tell_lines(parts: Iterable[Part], tell: Callable[[Part], str]) -> str:
    """Return a line for each."""
    return "\n".join(_one_line(tell(one)) for one in parts)


def tell_headcount(said: Part) -> str:
    """Return a headcount in words, what else is known in brackets.

    7 人, 2–3 人, 至少 2 人, 按“每个新品”配置 1 人, 视情况, 若干, 未列明.
    """
    form, least, most = said.get("form", "unstated"), said.get("min"), said.get("max")
    figures = "" if least is None else _people(least, most)
    core = {
        "per": f"按“{said.get('per')}”配置 {figures}".strip(),
        "as_needed": "视情况",
        "several": f"若干，至少 {least} 人" if least is not None else "若干",
        "unstated": "未列明",
    }.get(form, figures)
    notes = [f"单位：{said['per']}"] if said.get("per") and form != "per" else []
    notes += [f"随{said['varies_with']}变化"] if said.get("varies_with") else []
    notes += [BASES[said["basis"]]] if said.get("basis") in BASES else []
    notes += [f"在岗 {said['filled']} 人"] if said.get("filled") is not None else []
    return f"{core}（{'，'.join(notes)}）" if notes else core


def read_headcount(text: str) -> Part:
    """Return the headcount that is meant, to be checked by the schema. Raises Unreadable."""
    text = text.strip()
    noted = NOTES.fullmatch(text)
    core, notes = (noted[1].strip(), noted[2]) if noted else (text, "")
    found = dict(_core(core))
    for note in filter(None, (one.strip() for one in re.split("[，,]", notes))):
        found |= _note(note)
    return found


def _core(text: str) -> Iterator[tuple[str, Any]]:
    if text in ("", "未列明"):
        yield "form", "unstated"
    elif text in ("视情况", "按需"):
        yield "form", "as_needed"
    elif text.startswith("若干"):
        yield "form", "several"
        yield from _figures(text[2:].lstrip("，, "))
    elif per := PER.fullmatch(text):
        yield from (("form", "per"), ("per", per[1]))
        yield from _figures(per[2])
    elif text.startswith("每"):
        yield from (("form", "per"), ("per", text))
    else:
        least, most = dict(_figures(text)).values()
        yield "form", "number" if least == most else "range"
        yield from (("min", least), ("max", most))


def _figures(text: str) -> Iterator[tuple[str, int | None]]:
    if not text:
        return
    for pattern, meant in FIGURES:
        if found := pattern.fullmatch(text):
            yield from zip(("min", "max"), meant(found), strict=True)
            return
    raise Unreadable(_("“%s” is no headcount. Write 7 人, 2–3 人, 至少 2 人, 视情况 or 若干.") % text[:20])


def _note(text: str) -> Part:
    for basis, word in BASES.items():
        if text == word:
            return {"basis": basis}
    for pattern, name in ((FILLED, "filled"), (VARIES, "varies_with"), (UNIT, "per")):
        if found := pattern.fullmatch(text):
            return {name: int(found[1]) if name == "filled" else found[1]}
    raise Unreadable(_("“%s” is not known here. In brackets: 推断, 举例, 随…变化, 在岗 3 人.") % text[:20])


def _people(least: int, most: int | None) -> str:
    if most is None:
        return f"至少 {least} 人"
    return f"{least} 人" if least == most else f"{least}–{most} 人"


def _parted(text: str) -> tuple[str, str]:
    label, _colon, said = text.replace(":", "：", 1 if "：" not in text else 0).partition("：")
    return label.strip(), said.strip()


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())
