"""From what `booklets` built to the records that a Word template names."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.booklets import Booklet
from departments.booklets import chapters as ours
from departments.booklets import facts as facts_of
from departments.booklets.forms import Contacts, Form, Part
from departments.booklets.processes import Workflow
from departments.booklets.record import Revision
from departments.booklets.signatures import Signature, stamp
from departments.booklets.statements import Statement
from departments.formats.paper import counts_line
from departments.formats.word import words
from departments.formats.word.drawings import NOTHING_DRAWN, Drawn
from departments.models import Design, Edition, Organisation, Section
from departments.models.entries import Entry
from departments.models.facets import Aspect

BY_NAME = {
    Section.RESPONSIBILITY: "responsibilities",
    Section.AUTHORITY: "authorities",
    Section.QUALIFICATION: "qualifications",
    Section.INDICATOR: "indicators",
}


def tell_forms(edition: Edition, forms: Iterable[Form]) -> words.Words:
    """Return some job descriptions, each on a page of its own. 1 query of an own design."""
    return words.Words(
        document=_document(edition, _("Job description")), booklet=False, forms=[_form(form) for form in forms]
    )


def tell_booklet(booklet: Booklet, without: Iterable[str] = (), drawn: Drawn = NOTHING_DRAWN) -> words.Words:
    """Return a booklet; `without` names parts to leave out, as in its address. No query."""
    without = set(without)
    document = _document(booklet.edition, _("Collected job descriptions"), booklet)
    told = words.Words(
        document=document,
        booklet=True,
        forms=[_form(form) for group in booklet.groups for form in group.forms],
        signed=_signed(booklet.imprint.signed),
        record=list(map(_revision, booklet.imprint.record)),
        drawn=bool(drawn.pictures),
        charts=drawn.charts,
    )
    if "departments" not in without:
        told.chapters.extend(map(_chapter, booklet.chapters))
    if "processes" not in without:
        told.processes.extend(
            _process(workflow, *drawn.lanes.get(workflow.process.number, ())) for workflow in booklet.workflows
        )
    if "sources" not in without:
        told.sources.extend(map(_source, booklet.citations))
        told.corrections.extend(booklet.design.corrections)
        told.remarks.extend(_labelled(booklet.design.remarks))
    if "index" not in without:
        told.index.extend(_index(booklet))
        told.codes.extend(words.Coded(entry.code, entry.title, _within(entry)) for entry in booklet.codes)
    return told


def _document(edition: Edition, title: str, booklet: Booklet | None = None) -> words.Document:
    """Return what the paper is. 1 query for forms of an own design."""
    design = edition.design
    branch = booklet.branch if booklet else None
    company, number = (booklet.imprint.company, booklet.imprint.document_number) if booklet else _company(edition)
    return words.Document(
        title=title,
        name=branch.title if branch else design.name,
        name_en=branch.title_en if branch else design.name_en,
        within=design.name if branch else "",
        company=company,
        summary="" if branch else design.summary,
        number=number,
        version=_("Edition %(number)d") % {"number": edition.number},
        date=facts_of.long_date(edition),
        edition=facts_of.edition_line(edition),
        mark=stamp(edition),
        contains=counts_line(booklet.counts) if booklet else "",
        headcount=str(booklet.root.headcount_sum) if booklet else "",
    )


def _company(edition: Edition) -> tuple[str, str]:
    """Return the company's name and the number of the paper. 1 query of an own design."""
    ours = Organisation.objects.current() if edition.design.origin == Design.Origin.OWN else None
    return (ours.name, ours.document_number(edition)) if ours else ("", "")


def _signed(signatures: Iterable[Signature]) -> list[words.Signature]:
    by_hand = _("Date: ____ / __ / __")
    return [words.Signature(one.label, one.name, one.date or by_hand) for one in signatures]


def _revision(one: Revision) -> words.Revision:
    return words.Revision(str(one.number), one.since, _("; ").join(one.changes), one.approved_by)


def _form(form: Form) -> words.Form:
    named = {name: next((_rows(p) for p in form.parts if p.slug == section), []) for section, name in BY_NAME.items()}
    said = {fact.label: "".join(map(_plain, _said(fact.said))) for fact in form.facts.facts}
    return words.Form(
        title=form.entry.title,
        title_en=form.entry.title_en,
        code=form.entry.code,
        department=said.get(_("Department"), ""),
        superior=said.get(_("Direct superior"), ""),
        subordinates=said.get(_("Direct subordinates"), ""),
        headcount=said.get(_("Headcount"), ""),
        grade=form.entry.grade,
        holder=said.get(_("Holder"), ""),
        summary=form.entry.summary,
        facts=_facts(form.facts),
        parts=list(map(_part, form.parts)),
        **named,
        contacts=_contacts(form.contacts),
        remarks=_labelled(form.entry.remarks),
        signatures=_signed(form.signatures),
        notes=list(_notes(form)),
    )


def _notes(form: Form) -> Iterable[str]:
    """Yield what stands below a form: what is not stated, where it comes from, what its marks mean."""
    if form.unstated:
        label = _("Not filled in yet: ") if form.own else _("Not stated in the source: ")
        yield f"{label}{_(', ').join(form.unstated)}"
    if form.citations:
        cited = [" · ".join(filter(None, (_title(one), one.get("heading")))) for one in form.citations]
        yield f"{_('Source: ')}{_('; ').join(cited)}"
    if form.has_inferred:
        yield f"{_('inf.')} {_('inferred: the source does not say so itself')}"
    if form.has_auxiliary:
        yield f"{_('aux.')} {_('auxiliary responsibility')}"


def _facts(facts: facts_of.Facts) -> list[words.FactRow]:
    rows = []
    for first, *rest in facts.rows:
        label2, said2 = (rest[0].label, _said(rest[0].said)) if rest else ("", [])
        rows.append(words.FactRow(not rest, first.label, _said(first.said), label2, said2))
    return rows


def _said(said: Iterable[facts_of.Said]) -> list[words.Said]:
    ones = list(said)
    return [
        words.Said(one.text, _mark(one.inferred), one.note, _("; ") if at < len(ones) else "")
        for at, one in enumerate(ones, start=1)
    ]


def _plain(one: words.Said) -> str:
    return " ".join(filter(None, (one.text, one.mark, one.note))) + one.after


def _mark(inferred: object) -> str:
    return _("inf.") if inferred else ""


def _part(part: Part) -> words.Part:
    third = _("Required / maximum") if part.rated else _("Measure") if part.measured else ""
    return words.Part(part.label, third, _rows(part))


def _rows(part: Part) -> list[words.Row]:
    return [_row(row, part) for row in part.rows]


def _row(row: Statement, part: Part) -> words.Row:
    notes = [f"{_('Measure: ')}{row.measure}"] if row.measure and not part.measured else []
    return words.Row(
        heading=row.heading,
        number=row.number,
        text=row.text,
        mark=_mark(row.inferred),
        auxiliary=_("aux.") if row.auxiliary else "",
        aspect=str(Aspect(row.aspect).label) if row.aspect else "",
        third=row.rating if part.rated else row.measure if part.measured else "",
        notes=[*notes, *filter(None, [row.rating_note])],
    )


def _contacts(contacts: Contacts) -> list[words.Contacts]:
    groups = [(_("Works with, inside"), contacts.inside), (_("Works with, outside"), contacts.outside)]
    return [
        words.Contacts(label, [words.Contact(one.name, _mark(one.inferred), one.how, one.about) for one in found])
        for label, found in groups
        if found
    ]


def _labelled(remarks: Iterable[dict[str, Any]]) -> list[words.Labelled]:
    return [words.Labelled(remark["label"], remark["text"]) for remark in remarks]


def _chapter(chapter: ours.Chapter) -> words.Chapter:
    entry = chapter.entry
    return words.Chapter(
        level=chapter.level,
        trail=" › ".join(above.title for above in entry.trail),
        title=entry.title,
        mark=_mark(entry.inferred),
        title_en=entry.title_en,
        summary=entry.summary,
        facts=[] if entry.frame else _facts(chapter.facts),
        parts=list(map(_part, chapter.parts)),
        positions=[_position(row) for row in chapter.positions],
        departments=[_department(row) for row in chapter.departments] if chapter.lists_departments else [],
        contacts=_contacts(chapter.contacts),
        remarks=_labelled(entry.remarks),
    )


def _position(row: ours.PositionRow) -> words.Place:
    duties = ngettext("%(n)d duty", "%(n)d duties", row.duties) % {"n": row.duties}
    stated = duties if row.duties else _("see the form") if row.has_form else ""
    note = _("head") if row.entry.head else ""
    return _place(row.entry, note, row.headcount, row.superiors, depth=min(row.depth, 1), duties=stated)


def _department(row: ours.DepartmentRow) -> words.Place:
    return _place(row.entry, row.also, row.headcount, row.heads)


def _place(
    entry: Entry, note: str, headcount: facts_of.Said, above: list[facts_of.Said], *, depth: int = 0, duties: str = ""
) -> words.Place:
    unstated = words.Said("", note=_("not stated"))
    return words.Place(
        title=entry.title,
        mark=_mark(entry.inferred),
        note=note,
        title_en=entry.title_en,
        depth=depth,
        headcount=_said([headcount]) if headcount.text else [unstated],
        superiors=_said(above) or [unstated],
        duties=duties or _("not stated"),
    )


def _process(workflow: Workflow, chart: str = "", pictures: Iterable[str] = ()) -> words.Process:
    process = workflow.process
    facts = [(_("Owner"), process.owner), (_("Lead time"), process.lead_time)]
    facts += [] if process.ordered else [(_("Order"), _("not stated"))]
    labels = {column.slug: column.label for column in workflow.columns}
    steps = []
    for row in workflow.rows:
        cells = dict(zip(labels, row.cells, strict=True))
        text = {slug: cell.text for slug, cell in cells.items()}
        more = [
            words.Labelled(labels[slug], text[slug]) for slug in ("output", "lead_time", "approval") if text.get(slug)
        ]
        mark = _mark("who" in cells and cells["who"].inferred)
        steps.append(
            words.Step(str(row.number), text.get("who", ""), mark, text.get("name", ""), text.get("action", ""), more)
        )
    return words.Process(
        name=process.name,
        mark=_mark(process.basis == "inferred"),
        name_en=process.name_en,
        summary=process.summary,
        facts=[words.Labelled(label, text) for label, text in facts if text],
        steps=steps,
        chart=chart,
        pictures=list(pictures),
    )


def _source(citation: dict[str, Any]) -> words.Source:
    heading, lines = citation.get("heading"), citation.get("lines")
    note = citation["document"] + (f"{_(', lines')} {'–'.join(map(str, lines))}" if lines else "")
    return words.Source(" · ".join(filter(None, (_title(citation), heading))), note)


def _title(citation: dict[str, Any]) -> str:
    return str(citation["source"].title) if citation["source"] else str(citation["document"])


def _index(booklet: Booklet) -> Iterable[words.Indexed]:
    for group in booklet.index:
        for at, entry in enumerate(group.entries):
            yield words.Indexed("" if at else group.letter, entry.title, _within(entry))


def _within(entry: Entry) -> str:
    return entry.department.title if entry.department else ""
