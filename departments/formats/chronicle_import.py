"""A design with all its editions comes in as one file: first what it would make, then, once that was seen, the design."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from departments.documents import schema
from departments.documents.checks import walk
from departments.documents.chronicles import faults_of, load_chronicle
from departments.documents.files import DocumentError, Fault, is_chronicle, parse_chronicle
from departments.models import Design, Edition


class EditionSaid(NamedTuple):
    """An edition of the file: its number, status and day, and how much it holds."""

    number: int
    status: str
    effective_on: date | None
    departments: int
    positions: int
    duties: int


@dataclass
class Arrival:
    """What a file of all editions would make; `given` is None where it cannot be read."""

    given: schema.Chronicle | None = None
    editions: list[EditionSaid] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    sign: str = ""


def look(content: bytes, name: str) -> Arrival:
    """Return what the file would make, and all that is wrong with it. 2–5 queries; none where it cannot be read."""
    try:
        given = read_chronicle(content, name)
    except DocumentError as error:
        return Arrival(faults=error.faults)
    said = [_said(one) for one in given.editions]
    return Arrival(given, said, faults_of(given), hashlib.sha256(content).hexdigest())


def read_chronicle(content: bytes, name: str) -> schema.Chronicle:
    """Return the design with all its editions that a file holds. Raises DocumentError."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise DocumentError([Fault(name, "", _("The file is not UTF-8 text."))]) from error
    if not is_chronicle(text):
        raise DocumentError([Fault(name, "", _("This is not a design with all its editions."))])
    return parse_chronicle(text, file=name)


def bring_in(content: bytes, name: str, *, sign: str, by: User | None) -> Design:
    """Make the design of the file whose sign was shown. Raises DocumentError."""
    found = look(content, name)
    if found.given is None or found.faults or found.sign != sign:
        raise DocumentError(found.faults)
    return load_chronicle(found.given, by=by)


def _said(one: schema.EditionOf) -> EditionSaid:
    nodes = [node for node, _trail in walk(one.tree)]
    departments = sum(isinstance(node, schema.Department) and not node.frame for node in nodes)
    positions = sum(isinstance(node, schema.Position) for node in nodes)
    duties = sum(
        isinstance(node, schema.Duty)
        and node.section == "responsibility"
        and node.weight == "primary"
        and not node.children
        for node in nodes
    )
    status = str(Edition.Status(one.status).label)
    return EditionSaid(one.number, status, one.effective_on, departments, positions, duties)
