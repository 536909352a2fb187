"""What a booklet is to contain, as its address says it: ?branch=CODE, ?position=CODE&position=…, ?without=chart …"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from departments.models import Kind
from departments.models.entries import Entry
from departments.models.outlines import Outline

PARTS: dict[str, str | Promise] = {
    "chart": gettext_lazy("Organisation chart"),
    "departments": gettext_lazy("Departments and what they answer for"),
    "processes": gettext_lazy("Processes"),
    "sources": gettext_lazy("Notes on sources"),
    "index": gettext_lazy("Index of positions"),
    "holder": gettext_lazy("Place for the position holder's signature"),
}
OF_FORMS = ("holder",)
MARGINS = ("", "mirrored")
CHARTS = (
    "",
    "fit",
    "departments",
    "2",
    "3",
    "4",
)  # how charts are parted, of themselves where nothing is said; see charts/paging.py
STYLES = ("", "reading")  # how forms look: a bordered table, or text to be read


class OptionsError(Exception):
    """An option that means nothing; its text is a sentence for the reader. `missing`: it names what is not there."""

    def __init__(self, sentence: str, *, missing: bool = False):
        super().__init__(sentence)
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Options:
    """The whole design, a `branch`, or chosen `positions`, by their codes; `without` these parts; how margins, forms
    and charts are.

    Chosen positions are printed as their forms alone.
    """

    branch: str = ""
    positions: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    margins: str = ""
    style: str = ""
    charts: str = ""

    @classmethod
    def read(cls, said: Mapping[str, Sequence[str]]) -> "Options":
        """Return what an address says: each key with all its values. Raises OptionsError."""
        branch = next(iter(said.get("branch", ())), "")
        positions = tuple(dict.fromkeys(code for code in said.get("position", ()) if code))
        without = tuple(part for part in PARTS if part in said.get("without", ()))
        margins = next(iter(said.get("margins", ())), "")
        if branch and positions:
            raise OptionsError(_("Choose either a department or positions, not both."))
        for part in said.get("without", ()):
            if part not in PARTS:
                raise OptionsError(_("A booklet has no part “%(part)s” to leave out.") % {"part": part})
        if margins not in MARGINS:
            raise OptionsError(_("Margins are equal or mirrored, not “%(margins)s”.") % {"margins": margins})
        style = next(iter(said.get("style", ())), "").removeprefix("bordered")
        if style not in STYLES:
            raise OptionsError(_("Forms are bordered or reading, not “%(style)s”.") % {"style": style})
        charts = next(iter(said.get("charts", ())), "")
        if charts not in CHARTS:
            raise OptionsError(
                _("Charts come on one page, by department or by 2 to 4 levels, not as “%(charts)s”.")
                % {"charts": charts}
            )
        if positions:
            charts = ""
            without = tuple(part for part in without if part in OF_FORMS)
        return cls(branch, positions, without, margins, style, charts)

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Options":
        """Return what `as_json` gave."""
        said: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in kept.items()}
        return cls(**said)

    @property
    def as_json(self) -> dict[str, Any]:
        """What it says, without what is as always."""
        always = {field.name: field.default for field in fields(self)}
        return {key: value for key, value in asdict(self).items() if value != always[key]}

    @property
    def query(self) -> str:
        """The address's query, with its question mark; empty for a booklet as always."""
        pairs = [("branch", self.branch), *(("position", code) for code in self.positions)]
        pairs += [
            *(("without", part) for part in self.without),
            ("margins", self.margins),
            ("style", self.style),
            ("charts", self.charts),
        ]
        said = urlencode([pair for pair in pairs if pair[1]])
        return f"?{said}" if said else ""

    def branch_of(self, outline: Outline) -> Entry | None:
        """Return the department it is of; None where it is of the whole design. Raises OptionsError."""
        return _entry(outline, Kind.DEPARTMENT, self.branch) if self.branch else None

    def positions_of(self, outline: Outline) -> list[Entry]:
        """Return the chosen positions, each once, in the order of the tree. Raises OptionsError."""
        entries = {entry.uid: entry for entry in (_entry(outline, Kind.POSITION, code) for code in self.positions)}
        return sorted(entries.values(), key=lambda entry: entry.lft)


def _entry(outline: Outline, kind: str, code: str) -> Entry:
    entry = outline.find(code)
    if entry is None or entry.kind != kind or entry.frame:
        sentence = (
            _("There is no department %(code)s.") if kind == Kind.DEPARTMENT else _("There is no position %(code)s.")
        )
        raise OptionsError(sentence % {"code": code}, missing=True)
    return entry
