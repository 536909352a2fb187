"""Which pieces a booklet is made of, in which order: each begins on a page of its own and is printed and kept by itself.

Chapters of departments run on over the pages of a piece; a form has a piece of its own, so that it can be handed out. What is
drawn comes from outside: a figure has an anchor, a title, and whatever its template needs.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from django.utils.translation import gettext as _

from departments.booklets import Booklet
from departments.booklets.chapters import Chapter
from departments.booklets.front import Line, tighter, together
from departments.booklets.index import IndexGroup
from departments.booklets.processes import Workflow

LONG = 220  # lines, about five pages: what follows after that opens a page, if it is more than half as much
SHORT = 24  # positions whose index does not open a page


class Figure(Protocol):
    """A drawing on a page of its own."""

    @property
    def anchor(self) -> str:
        """Its id."""

    @property
    def title(self) -> str:
        """What it shows."""

    @property
    def numbers(self) -> list[str]:
        """The anchors whose page numbers it prints, in order."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece: its template and what fills it; what its bookmarks and the heads of its pages say, by anchor.

    `numbers`: the anchors whose page numbers it prints, in order; `bare`: it has neither head nor foot.
    """

    template: str
    context: dict[str, Any]
    running: list[tuple[str, str]] = field(default_factory=list)
    bookmarks: list[Line] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    bare: bool = False


def arrange(
    booklet: Booklet,
    figures: Sequence[Figure],
    workflows: Sequence[tuple[Workflow, Any]],
    *,
    without: Container[str] = (),
    style: str = "",
) -> list[Piece]:
    """Return the pieces of a booklet in order, `without` these of `options.PARTS`; `workflows` come with their drawings.

    `style`: of the forms, one of `options.STYLES`.

    No query.
    """
    figures = [] if "chart" in without else figures
    workflows = [] if "processes" in without else workflows
    booklet = _less(booklet, without)
    inner = [
        *map(_figure, figures),
        *_chapters(booklet.chapters),
        *_forms(booklet, style),
        *_processes(workflows),
        *_end(booklet, sources="sources" not in without),
    ]
    contents = _contents(booklet, figures, workflows, sources="sources" not in without)
    front = _front(booklet, contents, _charts(figures, workflows))
    return [Piece("cover", {"booklet": booklet}, bare=True), *front, *inner]


def _less(booklet: Booklet, without: Container[str]) -> Booklet:
    """Return the booklet without chapters or indexes. What has no form stands in its department's chapter only."""
    if "index" in without:
        booklet = replace(booklet, index=[], codes=[])
    if "departments" in without:
        forms = {form.entry for group in booklet.groups for form in group.forms}
        index = [IndexGroup(group.letter, [one for one in group.entries if one in forms]) for group in booklet.index]
        codes = [entry for entry in booklet.codes if entry in forms]
        booklet = replace(booklet, chapters=[], index=[group for group in index if group.entries], codes=codes)
    return booklet


def _front(booklet: Booklet, contents: list[Line], charts: list[Line]) -> Iterator[Piece]:
    """Yield the change record of an own design, and the contents: together where one page holds both."""
    record, title = booklet.imprint.record, _("Contents")
    context: dict[str, Any] = {"contents": contents, "charts": charts, "tight": tighter(contents, charts)}
    running, lines = [("contents", title)], [Line(1, title, "contents")]
    numbers = [line.anchor for line in (*contents, *charts)]
    if record:
        title = _("Change record")
        before = Piece("record", {"record": record}, [("record", title)], [Line(1, title, "record")])
        if together(record, contents, charts):
            context = context | before.context
            running, lines = before.running + running, before.bookmarks + lines
        else:
            yield before
    yield Piece("front", context, running, lines, numbers)


def _charts(figures: Sequence[Figure], workflows: Sequence[tuple[Workflow, Any]]) -> list[Line]:
    """Return the lines of the list of charts: organisation charts, then the drawn processes; none where it is one alone."""
    lines = [Line(1, figure.title, figure.anchor) for figure in figures]
    lines += [Line(1, workflow.process.name, workflow.anchor) for workflow, drawing in workflows if drawing]
    return lines if len(lines) > 1 else []


def _contents(
    booklet: Booklet, figures: Sequence[Figure], workflows: Sequence[tuple[Workflow, Any]], *, sources: bool
) -> list[Line]:
    """Return the lines of the contents."""
    lines = [Line(1, figure.title, figure.anchor) for figure in figures]
    if booklet.chapters:
        lines.append(Line(1, _("Departments and what they answer for"), "departments"))
        lines += [Line(chapter.level, chapter.entry.title, chapter.anchor) for chapter in booklet.chapters]
    if booklet.groups:
        lines.append(Line(1, _("Job descriptions"), booklet.groups[0].forms[0].anchor))
        lines += [
            Line(2, form.entry.title, form.anchor, group.department.title, form=True)
            for group in booklet.groups
            for form in group.forms
        ]
    if workflows:
        lines.append(Line(1, _("Processes"), "processes"))
        lines += [Line(2, workflow.process.name, workflow.anchor, form=True) for workflow, _drawing in workflows]
    if sources:
        lines.append(Line(1, _("Notes on sources"), "sources"))
    if booklet.index:
        lines.append(Line(1, _("Index of positions"), "index"))
    if booklet.codes:
        lines.append(Line(1, _("Index of codes"), "codes"))
    return lines


def _figure(figure: Figure) -> Piece:
    line = Line(1, figure.title, figure.anchor)
    return Piece("figure", {"figure": figure}, [(figure.anchor, figure.title)], [line], figure.numbers)


def _chapters(chapters: list[Chapter]) -> Iterator[Piece]:
    title = _("Departments and what they answer for")
    for at, run in enumerate(_runs(chapters)):
        running = [(chapter.anchor, chapter.running) for chapter in run]
        lines = [Line(chapter.level, chapter.entry.title, chapter.anchor) for chapter in run]
        if at == 0:
            running.insert(0, ("departments", title))
            lines.insert(0, Line(1, title, "departments"))
        yield Piece("chapters", {"chapters": run, "title": "" if at else title}, running, lines)


def _runs(chapters: list[Chapter]) -> Iterator[list[Chapter]]:
    """Yield the chapters that share a piece and run on: several pages, so that few end nearly empty and an edit costs few."""
    run: list[Chapter] = []
    left = sum(chapter.lines for chapter in chapters)
    for chapter in chapters:
        if sum(one.lines for one in run) > LONG and left > LONG / 2:
            yield run
            run = []
        run.append(chapter)
        left -= chapter.lines
    if run:
        yield run


def _forms(booklet: Booklet, style: str) -> Iterator[Piece]:
    part = _("Job descriptions")
    for number, group in enumerate(booklet.groups):
        for at, form in enumerate(group.forms):
            lines = [Line(1, part, form.anchor)] if number == at == 0 else []
            lines += [Line(2, group.department.title, form.anchor)] if at == 0 else []
            lines.append(Line(3, form.entry.title, form.anchor))
            yield Piece("form", {"form": form, "style": style}, [(form.anchor, form.running)], lines)


def _processes(workflows: Sequence[tuple[Workflow, Any]]) -> Iterable[Piece]:
    if not workflows:
        return []
    title = _("Processes")
    running = [("processes", title), *((workflow.anchor, workflow.process.name) for workflow, _drawing in workflows)]
    lines = [Line(2, workflow.process.name, workflow.anchor) for workflow, _drawing in workflows]
    return [Piece("processes", {"workflows": workflows}, running, [Line(1, title, "processes"), *lines])]


def _end(booklet: Booklet, *, sources: bool) -> Iterator[Piece]:
    """Yield the notes on sources and the index, together where the index is short."""
    title, index, codes = _("Notes on sources"), _("Index of positions"), _("Index of codes")
    notes = Piece("sources", {"booklet": booklet}, [("sources", title)], [Line(1, title, "sources")])
    if not booklet.index:
        if sources:
            yield notes
        return
    entries = [entry for group in booklet.index for entry in group.entries]
    context = {"booklet": booklet, "title": index, "codes": codes}
    running, lines = [("index", index)], [Line(1, index, "index")]
    if booklet.codes:
        running.append(("codes", codes))
        lines.append(Line(1, codes, "codes"))
    numbers = [entry.anchor for entry in (*entries, *booklet.codes)]
    if booklet.counts.positions > SHORT or not sources:
        if sources:
            yield notes
        yield Piece("index", context, running, lines, numbers)
    else:
        yield Piece("end", context, notes.running + running, notes.bookmarks + lines, numbers)
