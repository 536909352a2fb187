"""What is printed, as books for `pdf.print_book`: pieces of HTML, and the words of heads, feet and bookmarks."""

import hashlib
from collections.abc import Container, Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.booklets import build_booklet, build_position_form, signatures, stamp
from departments.booklets.blanks import blank_parts
from departments.booklets.facts import edition_line, position_facts
from departments.booklets.forms import build_form
from departments.booklets.pieces import Piece, arrange
from departments.booklets.signatures import unsigned
from departments.charts.text import wrap
from departments.company.numbers import document_number
from departments.formats import pdf
from departments.formats.figures import figures
from departments.formats.lanes_svg import lanes_figure
from departments.formats.press.spacing import set_apart
from departments.models import Edition, Source
from departments.models.entries import Counts, Entry
from departments.models.outlines import Outline
from departments.models.titles import titled

HERE = "\x1f"  # where the pieces stand in the shell around them
LANGUAGE = "zh-Hans"
HEAD = (8, 225)  # size of type of a head, and how wide its lines are, points
NOTES = ("sources", "end")  # the templates that explain marks


def position_book(
    edition: Edition, outline: Outline, entry: Entry, *, holder: bool = True, style: str = ""
) -> pdf.Book:
    """Return the form of one position: the same piece as in its booklet. `holder`: see `build_position_form`. 1 query.

    `style`: one of `options.STYLES`, of this and any other book of forms.
    """
    form = build_position_form(outline, entry, holder=holder)
    piece = Piece("form", {"form": form, "style": style}, [(form.anchor, form.running)])
    return book_of([piece], edition, title=f"{titled(entry)} {_('Job description')}", head=_("Job description"))


def chosen_book(
    edition: Edition, outline: Outline, entries: Iterable[Entry], *, holder: bool = True, style: str = ""
) -> pdf.Book:
    """Return the forms of some positions, the same pieces as in their booklet. 1 query, 2 for an own design."""
    sources, signed = Source.objects.in_bulk(field_name="document"), signatures(edition, holder=holder)
    forms = [build_form(outline, entry, sources, signed) for entry in entries]
    pieces = [Piece("form", {"form": form, "style": style}, [(form.anchor, form.running)]) for form in forms]
    title = f"{titled(edition.design)} {_('Job descriptions')}"
    return book_of(pieces, edition, title=title, head=_("Job description"))


def blank_book(edition: Edition, outline: Outline, entry: Entry) -> pdf.Book:
    """Return the empty form of one position, its head filled in, the rest for writing by hand. 1 query for an own design."""
    facts = position_facts(outline, entry, blank=True)
    context = {"entry": entry, "facts": facts, "parts": blank_parts(), "signatures": unsigned()}
    piece = Piece("blank", context, [(entry.anchor, entry.title)])
    return book_of([piece], edition, title=f"{titled(entry)} {_('Job description')}", head=_("Job description"))


def booklet_book(
    edition: Edition,
    outline: Outline,
    branch: Entry | None = None,
    *,
    without: Container[str] = (),
    style: str = "",
    charts: str = "",
) -> pdf.Book:
    """Return the booklet of an edition, or of one of its branches, `without` these of `options.PARTS`. 3 queries.

    `charts`: by which rule they are parted; see `figures`.
    """
    name = titled(branch or edition.design)
    head = _("Collected job descriptions")
    pieces = _pieces(edition, outline, branch, without=without, style=style, charts=charts)
    return book_of(pieces, edition, title=f"{name} {head}", head=head)


def whole_html(edition: Edition, outline: Outline, branch: Entry | None = None) -> str:
    """Return a booklet as one document that is not put together from parts: what its pages are compared with. 3 queries."""
    pieces = _set_out(_pieces(edition, outline, branch))
    name = titled(branch or edition.design)
    words = {"title": f"{name} {_('Collected job descriptions')}", "book": _("Collected job descriptions")}
    numbers = {"page": '" counter(page) "', "pages": '" counter(pages) "'}
    page = mark_safe(f'"{page_number().format(**numbers)}"')  # noqa: S308  # our own words
    common = {
        "whole": True,
        "page_number": page,
        "edition": _foot(edition, pieces),
        "created": _created(edition),
        "stamp": stamp(edition),
    }
    body = mark_safe("".join(f'<div class="piece">{piece}</div>' for piece in pieces))  # noqa: S308  # from templates
    return render_to_string("booklets/base.html", words | common | {"body": body})


def around(sheet: str = "") -> tuple[str, str]:
    """Return the HTML before and after pieces: the same for all books, so that a piece is kept once for all of them.

    `sheet` names one more style sheet of our print folder.
    """
    before, after = render_to_string("booklets/base.html", {"sheet": sheet, "body": HERE}).split(HERE)
    return before, after


def page_number() -> str:
    """Return “Page {page} of {pages}”."""
    return _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"}


def counts_line(counts: Counts) -> str:
    """Return 3 个部门 · 12 个岗位 · 118 条职责; what the source does not name is left out, not nought."""
    parts = [ngettext("%(n)d department", "%(n)d departments", counts.departments) % {"n": counts.departments}]
    if counts.positions:
        parts.append(ngettext("%(n)d position", "%(n)d positions", counts.positions) % {"n": counts.positions})
    if counts.duties:
        parts.append(ngettext("%(n)d duty", "%(n)d duties", counts.duties) % {"n": counts.duties})
    if counts.auxiliary:
        auxiliary = ngettext("%(n)d auxiliary duty", "%(n)d auxiliary duties", counts.auxiliary)
        parts.append(auxiliary % {"n": counts.auxiliary})
    return _(" · ").join(parts)


def _pieces(
    edition: Edition,
    outline: Outline,
    branch: Entry | None,
    *,
    without: Container[str] = (),
    style: str = "",
    charts: str = "",
) -> list[Piece]:
    booklet = build_booklet(edition, outline, branch, holder="holder" not in without)
    workflows = [
        (workflow, lanes_figure(list(workflow.process.steps.all()), outline, paper=True))
        for workflow in booklet.workflows
    ]
    drawn = [] if "chart" in without else figures(outline, branch, charts)
    return arrange(booklet, drawn, workflows, without=without, style=style)


def book_of(pieces: list[Piece], edition: Edition, *, title: str, head: str, sheet: str = "") -> pdf.Book:
    """Return a book of these pieces; `sheet` names one more style sheet of our print folder. 1 query for an own design."""
    set_out = _set_out(pieces)
    return pdf.Book(
        title=title,
        lang=LANGUAGE,
        created=_created(edition),
        around=around(sheet),
        words=pdf.Words(head, _foot(edition, set_out), page_number(), stamp(edition)),
        pieces=tuple(
            pdf.Piece(html, tuple((to, _head(said)) for to, said in piece.running), tuple(piece.numbers), piece.bare)
            for html, piece in zip(set_out, pieces, strict=True)
        ),
        bookmarks=tuple((line.level, line.label, line.anchor) for piece in pieces for line in piece.bookmarks),
    )


def _set_out(pieces: list[Piece]) -> list[SafeString]:
    """Return the HTML of pieces; the notes, which explain the marks, come last, because they explain those that are there."""
    set_out = {at: _html(piece) for at, piece in enumerate(pieces) if piece.template not in NOTES}
    signs = {
        "inferred": _sign("mark"),
        "auxiliary": _sign("mark auxiliary"),
        "derived": _sign("note", _("from its place")),
    }
    marks = {name for name, sign in signs.items() if any(sign in html for html in set_out.values())}
    return [set_out[at] if at in set_out else _html(piece, marks=marks) for at, piece in enumerate(pieces)]


def _head(said: str) -> str:
    """Return what a head says, shortened to the two lines for which there is room."""
    lines = wrap(said, *HEAD)
    return said if len(lines) <= 2 else f"{''.join(lines[:2])[:-1]}…"


def _sign(kind: str, word: str = "") -> str:
    """Return how a mark begins in the HTML."""
    return f'<span class="{kind}">{word}'


def _html(piece: Piece, **more: Any) -> SafeString:
    context: dict[str, Any] = piece.context | more
    if piece.template == "cover":
        context = context | {"counts_line": counts_line(context["booklet"].counts)}
    return mark_safe(set_apart(render_to_string(f"booklets/{piece.template}.html", context)))  # noqa: S308  # the same HTML


def _foot(edition: Edition, pieces: Iterable[str]) -> str:
    """Return what the foot says: number or name, edition, and a hash by which papers of equal content are known.

    No query for a reference design, else 1.
    """
    digest = hashlib.sha256()
    for piece in pieces:  # never all in one text: of a thousand forms it takes tens of megabytes
        digest.update(piece.encode(errors="replace"))
    name = document_number(edition) or titled(edition.design)
    return _(" · ").join([name, edition_line(edition), _("content %(hash)s") % {"hash": digest.hexdigest()[:8]}])


def _created(edition: Edition) -> str:
    return edition.effective_on.isoformat() if edition.effective_on else ""
