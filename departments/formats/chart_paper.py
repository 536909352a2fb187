"""A chart on sheets of paper, A4 to A1: on each its name, the chart, the legend and the title block. Links lead on."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from departments.booklets.facts import edition_line
from departments.booklets.signatures import stamp
from departments.charts import Options, Page, Picture
from departments.charts.proposal import propose
from departments.charts.sheets import LARGER, LEGEND, POINTS_PER_PX, PX_PER_MM, Sheet, better_way, scale
from departments.charts.sizes import NOTE
from departments.charts.text import width
from departments.company.numbers import document_number
from departments.formats import pdf
from departments.formats.chart_text import describe, lines_beyond
from departments.formats.svg import NAMESPACE, draw, style
from departments.formats.svg_legend import legend_rows
from departments.models import Edition
from departments.models.outlines import Outline
from departments.models.titles import titled

HERE = "\x1f"  # where the sheets stand in the shell around them
LEGEND_SCALE = 0.8
TYPE, KIND = 14, 30  # of the name over an A4, points; what stands beside it, mm
NAMED = 2  # lines to other sheets that are named; the rest is counted


def chart_book(edition: Edition, outline: Outline, options: Options) -> pdf.Book:
    """Return the sheets of a chart; where no layout is asked for, in the one proposed. No query, 1 for an own design."""
    proposal = propose(outline, options)
    start = outline.find(options.start) if options.start else None
    design = edition.design
    name = titled(start or design)
    title = f"{name} {_('Organisation chart')}"
    common = {
        "design": titled(design),
        "other_name": design.name if titled(design) == design.name_en else design.name_en,
        "edition_line": edition_line(edition),
        "number": document_number(edition),
        "of": len(proposal.pages),
        "size": proposal.size.upper(),
    }
    before, after = render_to_string(
        "booklets/charts.html", {"title": title, "stamp": stamp(edition), "body": HERE}
    ).split(HERE)
    pieces, bookmarks = [], []
    for page in proposal.pages:
        drawn = min(scale(proposal.size, one.picture) for one in proposal.pages if one.picture)
        context = common | _sheet(page, proposal.size, drawn, name)
        pieces.append(pdf.Piece(render_to_string("booklets/chart.html", context)))
        bookmarks.append((1 if page.number == 1 else 2, str(context["name"]), _anchor(page.number)))
    created = edition.effective_on.isoformat() if edition.effective_on else ""
    lang = get_language() or ""
    return pdf.Book(title, lang, tuple(pieces), (before, after), created, bookmarks=tuple(bookmarks))


def _sheet(page: Page, size: str, drawn: float, name: str) -> dict[str, Any]:
    """Return what fills the template of one sheet."""
    picture = page.picture
    assert picture is not None  # noqa: S101  # the proposal laid it out
    sheet = better_way(size, picture)
    drawn = min(drawn, sheet.room(picture.width, picture.height))
    title = page.name or name
    across, along = sheet.free
    larger = LARGER[sheet.size]
    room = across - KIND * larger * PX_PER_MM  # for the name
    return {
        "page": page,
        "sheet": sheet,
        "name": title,
        "type": round(TYPE * min(larger, room / width(title, TYPE / POINTS_PER_PX)), 1),
        "anchor": _anchor(page.number),
        "above": _anchor(page.above),
        "svg": draw(picture, label=title, said=describe(picture), alone=True, legend=False, scale=drawn),
        "width": round(picture.width * drawn, 1),
        "height": round(picture.height * drawn, 1),
        "top": round(max(0, (along - picture.height * drawn) / 3), 1),
        "leads": [
            (box.goes_on, _anchor(box.goes_on), *(round(at * drawn, 1) for at in (foot.x, down, foot.room, NOTE)))
            for box in picture.boxes
            if box.goes_on
            for foot in [box.foot]
            for down in [picture.height - foot.y if foot.room else foot.y]
        ],
        "legend": _legend(picture, sheet),
        "beyond": lines_beyond(page)[:NAMED],
        "more": max(0, len(page.beyond) - NAMED),
    }


def _anchor(number: int) -> str:
    return f"sheet-{number}"


def _legend(picture: Picture, sheet: Sheet) -> SafeString:
    """Return the legend in rows as wide as the sheet, smaller where they would be too many."""
    room, larger = sheet.free[0], LARGER[sheet.size]
    content, wide, high = legend_rows(picture, room / (LEGEND_SCALE * larger), 0, 0)
    if not content:
        return SafeString("")
    drawn = min(LEGEND_SCALE * larger, (LEGEND - 1) * larger * PX_PER_MM / high, room / wide)
    size = f'viewBox="0 0 {wide:.0f} {high}" width="{wide * drawn:.1f}" height="{high * drawn:.1f}"'
    said = f'role="img" aria-label="{_("Legend")}"'
    svg = f'<svg {NAMESPACE} class="orgchart" {said} {size}><style>{style()}</style><title>{_("Legend")}</title>{content}</svg>'
    return mark_safe(svg)  # noqa: S308  # words of our own
