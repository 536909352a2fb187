"""The head of a form: its facts, and how each is known. What is not stated is named once, never shown as empty."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from departments.models import Edition, Relation
from departments.models.entries import Entry, Line
from departments.models.headcount import Headcount, total
from departments.models.outlines import Outline


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said of somebody: its words, a note in small type, and whether we concluded it."""

    text: str
    note: str = ""
    inferred: bool = False
    english: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what is said under it; `wide` takes the whole width of the form."""

    label: str
    said: list[Said]
    wide: bool = False


@dataclass(slots=True)
class Facts:
    """The facts of a form, set two abreast, and the labels of those that the source does not state."""

    facts: list[Fact] = field(default_factory=list)
    unstated: list[str] = field(default_factory=list)
    blank: bool = False

    def add(self, label: str, *said: Said, wide: bool = False, missed: bool = True) -> None:
        """Add a fact; one of which nothing is said is only named as unstated (`missed`)."""
        known = [one for one in said if one.text]
        if known or self.blank:
            self.facts.append(Fact(label, known, wide))
        elif missed:
            self.unstated.append(label)

    @property
    def rows(self) -> list[list[Fact]]:
        """The facts in rows of two; a wide one has a row to itself, one left over becomes wide."""
        rows: list[list[Fact]] = []
        for fact in self.facts:
            if fact.wide or not rows or len(rows[-1]) == 2 or rows[-1][0].wide:
                rows.append([fact])
            else:
                rows[-1].append(fact)
        return [[Fact(row[0].label, row[0].said, wide=True)] if len(row) == 1 else row for row in rows]


def position_facts(outline: Outline, entry: Entry, *, blank: bool = False) -> Facts:
    """Return the head of a position's form, in the order HR expects; `blank` keeps fields that are empty. No query."""
    facts = Facts(blank=blank)
    facts.add(_("Position title"), Said(entry.title, also(entry), entry.inferred))
    facts.add(_("English title"), Said(entry.title_en, english=True), missed=False)
    facts.add(_("Position code"), Said(entry.code))
    facts.add(_("Department"), _department(entry))
    if entry.repeats:
        facts.add(_("Stands for several"), Said(entry.repeats))
    facts.add(_("Direct superior"), *map(superior, entry.superiors))
    below = list(_subordinates(outline, entry))
    facts.add(_("Direct subordinates"), *below, wide=sum(len(one.text) for one in below) > 36, missed=False)
    facts.add(_("Grade"), Said(entry.grade))
    facts.add(_("Headcount"), headcount(entry.headcount))
    if people := outline.holders.get(entry.uid):
        facts.add(_("Holder"), Said("、".join(people)))
    facts.add(_("Edition"), Said(edition_line(outline.edition)))
    return facts


def department_facts(entry: Entry) -> Facts:
    """Return the head of a department's chapter. No query."""
    facts = Facts()
    facts.add(_("Head"), *map(_head, entry.heads))
    facts.add(_("Direct superior"), *map(superior, entry.superiors), missed=False)
    if entry.all_positions:
        facts.add(_("Headcount"), headcount(entry.headcount), missed=False)
        facts.add(_("Positions add up to"), Said(str(entry.headcount_sum)))
    else:
        facts.add(_("Headcount"), headcount(entry.headcount))
    for level in entry.levels:
        stated = {key: value for key, value in level["headcount"].items() if value is not None}
        facts.add(level["level"], headcount(Headcount(**stated)), missed=False)
    facts.add(_("Also called"), Said("、".join(entry.aliases)), missed=False)
    facts.add(_("Stands for several"), Said(entry.repeats), missed=False)
    if entry.place_basis == "inferred" and entry.department:
        facts.add(_("Stands in"), Said(entry.department.title, "", inferred=True), missed=False)
    return facts


def edition_line(edition: Edition) -> str:
    """Return the edition's number and since when it is in force: 第 1 版，自 2026年11月22日 起.

    1 query for a superseded one, the first time.
    """
    number = _("Edition %(number)d") % {"number": edition.number}
    if edition.effective_on is None:
        return _("%(edition)s (%(status)s)") % {"edition": number, "status": edition.get_status_display()}
    said = {"edition": number, "date": long_date(edition)}
    if edition.status == Edition.Status.APPROVED:
        return _("%(edition)s, in force from %(date)s") % said
    if edition.status == Edition.Status.SUPERSEDED:
        if edition.until is None:
            return _("%(edition)s, came in force on %(date)s, superseded") % said
        return _("%(edition)s, in force from %(date)s to %(until)s, superseded") % {
            **said,
            "until": written(edition.until),
        }
    return _("%(edition)s, in force since %(date)s") % said


def long_date(edition: Edition) -> str:
    """Return the edition's date written out; empty where it has none."""
    return written(edition.effective_on) if edition.effective_on else ""


def written(day: datetime.date) -> str:
    """Return a day written out."""
    return date_format(day, "j F Y" if get_language() == "en" else "Y年n月j日")


def superior(line: Line) -> Said:
    """Return a superior with how we know it."""
    if line.basis == "top":
        return Said(_("nobody above"))
    notes = []
    if line.end is None:
        notes.append(_("outside this design"))
    if line.line != "solid":
        notes.append(str(Relation.Line(line.line).label))
    if line.basis == "derived":
        notes.append(_("from its place"))
    if line.end is not None and line.end.head_form == "alternative":
        notes.append(HEAD_FORMS["alternative"]())
    return Said(line.other, _(", ").join(notes), line.basis == "inferred")


def headcount(headcount: Headcount) -> Said:
    """Return a headcount with what it varies with; empty where not stated."""
    example = _("example") if headcount.basis == "example" else ""
    notes = [note for note in (headcount.varies_with, example) if note]
    return Said(str(headcount), _(", ").join(notes), headcount.inferred)


def also(entry: Entry) -> str:
    """Return its other names in a phrase; empty where there are none."""
    names = "、".join(entry.aliases)
    return _("also called %(names)s") % {"names": names} if names else ""


def _department(entry: Entry) -> Said:
    if entry.department is None:
        return Said("")
    notes = [_("head")] if entry.head else []
    notes += [note for note in (HEAD_FORMS.get(entry.head_form, str)(),) if entry.head and note]
    inferred = entry.place_basis == "inferred" or (entry.head and entry.head_basis == "inferred")
    return Said(entry.department.title, _(", ").join(notes), inferred)


HEAD_FORMS = {
    "body": lambda: _("a leading body"),
    "alternative": lambda: _("one or the other"),
    "part_time": lambda: _("part-time"),
}


def _head(head: Entry) -> Said:
    return Said(head.title, HEAD_FORMS.get(head.head_form, str)(), head.head_basis == "inferred")


def _subordinates(outline: Outline, entry: Entry) -> Iterable[Said]:
    """Yield the subordinates grouped by how we know them, at most eight, then how many there are in all."""
    lines = outline.subordinates.get(entry, [])
    for basis in ("stated", "inferred", "derived"):
        names = [line.start.title for line in lines[:8] if line.basis == basis]
        yield Said("、".join(names), _("from its place") if basis == "derived" else "", basis == "inferred")
    positions = [line.start for line in lines if line.start.is_position]
    if len(lines) > 1 and positions:
        counted = {"positions": len(positions), "people": total(position.headcount for position in positions)}
        yield Said(_("in all %(positions)d positions: %(people)s") % counted)
