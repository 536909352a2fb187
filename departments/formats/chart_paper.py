"""A chart on one sheet: the smallest of A4 to A1, upright or across, on which the smallest type is still legible."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from departments.booklets.facts import edition_line
from departments.booklets.signatures import stamp
from departments.charts import Options, Picture, compose
from departments.charts.sizes import ENGLISH, NOTE
from departments.formats.svg import draw
from departments.formats.svg_legend import legend_foot
from departments.models import Edition
from departments.models.outlines import Outline

LEAST_POINTS = 6.5
MARGIN, BAND = 12, 24  # mm: around the sheet, and taken from its height by the title block and the foot
PX_PER_MM = 96 / 25.4
POINTS_PER_PX = 0.75


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper, mm."""

    name: str  # of the page in chart.css on paper
    width: int
    height: int

    def room(self, width: float, height: float) -> float:
        """Return how many times larger a picture of that size (px) might be."""
        across, along = self.width - 2 * MARGIN, self.height - 2 * MARGIN - BAND
        return min(across * PX_PER_MM / width, along * PX_PER_MM / height)


SHEETS = (
    (Sheet("a4-portrait", 210, 297), Sheet("a4-landscape", 297, 210)),
    (Sheet("a3-portrait", 297, 420), Sheet("a3-landscape", 420, 297)),
    (Sheet("a2-portrait", 420, 594), Sheet("a2-landscape", 594, 420)),
    (Sheet("a1-portrait", 594, 841), Sheet("a1-landscape", 841, 594)),
)


def sheet_for(width: float, height: float, *, least: float) -> Sheet:
    """Return the smallest sheet on which a picture of that size (px) keeps at least the scale `least`, else the better A1."""
    better = [max(sheets, key=lambda sheet: sheet.room(width, height)) for sheets in SHEETS]
    return next((sheet for sheet in better if sheet.room(width, height) >= least), better[-1])


def chart_html(edition: Edition, outline: Outline, options: Options) -> str:
    """Return the document of the chart for `pdf.render_pdf`. No query."""
    start = outline.find(options.start) if options.start else None
    name = start.title if start else edition.design.name
    picture = compose(outline, options)
    width, height = _size(picture)
    sheet = sheet_for(width, height, least=LEAST_POINTS / (_smallest(picture) * POINTS_PER_PX))
    scale = min(1.0, sheet.room(width, height))
    context = {
        "name": name,
        "design": edition.design,
        "edition": edition,
        "edition_line": edition_line(edition),
        "stamp": stamp(edition),
        "start": start,
        "sheet": sheet,
        "svg": draw(picture, label=name, alone=True, scale=scale),
    }
    return render_to_string("booklets/chart.html", context)


def _size(picture: Picture) -> tuple[float, float]:
    _foot, width, height = legend_foot(picture)
    return max(picture.width, width), picture.height + height


def _smallest(picture: Picture) -> float:
    """Return the size of the smallest type that carries a title, px: marks and numbers may be smaller."""
    return ENGLISH if any(box.english for box in picture.boxes) else NOTE
