"""From lines to a tree of parts: what each piece is, by its words, its marker and what stands above it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from departments.formats.recognition.building import Builder
from departments.formats.recognition.lines import Line
from departments.formats.recognition.markers import RANKS
from departments.formats.recognition.nesting import State
from departments.formats.recognition.parts import LIKELY, SURE, Part
from departments.formats.recognition.pieces import ENGLISH, NOBODY, Piece, counted, pieces, titles, with_label
from departments.formats.recognition.repair import repaired
from departments.formats.recognition.sentences import clauses, trimmed
from departments.formats.recognition.words import (
    FOLLOWS,
    HEADINGS,
    VERBS,
    is_department,
    is_position,
    label_key,
    plain,
)

HELD = re.compile(
    r"^(?P<who>.{2,18}?)"
    r"(?P<rest>(?:主要|全面|具体|通常|直接)?(?:负责|是|属于|作为|应|需要|必须|由|在|设|下设|直接对|对).*)$"
)
ANSWERS_TO = re.compile(r"直接?对(?P<whom>[^，。；对]{2,20})负责")
NO_PLACES = ("职责", "权限", "流程", "考核", "制度", "原则")  # headings of these words name no department or position
ABOUT = re.compile(r"(.{2,20}?(?:部|中心|公司|科|处))(?:的)?(?:组织|架构|职能|部门职|岗位|建设|组建|管理|职责|工作)")
RUNS = 8  # headings and names that run into one text
SHORT = 24  # characters; a heading is no longer


def recognise(lines: Sequence[Line]) -> Part:
    """Return what the lines of one or several sources hold: a nameless top, departments and positions below it, notes last.

    Never raises. Costs O(characters), and O(departments and positions) for each of these.
    """
    return Reader().read(pieces(repaired(lines)))


class Reader(Builder):
    """Takes piece after piece."""

    def __init__(self) -> None:
        super().__init__()
        self.runs = 0  # how often the piece at hand was taken apart

    def read(self, found: Sequence[Piece]) -> Part:
        """Return the tree of all pieces."""
        for at, piece in enumerate(found):
            following = found[at + 1] if at + 1 < len(found) else None
            frame = self._enter(piece)
            self._take(piece, following)
            if frame is not None and frame in self.frames:
                frame.after = self.state
        self.holders.top.children += self.notes
        return self.holders.top

    def _take(self, piece: Piece, following: Piece | None) -> None:
        """Take a piece, or the rest of one whose beginning was taken; what runs together more often than is sane is text."""
        self.runs += 1
        if self.runs > RUNS:
            self._statement(piece, piece.text)
        else:
            self._tell(piece, following)
        self.runs -= 1

    def _tell(self, piece: Piece, following: Piece | None) -> None:
        text = NOBODY.sub("", ENGLISH.sub("", piece.text)).strip().lstrip("： ")
        if piece.label:
            self._labelled(piece, plain(piece.label), text)
            return
        if self.awaiting and text and not label_key(text):
            awaited, self.awaiting = self.awaiting, ""
            self._labelled(piece, awaited, text)
            return
        self.awaiting = ""
        if not text:
            return
        self._name_base(piece, text)
        if self._heading(piece, text) or self._doubled(piece, text, following) or self._run_in(piece, text):
            return
        if (
            self._introduced(piece, text)
            or self._named(piece, text)
            or self._short(piece, text, following)
            or self._chapter(piece, text)
        ):
            return
        self._statement(piece, text)

    def _heading(self, piece: Piece, text: str) -> bool:
        """Take a label, a title with a label, or a title, alone or before a colon."""
        head, colon, value = _before_colon(text)
        if len(head) > SHORT + 12:
            return False
        if label_key(head) and (colon or plain(text) == plain(head)):
            self._labelled(piece, plain(head), value, listed=bool(piece.style))
            return True
        if found := with_label(head):
            title, label = found
            *others, title = titles(title)
            for other in others:
                self._holder(piece, other, LIKELY)
            if self._holder(piece, title, SURE):
                self.state = replace(self.state, expects="")
                self._labelled(piece, label, value)
                return True
        if follows := _follows(plain(head)):
            self._follow(piece, plain(head), follows)
            if value:
                self._take(replace(piece, text=value, style="", follows=True), None)
            return True
        name, count = counted(re.sub(r"（[^（）]*）$", "", head) if not counted(head)[1] else head)
        names = titles(name.replace("\\", "/").replace("/", "／")) if len(name) < 60 else [name]
        if all(is_position(one) or is_department(one) for one in names):
            made = [self._holder(piece, one.replace("／", "/"), SURE if colon or count else LIKELY) for one in names]
            if made[-1] and count:
                made[-1].facts["headcount"] = count
            if value:
                self._describe(piece, value, summary="——" in text[: len(head) + 2])
            return bool(made[-1])
        return False

    def _name_base(self, piece: Piece, text: str) -> None:
        """Take the department that the first heading is about: 市场部组织架构及岗位职责 is about 市场部."""
        if self.holders.base is None and (about := ABOUT.match(text)):
            name = re.sub(r"^.*(?:公司|集团)(?=..)", "", about[1])
            if is_department(name):
                self.holders.department(name, piece.line, None, LIKELY)

    def _doubled(self, piece: Piece, text: str, following: Piece | None) -> bool:
        """Take a heading that runs into a text which begins with the same words: 市场部市场部负责…"""
        for length in range(min(SHORT, len(text) // 2), 1, -1):
            if text[:length] == text[length : 2 * length]:
                self._take(replace(piece, text=text[:length]), following)
                self._take(replace(piece, text=text[length:], style="", follows=True), None)
                return True
        return False

    def _introduced(self, piece: Piece, text: str) -> bool:
        """Take a department behind words that introduce it: 市场部按职能分工：市场策划部：主要责任…"""
        said, colon, rest = _before_colon(text)
        name, again, _value = _before_colon(rest)
        if not (colon and again and is_department(name)):
            return False
        self.notes.append(Part("note", trimmed(said), certainty=0, lines=[piece.line]))
        self._take(replace(piece, text=rest, style="", follows=True), None)
        return True

    def _named(self, piece: Piece, text: str) -> bool:
        """Take a sentence that begins with who it is about: 销售部负责…, 市场部总监直接对总经理负责."""
        self._listed(piece, text)
        found = HELD.match(text)
        who = found["who"] if found else ""
        if answers := ANSWERS_TO.search(text):
            if is_position(text[: answers.start()]):
                holder = self._holder(piece, text[: answers.start()], SURE)
                if self.frames and holder:  # what follows in the same list are its duties
                    self.frames[-1].before = self.state
            if self.state.holder and self.state.holder.kind == "position" and not text[answers.end() :].strip("。；"):
                self.state.holder.facts.setdefault("superior", answers["whom"])
                return True
        if found is None or not (is_position(who) or is_department(who)):
            return False
        known = self.holders.find("position", who) or self.holders.find("department", who)
        if known is None and not piece.style and not self.state.expects:
            return False
        if known is not self.state.holder or not self.state.section:
            if self.state.skipping and not piece.style:
                return False
            if known is None and self.state.group is not None:
                return False
            self._holder(piece, who, LIKELY)
        if told := re.search(r"(?:主要|全面|具体)?负责", found["rest"]):
            if self.state.section == "summary":
                self.state = replace(self.state, section="responsibility")
            self._describe(piece, found["rest"][told.start() :])
        else:
            self.notes.append(Part("note", trimmed(text), certainty=0, lines=[piece.line]))
        return True

    def _short(self, piece: Piece, text: str, following: Piece | None) -> bool:
        """Take a few words over a list, where names are expected: 新媒体运营 above 1、2、3."""
        if not self.state.expects or not piece.style or len(text) > 12 or re.search(r"[，。；：！？]", text):
            return False
        if piece.style in ("chapter", "article") or any(word in text for word in NO_PLACES):
            return False
        if following is None or following.style in ("", piece.style, *(frame.style for frame in self.frames)):
            return False  # nothing deeper follows
        if text.startswith(VERBS):
            return False
        part = self.holders.guess(text, piece.line, self.state.expects, self._under())
        self.state = State(part, "responsibility", expects=self.state.expects, described=True)
        return True

    def _run_in(self, piece: Piece, text: str) -> bool:
        """Take a heading of known words that runs into its text: 岗位职责以下是…, 2.部门职责品牌部的职责包括."""
        if piece.follows and not piece.style:
            return False
        head = next((word for word in HEADINGS if len(word) >= 4 and text.startswith(word)), "")
        if not head or len(text) < len(head) + 4 or text[len(head)] in "的和与及、，":
            return False
        if follows := _follows(head):
            self._follow(piece, head, follows)
        else:
            self._labelled(piece, head, "", listed=bool(piece.style))
        self._take(replace(piece, text=text[len(head) :], style="", follows=True), None)
        return True

    def _chapter(self, piece: Piece, text: str) -> bool:
        """Take a heading of other words: what stands below it belongs nowhere, unless it says whose work it is about."""
        ranked = piece.style in RANKS or bool(piece.heading) or piece.style in ("point", "dotted")
        if not ranked or len(text) > SHORT or text.startswith(VERBS) or re.search(r"[，。；]", text.rstrip("：。；")):
            return False
        if not (piece.heading or piece.style in ("chapter", "article")) and self._is_about_somebody(piece):
            return False
        about = re.match(r"(.{2,14}?(?:部|中心|公司))(?:的)?(?:主要|基本)?(?:职责|职能|任务|功能|工作)", text)
        if about and is_department(about[1]):
            self._holder(piece, about[1], LIKELY)
            self.state = replace(self.state, section="responsibility", skipping=False)
            return True
        self.notes.append(Part("note", text, certainty=0, lines=[piece.line]))
        self.state = State(self.holders.base, skipping=True)
        return True

    def _is_about_somebody(self, piece: Piece) -> bool:
        """Whether an item belongs to the list of somebody's statements rather than begins a chapter."""
        state = self.state
        if not state.section or state.skipping or state.holder is None:
            return False
        return state.group is not None or state.described or piece.style == "point"

    def _describe(self, piece: Piece, text: str, *, summary: bool = False) -> None:
        """Take what follows a name: clauses of which each may be a duty, or, after a dash, its summary."""
        if summary and self.state.holder:
            self._fact(piece, "summary", trimmed(text))
            return
        if with_label(_before_colon(text)[0]) or label_key(_before_colon(text)[0]):
            self._take(replace(piece, text=text, style="", follows=True), None)
            return
        self.state = replace(self.state, section=self.state.section or "responsibility", skipping=False, described=True)
        for clause in clauses(text):
            self._add(piece, clause, LIKELY)
        self.last = None


def _before_colon(text: str) -> tuple[str, str, str]:
    """Return what stands before the first colon or dash, that sign, and what stands behind it."""
    found = re.search(r"：|——", text)
    if found is None:
        return text.rstrip("。；"), "", ""
    return text[: found.start()].strip(), found[0], text[found.end() :].strip()


def _follows(head: str) -> str:
    """Return what a heading says that the list below it names: positions, departments, or nothing."""
    head = re.sub(r"[图（(].*$|的$", "", head)
    if len(head) > SHORT:
        return ""
    for word, kind in FOLLOWS.items():
        if head.endswith(word):
            return kind
    people = re.search(r"(?:岗位|职位|人员)(?:职责|描述|设置|配备|配置|说明|分工|架构|构成)", head)
    return "position" if people and re.search(r"部门|组织|架构|各", head) else ""
