"""A file that somebody sends becomes part of a draft: first what it would do, then, once that was seen, the same written.

The two steps are days apart at times: the second finds everything anew under the lock, and writes nothing where it would do
anything else than what was shown.
"""

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from departments.documents import schema
from departments.documents.describing import describe
from departments.documents.files import MAXIMUM_BYTES, DocumentError, Fault, is_chronicle, parse
from departments.formats.document_import import examine_document, refused
from departments.formats.extracts import Extract
from departments.formats.tables_reading import read_upload
from departments.formats.workbook_import import Import, examine, known_functions
from departments.formats.workbook_marks import taking
from departments.formats.workbook_reading import BYTES, Book
from departments.formats.workbook_reading import Fault as RowFault
from departments.models import Design, Edition
from departments.models.entries import Entry
from departments.models.imports import TakenIn
from departments.models.outlines import Outline
from departments.restructuring import Refused, open_edition
from departments.restructuring.adopting import adopt
from departments.restructuring.becoming import Advance, become, beyond

DOCUMENTS = (".yaml", ".yml", ".json")
Covers = Callable[[Outline], Callable[[Entry | None], bool]]


class Stale(Exception):
    """The import would do something else by now than was shown; `now` says what."""

    def __init__(self, now: Import):
        self.now = now
        super().__init__(now.report.sign)


def is_document(name: str) -> bool:
    """Whether a file of that name is a design document."""
    return PurePath(name).suffix.lower() in DOCUMENTS


def read(content: bytes, name: str) -> Book | schema.Design:
    """Return what a file holds: a design document by its name, else tables. Raises DocumentError for a document."""
    if not is_document(name):
        return read_upload(content)
    return read_document(content, name)


def read_document(content: bytes, name: str) -> schema.Design:
    """Return the design document in a file. Raises DocumentError."""
    if len(content) > MAXIMUM_BYTES:
        raise DocumentError([Fault(name, "", _("The document is larger than %d MB.") % (MAXIMUM_BYTES // 1024**2))])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError([Fault(name, "", _("The file is not UTF-8 text."))]) from error
    if is_chronicle(text):
        reason = _("This is a design with all its editions: administrators bring it in under “New design from a file”.")
        raise DocumentError([Fault(name, "", reason)])
    return parse(text.replace("\r\n", "\n"), file=name)


def look(
    content: bytes,
    name: str,
    outline: Outline,
    *,
    remove: bool = False,
    fresh: bool = False,
    covers: Covers | None = None,
    take: frozenset[str] = frozenset(),
    by: User | None = None,
) -> Import:
    """Return what the file would change in an edition, and all that is wrong with it. 1–2 queries, 5 for a document.

    `covers`: how far the right of who imports goes, in an outline; what lies beyond is a fault. `take`: the keys of what
    both changed where the file's is chosen. `by`: who sends it, and may have sent the same workbook before.
    """
    try:
        given = read(content, name)
    except DocumentError as error:
        return refused(error)
    if isinstance(given, Book):
        extract = Extract(outline.edition, outline, "")
        taken = taking(given.marks) if given.marks and by and not fresh else ""
        before = TakenIn.objects.said(by, outline.edition.design, taken) if taken else {}
        found = examine(given, extract, known_functions(), remove=remove, fresh=fresh, take=take, before=before)
        found.taken = taken
    else:
        found = examine_document(given, outline, remove=remove)
    if covers is not None and found.found is not None:
        _keep_within(found, covers(outline))
    return found


def carry_out(
    content: bytes,
    name: str,
    edition: Edition,
    *,
    sign: str | None,
    by: User | None,
    remove: bool = False,
    fresh: bool = False,
    covers: Covers | None = None,
    take: frozenset[str] = frozenset(),
    advance: Advance | None = None,
) -> Import:
    """Write what was shown, and what was chosen, as one change of the draft and return what it was.

    `sign`: of the report that was shown; None takes whatever is found, where nothing is faulty. Raises Stale, NotADraft,
    Refused.
    """
    try:
        with open_edition(edition, by=by) as room:
            options: dict[str, Any] = {"remove": remove, "fresh": fresh, "covers": covers, "take": take, "by": by}
            now = look(content, name, Outline(room.edition), **options)
            if now.found is None or (sign is not None and now.report.sign != sign):
                raise Stale(now)
            become(room, now.found, note=_("imported from %s") % PurePath(name).name[:120], advance=advance)
            if now.taken:
                design, said = edition.design, {"taken": now.taken, "said": now.said}
                TakenIn.objects.update_or_create(user=by, design=design, defaults=said)
    except IntegrityError as error:
        raise Refused(_("The database refused it: %s") % str(error).splitlines()[0]) from error
    return now


def make(
    content: bytes, name: str, *, title: str, slug: str, sign: str | None, by: User | None, **options: Any
) -> Design:
    """Make an own design of a file: its first draft holds what was shown, as one change. Raises as `carry_out`.

    A document says what the design is and suits too. Raises IntegrityError where the address is in use.
    """
    with transaction.atomic():
        design = adopt(None, name=title, slug=slug, by=by)
        draft = design.editions.select_related("design").get()
        carry_out(content, name, draft, sign=sign, by=by, fresh=True, **options)
        if is_document(name):
            describe(design, read_document(content, name))
    return design


def _keep_within(found: Import, covers: Callable[[Entry | None], bool]) -> None:
    """Turn what lies beyond somebody's branch into faults."""
    if found.found is None or not (strange := beyond(found.found, covers)):
        return
    rows = {row.uid: row for row in found.found.target.rows}
    names = {entry.uid: str(entry) for entry in found.found.outline.entries}
    message = _("This stands outside the branch that is yours to edit.")
    faults = found.refused if found.chosen else found.report.faults
    for uid in strange:
        name = names.get(uid) or str(rows[uid].content.get("title") or rows[uid].content.get("text", ""))
        faults.append(RowFault("", 0, f"{name[:40]}：{message}"))
    faults.sort(key=lambda fault: (fault.sheet, fault.row, fault.message))
    found.found = None


__all__ = ["BYTES", "Import", "Stale", "carry_out", "is_document", "look", "make", "read", "read_document"]
