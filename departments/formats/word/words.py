"""What a Word template may name: every field of these records, and no more; `checking` reads them as the vocabulary.

All texts are plain, in the language of the reader. Records hold what `booklets` built; nothing here asks the database.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Document:
    """What the paper itself is, for its cover, head and foot; `mark` is 作废 or 草稿 where it is not in force."""

    title: str
    name: str
    name_en: str
    within: str
    company: str
    summary: str
    number: str
    version: str
    date: str
    edition: str
    mark: str
    contains: str
    headcount: str


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said under a label: its text, the mark 推 where it was inferred, a note; `after` parts it from the next."""

    text: str
    mark: str = ""
    note: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class FactRow:
    """A row of the head of a form: two facts, or one over its `whole` width."""

    whole: bool
    label: str
    said: list[Said]
    label2: str = ""
    said2: list[Said] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """A statement with its number, or a heading over those that follow. `third`: its measure or rating."""

    heading: bool
    number: str
    text: str
    mark: str = ""
    auxiliary: str = ""
    aspect: str = ""
    third: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """Statements under one label (职责, 权限 …); `third` heads their third column where there is one."""

    label: str
    third: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom one works with, how, and about what."""

    name: str
    mark: str
    how: str
    about: str


@dataclass(frozen=True, slots=True)
class Contacts:
    """Contacts under one label: inside or outside."""

    label: str
    rows: list[Contact]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with its label."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A field for signing: what for, and who signed when."""

    label: str
    name: str
    date: str


@dataclass(frozen=True, slots=True)
class Revision:
    """An edition in the change record: its changes against the one before, in words."""

    version: str
    date: str
    changes: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class Form:
    """A job description: everything in order in `facts`, `parts` and so on, and the usual fields by name.

    `parts` has every section; `responsibilities`, `authorities`, `qualifications` and `indicators` have those alone.
    """

    title: str
    title_en: str
    code: str
    department: str
    superior: str
    subordinates: str
    headcount: str
    grade: str
    holder: str
    summary: str
    facts: list[FactRow]
    parts: list[Part]
    responsibilities: list[Row]
    authorities: list[Row]
    qualifications: list[Row]
    indicators: list[Row]
    contacts: list[Contacts]
    remarks: list[Labelled]
    signatures: list[Signature]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Place:
    """A position or department in the table of the department above; `depth` is 0, or 1 for what stands below another."""

    title: str
    mark: str
    note: str
    title_en: str
    depth: int
    headcount: list[Said]
    superiors: list[Said]
    duties: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A department: its level is 2 for the first, more below."""

    level: int
    trail: str
    title: str
    mark: str
    title_en: str
    summary: str
    facts: list[FactRow]
    parts: list[Part]
    positions: list[Place]
    departments: list[Place]
    contacts: list[Contacts]
    remarks: list[Labelled]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a process."""

    number: str
    who: str
    mark: str
    name: str
    action: str
    notes: list[Labelled]


@dataclass(frozen=True, slots=True)
class Process:
    """A workflow and its steps; where it is drawn, the number of the drawing and the names of its pictures."""

    name: str
    mark: str
    name_en: str
    summary: str
    facts: list[Labelled]
    steps: list[Step]
    chart: str = ""
    pictures: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chart:
    """An organisation chart: its number among the charts, the name of its `picture`, which chart it goes on from."""

    number: str
    title: str
    picture: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What the design was read from."""

    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Indexed:
    """A position in the index; `letter` is filled for the first of its letter."""

    letter: str
    title: str
    department: str


@dataclass(frozen=True, slots=True)
class Coded:
    """A position in the index of codes."""

    code: str
    title: str
    department: str


@dataclass(frozen=True, slots=True)
class Words:
    """The whole: `booklet` tells a booklet from single job descriptions, whose other lists are empty; `drawn`: has charts."""

    document: Document
    booklet: bool
    forms: list[Form]
    drawn: bool = False
    charts: list[Chart] = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)
    signed: list[Signature] = field(default_factory=list)
    record: list[Revision] = field(default_factory=list)
    processes: list[Process] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)
    remarks: list[Labelled] = field(default_factory=list)
    index: list[Indexed] = field(default_factory=list)
    codes: list[Coded] = field(default_factory=list)
