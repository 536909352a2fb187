"""A position's form (岗位说明书): the one unit that is printed alone, bound into booklets and, later, cached."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from departments.booklets.facts import Facts, position_facts
from departments.booklets.signatures import Signature
from departments.booklets.statements import Statement, set_out
from departments.models import Design, Section
from departments.models.entries import Entry
from departments.models.outlines import Outline

# What HR looks for in a job description and a source may leave out.
EXPECTED = (Section.RESPONSIBILITY, Section.AUTHORITY, Section.QUALIFICATION, Section.INDICATOR)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a form under its label: 职责, 权限, 任职资格 …"""

    slug: str
    label: str
    rows: list[Statement]

    @property
    def brief(self) -> bool:
        """Whether all its statements are a few words each, so that two may share a line."""
        leaves = [row for row in self.rows if not row.heading]
        plain = not any(row.auxiliary or row.measure or row.rating or row.rating_note for row in leaves)
        return plain and len(leaves) > 1 and all(len(row.text) + len(row.aspect) <= 16 for row in leaves)

    @property
    def lines(self) -> list[list[Statement]]:
        """Its rows, one or two to a line; a heading has a line to itself."""
        lines: list[list[Statement]] = []
        for row in self.rows:
            if row.heading or not lines or lines[-1][0].heading or len(lines[-1]) == 2:
                lines.append([row])
            else:
                lines[-1].append(row)
        return lines

    @property
    def measured(self) -> bool:
        """Whether its measures have a column of their own: where most statements have one, and no rating."""
        leaves = [row for row in self.rows if not row.heading]
        return not self.rated and 2 * sum(bool(row.measure) for row in leaves) > len(leaves)

    @property
    def columns(self) -> int:
        """How many columns its table has."""
        return 3 if self.rated or self.measured else 2

    @property
    def rated(self) -> bool:
        """Whether any statement has a rating."""
        return any(row.rating for row in self.rows)


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody a position or department works with: who, about what, and how we know."""

    name: str
    about: str
    how: str = ""
    inferred: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Contacts:
    """Whom a position or department works with, inside the design and outside."""

    all: list[Contact]

    @property
    def inside(self) -> list[Contact]:
        """Those of the design."""
        return [contact for contact in self.all if not contact.outside]

    @property
    def outside(self) -> list[Contact]:
        """Those outside."""
        return [contact for contact in self.all if contact.outside]


@dataclass(frozen=True, slots=True)
class Form:
    """What a job description says, in the order of the form; templates ask it nothing that costs a query."""

    entry: Entry
    running: str
    facts: Facts
    parts: list[Part]
    contacts: Contacts
    unstated: list[str]
    own: bool  # the company's: what is not stated it has not filled in yet
    citations: list[dict[str, Any]]
    signatures: list[Signature]

    @property
    def anchor(self) -> str:
        """Its id in a PDF."""
        return self.entry.anchor

    @property
    def has_inferred(self) -> bool:
        """Whether anything on it was concluded by us."""
        said = [one.inferred for fact in self.facts.facts for one in fact.said]
        rows = [row.inferred for part in self.parts for row in part.rows]
        return any(said) or any(rows) or any(contact.inferred for contact in self.contacts.all)

    @property
    def has_auxiliary(self) -> bool:
        """Whether it has auxiliary duties."""
        return any(row.auxiliary for part in self.parts for row in part.rows)


def build_form(outline: Outline, entry: Entry, sources: dict[str, Any], signed: list[Signature]) -> Form:
    """Return the form of a position. `sources`: document → Source; `signed`: the edition's signatures. No query."""
    facts = position_facts(outline, entry)
    parts = statement_parts(entry)
    stated = {part.slug for part in parts}
    missed = [str(capfirst(section.label)) for section in EXPECTED if section not in stated]
    above = entry.department.title if entry.department else outline.root.title
    return Form(
        entry=entry,
        running=f"{above} · {entry.title}",
        facts=facts,
        parts=parts,
        contacts=contacts(entry),
        unstated=[*facts.unstated, *missed],
        own=outline.edition.design.origin == Design.Origin.OWN,
        citations=cited(outline, entry, sources),
        signatures=signed,
    )


def has_form(entry: Entry) -> bool:
    """Whether a position has anything to fill a form with."""
    return any(child.is_duty for child in entry.children)


def statement_parts(entry: Entry) -> list[Part]:
    """Return an entry's own statements by section, in the order of the form; auxiliary duties follow the primary."""
    parts = []
    for section in Section:
        primary = entry.statements(section, "primary")
        auxiliary = entry.statements(section, "auxiliary")
        if primary or auxiliary:
            parts.append(Part(section.value, str(capfirst(section.label)), set_out([*primary, *auxiliary])))
    return parts


def contacts(entry: Entry) -> Contacts:
    """Return whom an entry works with, assists, is assisted by, and reports to beside its superiors."""
    assists, also = _("assists"), _("also reports to")
    hows = {"works_with": "", "assists": assists, "reports_to": also}
    found = [
        Contact(line.other, line.about, hows[line.kind], line.basis == "inferred", outside=line.end is None)
        for line in entry.relations_out
        if not line.superior
    ]
    hows = {"works_with": "", "assists": _("assisted by")}
    found += [
        Contact(line.start.title, line.about, hows[line.kind], line.basis == "inferred")
        for line in entry.relations_in
        if line.kind in hows
    ]
    return Contacts(found)


def cited(outline: Outline, entry: Entry, sources: dict[str, Any]) -> list[dict[str, Any]]:
    """Return where an entry, or else the nearest above that says so, comes from: an article once, with its `source`."""
    found = outline.sources_of(entry, [])
    articles = {(citation["document"], citation.get("heading")): citation for citation in found}
    return [citation | {"source": sources.get(citation["document"])} for citation in articles.values()]
