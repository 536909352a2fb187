"""What comes of a piece: a place, a fact of it, a statement below it, or a note."""

import re
from dataclasses import replace

from departments.formats.recognition.markers import RANKS
from departments.formats.recognition.nesting import Nesting, State, stays_open
from departments.formats.recognition.parts import DOUBTFUL, GUESSED, LIKELY, SURE, Part
from departments.formats.recognition.pieces import Piece, counted, titles
from departments.formats.recognition.sentences import clauses, sentences, trimmed
from departments.formats.recognition.words import ASPECT_OF, HEADINGS, is_department, is_position, label_key

BELOW = re.compile(
    r"(?:下设|设立?|(?<=[^理])由|包括)(?:了|有)?"
    r"(?P<names>[^。；：由]{3,120}?(?=等|[两二三四五六七八九十\d]个|领导|组成|[。；]|$))"
)
REST_OF_LIST = re.compile(r"[两二三四五六七八九十\d]个?$|相应的岗位，?")


class Builder(Nesting):
    """Makes the tree of parts; what belongs nowhere is in `notes`."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: list[Part] = []
        self.said: dict[tuple[Part, str, str], Part] = {}  # holder, section, words: said twice, it stands once
        self.awaiting = ""  # a label that stood alone: the next piece is its value
        self.elsewhere = ""  # the department a form named before the position
        self.last: Part | None = None  # the last statement, while a line may go on with it

    def _holder(self, piece: Piece, title: str, certainty: float) -> Part | None:
        """Make a department or position the one that is read about; None where the words are neither."""
        under = self._under()
        if is_position(title):
            if not piece.style and not under and self.state.holder and self.state.holder.kind == "department":
                under = self.state.holder
            part = self.holders.position(title, piece.line, under, certainty)
        elif is_department(title):
            part = self.holders.department(title, piece.line, under, certainty)
        else:
            return None
        if not piece.style and not piece.heading:
            self._close_lists()
        self.state = State(part, "responsibility", expects=self.state.expects, described=True)
        self.last = None
        return part

    def _follow(self, piece: Piece, head: str, follows: str) -> None:
        """Take a heading that says what the list below it names."""
        for word in HEADINGS:
            if head.endswith(word) and is_department(head[: -len(word)]):
                self.holders.department(titles(head[: -len(word)])[-1], piece.line, None, LIKELY)
        if not piece.style and not piece.heading:
            self.frames = []
        self.state = State(self.holders.base, expects=follows)
        self.last = None

    def _labelled(self, piece: Piece, label: str, value: str, *, listed: bool = False) -> None:
        """Take what stands under a label: a fact of the holder, or the statements of a section."""
        key = label_key(label)
        state = self.state
        if not key:
            self._statement(piece, value)
            return
        chapter = listed and piece.style in RANKS and not value and not self._inside_somebody()
        if chapter and key == "responsibility" and _is_chapter(label):
            self.state = State(self.holders.base, "responsibility", expects=_expected(label))
            return
        if key in ("title", "department", "code", "superior", "grade", "headcount", "summary", "head", "other"):
            if not value:
                self.awaiting = label if key in ("title", "department", "code", "superior") and not piece.label else ""
                if key == "summary":
                    self.state = replace(state, section="summary", skipping=False, group=None)
                return
            self._fact(piece, key, trimmed(value))
            return
        section, weight = ("responsibility", "auxiliary") if key == "auxiliary" else (key, "primary")
        if not piece.style and not piece.label:
            self.frames = [frame for frame in self.frames if stays_open(frame, state.holder)]
        about_one = state.holder is not None and state.holder is not self.holders.base
        self.state = replace(
            state,
            section=section,
            weight=weight,
            aspect=ASPECT_OF.get(label, "") if section == "qualification" else "",
            group=None,
            skipping=False,
            described=True,
            expects=state.expects if about_one else _expected(label) or state.expects,
        )
        self.last = None
        if value:
            self._statement(piece, value)

    def _fact(self, piece: Piece, key: str, value: str) -> None:
        holder = self.state.holder
        if not value:
            return
        if key == "title":
            title, count = counted(value[:120])
            title = title or value[:120]
            part = self.holders.find("position", title)
            if part is None or part.children:
                part = self.holders.position(title, piece.line, self._named_department(piece) or self._under())
            if count:
                part.facts["headcount"] = count
            self.frames, self.state = [], State(part, "responsibility", described=True)
        elif key == "department":
            if holder is not None and holder.kind == "position" and not holder.children:
                self.holders.place(holder, self.holders.department(value[:120], piece.line, of_a_form=True))
            else:
                self.elsewhere = value[:120]
        elif key == "head":
            self.holders.position(value[:120], piece.line, self.state.holder, LIKELY)
        elif holder is None or key == "other":
            self.notes.append(Part("note", value, certainty=0, lines=[piece.line]))
        else:
            before = f"{holder.facts['summary']}。" if key == "summary" and holder.facts.get(key) else ""
            holder.facts[key] = before + value
            holder.lines.append(piece.line)

    def _named_department(self, piece: Piece) -> Part | None:
        name, self.elsewhere = self.elsewhere, ""
        return self.holders.department(name, piece.line, of_a_form=True) if name else None

    def _listed(self, piece: Piece, text: str) -> None:
        """Make the departments and positions that a sentence lists: 下设公关科和营销科两个部门, 由品牌经理、策划师组成."""
        for found in BELOW.finditer(text):
            names = [name for name in re.split(r"[、，和与及或]|或者", REST_OF_LIST.sub("", found["names"])) if name]
            before = re.match(r"(.{2,14}?)(?:在|由|通常|设|下|直接|是|应)", text)
            under = self.holders.department(before[1], piece.line) if before and is_department(before[1]) else None
            if all(map(is_department, names)):
                for name in names:
                    self.holders.department(name, piece.line, under, LIKELY)
            elif all(map(is_position, names)):
                for name in names:
                    self.holders.position(name, piece.line, under, LIKELY)

    def _statement(self, piece: Piece, text: str) -> None:
        """Take a statement of the section that is open, or a note."""
        state = self.state
        if state.section == "summary" and state.holder:
            self._fact(piece, "summary", trimmed(text))
        elif state.skipping or state.holder is None or not state.section:
            self.notes.append(Part("note", trimmed(text) or text, certainty=0, lines=[piece.line]))
        elif piece.style or (piece.label and piece.table):
            part = self._add(piece, trimmed(text), SURE)
            self.last = part
            if part is not None and piece.style:
                self.state = replace(self.state, group=part)
        elif self.last is not None and not text.startswith("负责"):
            self.last.text = f"{self.last.text}，{trimmed(text)}"
            self.last.certainty = min(self.last.certainty, GUESSED + 0.1)
            self.last.lines.append(piece.line)
        else:
            split = clauses if state.section == "responsibility" else sentences
            for one in split(text):
                self._add(piece, one, LIKELY)

    def _add(self, piece: Piece, text: str, certainty: float) -> Part | None:
        """Put a statement under the holder, or under the one it belongs to; said twice, it stands once."""
        state, holder = self.state, self.state.holder
        if holder is None or len(text) < 2:
            return None
        parent = state.group if state.group is not None and piece.style else holder
        text = text.removeprefix(holder.text) if text.startswith(holder.text + "负责") else text
        section = state.section or "responsibility"
        if (same := self.said.get((holder, section, text))) is not None:
            return same
        certainty = min(certainty, holder.certainty if holder.certainty < DOUBTFUL else certainty)
        part = Part("duty", text, section, state.weight, state.aspect, certainty, [piece.line])
        parent.children.append(part)
        self.said[holder, section, text] = part
        return part


def _is_chapter(label: str) -> bool:
    return label in ("岗位职责", "部门职责", "工作职责", "职位职责", "部门职能", "职责")


def _expected(label: str) -> str:
    """Return what a list under a heading names, where it stands over all departments or positions."""
    if label.startswith(("岗位", "职位")):
        return "position"
    return "department" if label.startswith("部门") else ""
