"""What is printed, as HTML: each function returns a whole document for `pdf.render_pdf`."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.booklets import build_booklet, build_position_form
from departments.booklets.blanks import blank_parts
from departments.booklets.facts import edition_line, position_facts
from departments.formats.figures import figures
from departments.models import Edition
from departments.models.outlines import Counts, Entry, Outline


def position_html(edition: Edition, outline: Outline, entry: Entry) -> str:
    """Return the form of one position. 1 query."""
    form = build_position_form(outline, entry)
    context = {"form": form, "design": edition.design, "edition": edition, "edition_line": edition_line(edition)}
    return render_to_string("booklets/position.html", context)


def blank_html(edition: Edition, outline: Outline, entry: Entry) -> str:
    """Return the empty form of one position, its head filled in, the rest for writing by hand. No query."""
    context = {
        "entry": entry,
        "facts": position_facts(outline, entry, blank=True),
        "parts": blank_parts(),
        "design": edition.design,
        "edition": edition,
        "edition_line": edition_line(edition),
    }
    return render_to_string("booklets/blank.html", context)


def booklet_html(edition: Edition, outline: Outline, branch: Entry | None = None) -> str:
    """Return the booklet of an edition, or of one of its branches. 3 queries."""
    booklet = build_booklet(edition, outline, branch)
    context = {
        "booklet": booklet,
        "figures": figures(outline, branch),
        "edition": edition,
        "edition_line": edition_line(edition),
        "counts_line": counts_line(booklet.counts),
    }
    return render_to_string("booklets/booklet.html", context)


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
