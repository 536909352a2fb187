"""What is printed, as HTML: each function returns a whole document for `pdf.render_pdf`."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.booklets import build_booklet, build_position_form, signatures, stamp
from departments.booklets.blanks import blank_parts
from departments.booklets.facts import edition_line, position_facts
from departments.booklets.forms import build_form
from departments.formats.figures import figures
from departments.formats.lanes_svg import lanes_figure
from departments.models import Edition, Source
from departments.models.outlines import Counts, Entry, Outline


def position_html(edition: Edition, outline: Outline, entry: Entry) -> str:
    """Return the form of one position. 1 query."""
    form = build_position_form(outline, entry)
    return _document("position", edition, {"form": form})


def chosen_html(edition: Edition, outline: Outline, entries: Iterable[Entry]) -> str:
    """Return the forms of some positions, each on a page of its own. 1 query, 2 for an own design."""
    sources, signed = Source.objects.in_bulk(field_name="document"), signatures(edition)
    forms = [build_form(outline, entry, sources, signed) for entry in entries]
    return _document("chosen", edition, {"forms": forms})


def blank_html(edition: Edition, outline: Outline, entry: Entry) -> str:
    """Return the empty form of one position, its head filled in, the rest for writing by hand. 1 query for an own design."""
    facts = position_facts(outline, entry, blank=True)
    context = {"entry": entry, "facts": facts, "parts": blank_parts(), "signatures": signatures(edition)}
    return _document("blank", edition, context)


def booklet_html(edition: Edition, outline: Outline, branch: Entry | None = None) -> str:
    """Return the booklet of an edition, or of one of its branches. 3 queries."""
    booklet = build_booklet(edition, outline, branch)
    workflows = [
        (workflow, lanes_figure(list(workflow.process.steps.all()), outline, paper=True))
        for workflow in booklet.workflows
    ]
    context = {
        "booklet": booklet,
        "workflows": workflows,
        "figures": figures(outline, branch),
        "counts_line": counts_line(booklet.counts),
    }
    return _document("booklet", edition, context)


def _document(template: str, edition: Edition, context: dict[str, Any]) -> str:
    """Return a document with what stands at the head and foot of its pages."""
    common = {
        "design": edition.design,
        "edition": edition,
        "edition_line": edition_line(edition),
        "stamp": stamp(edition),
        "page_number": page_number(),
    }
    return render_to_string(f"booklets/{template}.html", common | context)


def page_number() -> SafeString:
    """Return “Page x of y” as the content of a margin box: the numbers are known to the printer alone."""
    counters = {"page": '" counter(page) "', "pages": '" counter(pages) "'}
    words = _("Page %(page)s of %(pages)s") % counters
    return mark_safe(f'"{words}"')  # noqa: S308  # our own words


def counts_line(counts: Counts) -> str:
    """Return 3 个部门 · 12 个岗位 · 118 条职责."""
    parts = [
        ngettext("%(n)d department", "%(n)d departments", counts.departments) % {"n": counts.departments},
        ngettext("%(n)d position", "%(n)d positions", counts.positions) % {"n": counts.positions},
        ngettext("%(n)d duty", "%(n)d duties", counts.duties) % {"n": counts.duties},
    ]
    if counts.auxiliary:
        auxiliary = ngettext("%(n)d auxiliary duty", "%(n)d auxiliary duties", counts.auxiliary)
        parts.append(auxiliary % {"n": counts.auxiliary})
    return _(" · ").join(parts)
