"""Repairs before anything is recognised: punctuation, blanks inside words, broken lines, characters set one below another."""

import re
from collections.abc import Sequence
from dataclasses import replace

from departments.formats.recognition.lines import Line
from departments.formats.recognition.markers import BULLETS, NUMBERED
from departments.formats.recognition.words import COUNT, HAN, is_department, is_position, label_key

FULL = str.maketrans({",": "，", ";": "；", ":": "：", "?": "？", "!": "！"})
BETWEEN = re.compile(rf"(?<=[{HAN}）)》”」a-zA-Z0-9%])\s*([,;:?!])\s*(?=[{HAN}（《“「【☆●★➢-]|\s*$|[a-zA-Z0-9(])")
STOP = re.compile(rf"(?<=[{HAN}）》”%])\.(?=[^\w.\s]|[{HAN}]|\s|\d{{1,2}}[.、]|[(（]|$)")
BRACKETED = re.compile(r"\(([^()]*)\)")
PARTICLE = re.compile(r"\s?\((de)\)\s?")  # what some text extractors make of 的
BLANK = re.compile(rf"(?<=[{HAN}，、；：。（）《》“”])[ ]+(?=[{HAN}，、；：。（）《》“”])")
TABLE_OF_CONTENTS = re.compile(r"[-.·…—]{4,}\s*\d{1,3}(?!\d)")
ENDS = "。；：！？…;:.!?"
LONG = 18  # characters; a shorter line was hardly broken by the margin
NUMBER_LINE = re.compile(r"\d{1,3}")


def punctuation(text: str) -> str:
    """Return a text with the punctuation of Chinese print, where it stands among Chinese: 标点,而后 becomes 标点，而后."""
    if not re.search(f"[{HAN}]", text):
        return text
    text = PARTICLE.sub("的", text)
    text = BETWEEN.sub(lambda found: found[1].translate(FULL), text)
    text = STOP.sub("。", text)
    text = BRACKETED.sub(lambda found: f"（{found[1]}）" if re.search(f"[{HAN}]", found[1]) else found[0], text)
    text = re.sub(r"\s*---+\s*|\s*——+\s*", "——", text)
    return text.replace("“”", "").replace("，，", "，").strip()


def blanks(text: str) -> str:
    """Return a text without the blanks that a broken line left between two characters; between names they stay."""
    if " " not in text:
        return text
    if re.fullmatch(rf"(?:[{HAN}] +)+[{HAN}]", text):  # 岗 位 职 责
        return text.replace(" ", "")
    if not re.search(r"[，。；：、]", text):
        return text
    return BLANK.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    """Keep the blank between a whole name or count and what follows it."""
    before = re.split(r"[\s，。；：、]", found.string[max(found.start() - 12, 0) : found.start()])[-1]
    after = re.split(r"[\s，。；：、]", found.string[found.end() : found.end() + 14])[0]
    names = (is_position(before), is_department(before), is_position(COUNT.sub("", after)), label_key(before))
    return " " if any(names) or COUNT.fullmatch(before) else ""


def repaired(lines: Sequence[Line]) -> list[Line]:
    """Return the lines put right: tables of contents left out, broken ones joined; the number is that of the first."""
    lines = [replace(line, text=punctuation(TABLE_OF_CONTENTS.sub(" ", line.text))) for line in lines]
    kept: list[Line] = []
    for line in _stacked(lines):
        if kept and _broken(kept[-1], line):
            kept[-1] = replace(kept[-1], text=_joined(kept[-1].text, line.text))
        else:
            kept.append(line)
    return [replace(line, text=blanks(line.text)) for line in kept]


def _stacked(lines: Sequence[Line]) -> list[Line]:
    """Join characters that a diagram set one below another: 广 告 主 管 on four lines."""
    kept: list[Line] = []
    open_stack = False
    for line in lines:
        single = len(line.text) == 1 and re.fullmatch(f"[{HAN}]", line.text) is not None and not line.label
        if single and open_stack:
            kept[-1] = replace(kept[-1], text=kept[-1].text + line.text)
        elif line.text and not (NUMBER_LINE.fullmatch(line.text) and not line.label):
            kept.append(line)
        open_stack = single
    return kept


def _broken(before: Line, line: Line) -> bool:
    """Whether the line goes on with the sentence of the one before."""
    if line.heading or before.heading or line.label or line.bullet or before.table != line.table:
        return False
    text = before.text
    if len(text) < LONG or text.endswith(tuple(ENDS)) or label_key(text):
        return False
    tail = re.split(r"[\s。；：]", text)[-1]
    if is_position(tail) or (is_department(tail) and len(tail) < 12):
        return False
    if NUMBERED.match(line.text) or BULLETS.match(line.text):
        return False
    head = re.split(r"[\s，。；：、]", line.text)[0]
    return not (label_key(head) or is_position(head) or is_department(head) or starts_something(line.text))


def starts_something(text: str) -> bool:
    """Whether a line is a statement of its own by its first words."""
    return text.startswith(("负责", "协助", "参与", "组织", "制定", "建立", "及时", "完成")) and len(text) >= LONG


def _joined(before: str, text: str) -> str:
    wide = re.search(f"[{HAN}，、]$", before) and re.match(f"[{HAN}，、]", text)
    return before + text if wide else f"{before} {text}"
