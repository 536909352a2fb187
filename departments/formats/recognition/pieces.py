"""Pieces: a repaired line cut where items, headings and names run together."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from departments.formats.recognition.lines import Line
from departments.formats.recognition.markers import items
from departments.formats.recognition.words import (
    COUNT,
    CUTS,
    LABELS_BY_LENGTH,
    is_department,
    is_position,
    label_key,
    plain,
)

ROSTER = re.compile(
    r"\s+(?=[\u4e00-\u9fff\\/]{2,12}\s?\d{1,3}(?:-\d{1,3})?\s?[名人])|(?<=\d[名人])\s+(?=[\u4e00-\u9fff])"
)
LABELLED = re.compile(r"(?<=[。；;])\s*(?=[^。；，：]{2,24}(?:：|$))")
SUBJECT = re.compile(r"(?<=[，。；])(?=[^，。；：]{1,8}(?:经理|主管|专员|总监|主任|[划析计]师|人员|助理)(?:主要)?负责)")
LONG_LABELS = "|".join(label for label in LABELS_BY_LENGTH if len(label) >= 4)
LABEL_INSIDE = re.compile(rf"(?<=[^\s，。；：、的及和与])\s*(?=(?:{LONG_LABELS})：)")
NOBODY = re.compile(r"\s*(?:某某某?|[xX×]{2,4})\s*(?=[—-]|$)")  # where a name was blotted out
ENGLISH = re.compile(r"\s*[（(]([A-Za-z][A-Za-z&/,. -]{2,60})[)）]\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line: its marker's style, its text, and what its line said of it."""

    line: int
    style: str
    text: str
    label: str = ""
    heading: int = 0
    table: int = 0
    number: int = 0
    follows: bool = False  # it stands in the same line as the piece before


def pieces(lines: Sequence[Line]) -> list[Piece]:
    """Return the pieces of repaired lines, in order. Costs O(characters)."""
    known = sorted({name for line in lines for name in _names(line.text)}, key=len, reverse=True)
    found: list[Piece] = []
    open_lists: dict[str, int] = {}
    label, table = "", 0
    for line in lines:
        if (line.label, line.table) != (label, table) or line.heading:
            open_lists = {style: number for style, number in open_lists.items() if not line.label}
            label, table = line.label, line.table
        cut = list(_cut(line, open_lists, known))
        found += [replace(piece, follows=at > 0) for at, piece in enumerate(cut)]
    return found


def _names(text: str) -> Iterator[str]:
    """Yield the names of positions that stand alone between numbers, blanks and stops."""
    for word in re.split(r"[\s\d，。；：、.)）(（]+|[一二三四五六七八九十]、", text):
        if 3 <= len(word) <= 12 and is_position(word) and len(titles(word)) == 1:
            yield word


def _cut(line: Line, open_lists: dict[str, int], known: Collection[str]) -> Iterator[Piece]:
    style = f"word{line.indent}" if line.bullet else ""
    for at, item in enumerate(items(line.text, open_lists)):
        kept = item.style or (style if at == 0 else "")
        first = True
        for text in _apart(item.text, known):
            yield Piece(line.number, kept if first else "", text, line.label, line.heading, line.table, item.number)
            first = False
        if first:
            yield Piece(line.number, kept, "", line.label, line.heading, line.table)


def _apart(text: str, known: Collection[str]) -> Iterator[str]:
    """Yield the parts of an item: names with counts, labels, and names before 负责 each begin one."""
    for stretch in LABELLED.split(text):
        for listed in ROSTER.split(stretch):
            for part in _before_labels(listed.strip(), known):
                for told in SUBJECT.split(part):
                    yield from _behind_colon(told.strip())


def _before_labels(text: str, known: Collection[str]) -> Iterator[str]:
    """Yield a text, what begins with a label inside it apart, and with the label the name before it."""
    head, colon, _rest = text.partition("：")
    begin, guarded = 0, len(head) if colon and announces(head) else 0
    for found in LABEL_INSIDE.finditer(text):
        if found.start() < guarded:
            continue
        before = text[begin : found.start()]
        name = next((name for name in known if before.endswith(name)), "")
        if not name and len(before) < 16 and is_position(titles(before)[0]):
            continue  # 市场部经理平面设计岗位要求
        cut = found.start() - len(name)
        if cut > begin:
            yield text[begin:cut].strip()
            begin = cut
    yield text[begin:].strip()


def announces(head: str) -> bool:
    """Whether words before a colon are a label, a title, or a title with a label."""
    head = plain(ENGLISH.sub("", head))
    return bool(label_key(head)) or is_position(head) or is_department(head) or with_label(head) is not None


def with_label(text: str) -> tuple[str, str] | None:
    """Return (title, label) of 市场部经理岗位职责, 拓展专员的岗位要求; None where it is no title with a label."""
    text = plain(text)
    for label in LABELS_BY_LENGTH:
        if text.endswith(label) and len(text) > len(label) + 1:
            title = text[: -len(label)].rstrip("的一—-：").strip()
            if is_position(title) or is_department(title) or is_position(titles(title)[0]):
                return title, label
    return None


def titles(text: str) -> list[str]:
    """Return the titles that run together in a diagram: 市场策划主管市场策划专员 is two."""
    found: list[str] = []
    for word in text.split():
        start = 0
        for cut in re.finditer("|".join(CUTS), word):
            rest = word[cut.end() :]
            if cut.end() - start >= 4 and len(rest) >= 4 and not rest.startswith(("助理", "岗", "级")):
                found.append(word[start : cut.end()])
                start = cut.end()
        found.append(word[start:])
    return found or [text]


def _behind_colon(text: str) -> Iterator[str]:
    """Yield a text, its last words apart where a name follows a colon: …要求：市场策划岗位."""
    before, colon, after = text.rstrip("：").rpartition("：")
    if colon and before and (is_position(after) or is_department(after)) and not announces(before) and len(before) > 6:
        yield before + colon
        yield text[len(before) + 1 :]
    elif text:
        yield text


def counted(title: str) -> tuple[str, str]:
    """Return a title and the headcount written behind it: 培训专员 2-3人 is 培训专员 and 2-3."""
    found = COUNT.search(title)
    if found is None or not found.start():
        return title.strip(), ""
    number = f"{found[1]}-{found[2]}" if found[2] else found[1]
    return title[: found.start()].strip(), number
