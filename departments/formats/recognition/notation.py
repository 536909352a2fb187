"""What was recognised as a text that a person corrects, and back: a line a department, position, label or statement.

    部门：市场部 [MK]
      职责：
      - 组织市场调研
      ？岗位：市场专员
        - 收集市场信息

Indenting says what a place stands in; `-` is a statement of the label above it, further in it belongs to the one before. `？`
marks what is uncertain and means nothing when it is read; a line that begins with `#` is left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from departments.formats.recognition.documents import CODE, headcount_of
from departments.formats.recognition.parts import Part
from departments.formats.recognition.words import ASPECT_OF, label_key, plain
from departments.formats.sheet_words import SECTIONS
from departments.models.nodes import MAXIMUM_DEPTH

ASPECTS = {
    "education": "学历",
    "major": "专业",
    "experience": "工作经验",
    "knowledge": "知识",
    "skill": "技能",
    "certificate": "证书",
    "trait": "个人素质",
}
FACTS = {"summary": "概述", "superior": "直接上级", "headcount": "定员", "grade": "职级"}
PLACES = {"department": "部门", "position": "岗位"}
PLACE = re.compile(r"(部门|岗位)\s*[:：]\s*(.*?)\s*(?:[\[【]\s*(.*?)\s*[\]】])?")
ITEM = re.compile(r"[-－–—•·]\s*(.*)")
LABEL = re.compile(r"([^:：]{1,12})[:：]\s*(.*)")
UNCERTAIN = "？"
BLOCKS = 300  # textareas on one page
TITLE, TEXT, GRADE = 120, 4000, 60


@dataclass
class Block:
    """A stretch of the text: usually one department or position with its statements, and the source lines it came from."""

    text: str
    lines: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Mistake:
    """What is wrong with a line of a block; both count from 1."""

    block: int
    line: int
    message: str


def write(top: Part) -> list[Block]:
    """Return the text of all that was recognised, block by block; notes are the last block, left out."""
    blocks = [block for part in top.children if part.kind in PLACES for block in _blocks(part, 0)]
    if loose := [part for part in top.children if part.kind == "duty"]:
        blocks.append(Block("\n".join(f"# {part.text}" for part in loose), _lines(loose)))
    per_block = len(blocks) // BLOCKS + 1
    joined = [_join(blocks[at : at + per_block]) for at in range(0, len(blocks), per_block)]
    if notes := [part for part in top.children if part.kind == "note"]:
        joined.append(Block("\n".join(f"# {part.text}" for part in notes), _lines(notes)))
    return joined


def spread(blocks: Sequence[Block], numbers: Sequence[int]) -> None:
    """Let every line of the source stand beside a block: a heading, which gives nothing itself, beside what follows it."""
    owners = {number: block for block in reversed(blocks) for number in block.lines}
    following = blocks[-1] if blocks else None
    for number in reversed(numbers):
        if number in owners:
            following = owners[number]
        elif following is not None:
            following.lines.append(number)
    for block in blocks:
        block.lines.sort()


def _join(blocks: Sequence[Block]) -> Block:
    return Block("\n".join(block.text for block in blocks), sorted({number for one in blocks for number in one.lines}))


def _lines(parts: Iterable[Part]) -> list[int]:
    return sorted({number for part in parts for number in part.lines})


def _blocks(part: Part, depth: int) -> Iterator[Block]:
    code = part.facts.get("code", "")
    said = [_indented(depth, f"{_sign(part)}{PLACES[part.kind]}：{part.text}{f' [{code}]' if code else ''}")]
    said += [_indented(depth + 1, f"{label}：{part.facts[key]}") for key, label in FACTS.items() if part.facts.get(key)]
    statements = [child for child in part.children if child.kind == "duty"]
    label = ""
    for duty in statements:
        if (now := _label(duty)) != label:
            said.append(_indented(depth + 1, f"{now}："))
            label = now
        said += _items(duty, depth + 1)
    yield Block("\n".join(said), _lines([part, *(one for duty in statements for one in duty.walk())]))
    for child in part.children:
        if child.kind in PLACES:
            yield from _blocks(child, depth + 1)


def _label(duty: Part) -> str:
    if duty.weight == "auxiliary":
        return "辅助职责"
    return ASPECTS.get(duty.aspect) or SECTIONS[duty.section]


def _items(duty: Part, depth: int) -> Iterator[str]:
    yield _indented(depth, f"{_sign(duty)}- {duty.text}")
    for child in duty.children:
        yield from _items(child, depth + 1)


def _sign(part: Part) -> str:
    return UNCERTAIN if part.doubtful else ""


def _indented(depth: int, text: str) -> str:
    return "  " * depth + re.sub(r"\s*\n\s*", " ", text)


# And back


class Reader:
    """Reads block after block; `mistakes` is what cannot be read. A department named again is the same, and goes on."""

    def __init__(self) -> None:
        self._top = Part("department", "")
        self.mistakes: list[Mistake] = []
        self._places: list[tuple[int, Part]] = []
        self._items: list[tuple[int, Part]] = []
        self._label = ("responsibility", "primary", "")
        self._codes: set[str] = set()

    def read(self, texts: Sequence[str]) -> list[Part]:
        """Return the places at the top."""
        for block, text in enumerate(texts, start=1):
            for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
                bare = line.expandtabs(2).replace("\u3000", "  ")
                words = bare.strip().lstrip("？?").strip()
                if words and not bare.strip().startswith("#") and (wrong := self._take(_depth(bare), words, number)):
                    self.mistakes.append(Mistake(block, number, wrong))
        if not self._top.children and not self.mistakes:
            self.mistakes.append(Mistake(1, 1, _("There is neither a department nor a position in it.")))
        return self._top.children

    def _take(self, depth: int, words: str, number: int) -> str:
        """Take a line; return what is wrong with it."""
        if found := PLACE.fullmatch(words):
            kind = "department" if found[1] == "部门" else "position"
            return self._place(depth, kind, found[2], found[3] or "", number)
        if found := ITEM.fullmatch(words):
            return self._item(depth, found[1], number)
        found = LABEL.fullmatch(words)
        key = label_key(found[1]) if found else ""
        if found is None or key in ("", "title", "department", "head", "other", "code"):
            return _("It begins with neither a place (部门： or 岗位：) nor a label (职责：) nor a hyphen.")
        if not self._places:
            return _("It stands above the first department or position.")
        if key in FACTS:
            return self._fact(key, found[2])
        section, weight = ("responsibility", "auxiliary") if key == "auxiliary" else (key, "primary")
        aspect = ASPECT_OF.get(plain(found[1]), "") if section == "qualification" else ""
        self._label, self._items = (section, weight, aspect), []
        return self._item(depth, found[2], number) if found[2] else ""

    def _place(self, depth: int, kind: str, title: str, code: str, number: int) -> str:
        while self._places and self._places[-1][0] >= depth:
            self._places.pop()
        above = self._places[-1][1] if self._places else self._top
        self._label, self._items = ("responsibility", "primary", ""), []
        if kind == "department" and (known := above.department(title)) and code in ("", known.facts.get("code")):
            self._places.append((depth, known))
            return ""
        part = Part(kind, title, lines=[number], facts={"code": code} if code else {})
        self._places.append((depth, part))
        above.children.append(part)
        if not title or len(title) > TITLE:
            return _("A name has 1 to %d characters.") % TITLE
        if kind == "department" and above.kind == "position":
            return _("A department cannot stand below a position.")
        if len(self._places) > MAXIMUM_DEPTH // 2:
            return _("It stands too deep.")
        if code and not (CODE.fullmatch(code) and len(code) <= 40):
            return _("A code has letters, digits and hyphens only, such as MKT-01.")
        if code.lower() in self._codes:
            return _("The code “%s” is used more than once.") % code
        self._codes |= {code.lower()} if code else set()
        return ""

    def _fact(self, key: str, value: str) -> str:
        place = self._places[-1][1]
        if (key in ("superior", "grade") and place.kind != "position") or not value:
            return "" if not value else _("Only a position has this.")
        if len(value) > {"summary": TEXT, "grade": GRADE}.get(key, TITLE):
            return _("The text is too long.")
        place.facts[key] = value
        if key == "headcount" and headcount_of(place) is None:
            return _("Write the headcount as a number or a range, such as 2-3.")
        return ""

    def _item(self, depth: int, text: str, number: int) -> str:
        if not self._places:
            return _("It stands above the first department or position.")
        if not text or len(text) > TEXT:
            return _("A statement has 1 to %d characters.") % TEXT
        while self._items and self._items[-1][0] >= depth:
            self._items.pop()
        if len(self._items) > MAXIMUM_DEPTH // 3:
            return _("It stands too deep.")
        section, weight, aspect = self._label
        part = Part("duty", text, section, weight, aspect, lines=[number])
        (self._items[-1][1] if self._items else self._places[-1][1]).children.append(part)
        self._items.append((depth, part))
        return ""


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
