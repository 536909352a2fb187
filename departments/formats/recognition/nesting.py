"""Lists within lists: what a piece is read under, by its marker and the lists that are open above it."""

from dataclasses import dataclass

from departments.formats.recognition.holders import Holders
from departments.formats.recognition.markers import RANKS
from departments.formats.recognition.parts import Part
from departments.formats.recognition.pieces import Piece

ORDER = (*RANKS, "point", "dotted", "paren", "bracket", "square", "circle", "letter", "roman")


@dataclass(frozen=True, slots=True)
class State:
    """What a piece is read under: who it is about, which section, and what a list below would name."""

    holder: Part | None = None
    section: str = ""  # empty: nothing said so far
    weight: str = "primary"
    aspect: str = ""
    group: Part | None = None
    expects: str = ""
    skipping: bool = False
    described: bool = False  # sentences that follow describe the holder


@dataclass(slots=True)
class Frame:
    """An open list: its style, what its items are read under, and what stands below the last of them."""

    style: str
    before: State
    after: State


class Nesting:
    """The lists that are open, and what the next piece is read under. What was taken is in `holders`."""

    def __init__(self) -> None:
        self.holders = Holders()
        self.state = State()
        self.frames: list[Frame] = []
        self.nested: set[tuple[str, str]] = set()  # styles of lists: outer, inner

    def _enter(self, piece: Piece) -> Frame | None:
        style = f"heading{piece.heading}" if piece.heading else piece.style
        if not style:
            return None
        open_styles = [frame.style for frame in self.frames]
        if piece.heading:
            above = [frame for frame in self.frames if frame.style.startswith("heading") and frame.style < style]
            self.frames = above
            self.state = above[-1].after if above else State()
        elif style in open_styles:
            at = open_styles.index(style)
            self.state = self.frames[at].before
            del self.frames[at:]
        else:  # a list that was left by a heading goes on: what stood below it before is not above it now
            inner = [at for at, known in enumerate(open_styles) if self._is_above(style, known, piece.number)]
            if inner:
                self.state = self.frames[inner[0]].before
                del self.frames[inner[0] :]
        self.nested |= {(outer.style, style) for outer in self.frames if (style, outer.style) not in self.nested}
        frame = Frame(style, self.state, self.state)
        self.frames.append(frame)
        return frame

    def _is_above(self, style: str, known: str, number: int) -> bool:
        """Whether lists of a style stand above those of another in this source; one that goes on, by the usual order."""
        if (style, known) in self.nested:
            return True
        usual = number > 1 and style in ORDER and known in ORDER
        return usual and ORDER.index(style) < ORDER.index(known)

    def _under(self) -> Part | None:
        """Return the department that the open lists, or the last heading, say a new place stands in."""
        for frame in reversed(self.frames[:-1]):
            holder = frame.after.holder
            if holder is not None:
                return holder if holder.kind == "department" else self.holders.above(holder)
        return None

    def _inside_somebody(self) -> bool:
        """Whether the list at hand stands below an item that names a position: （一）岗位职责 below 一、仓储部经理."""
        holders = (frame.after.holder for frame in self.frames[:-1])
        return any(holder is not None and holder.kind == "position" for holder in holders)

    def _close_lists(self) -> None:
        """Leave the lists that are open, but for headings."""
        self.frames = [frame for frame in self.frames if frame.style.startswith("heading")]


def stays_open(frame: Frame, holder: Part | None) -> bool:
    """Whether a list stays open under a label of somebody: lists of other places do, his own end."""
    return frame.style.startswith("heading") or frame.after.holder not in (None, holder)
