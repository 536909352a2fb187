"""The chart as geometry, and booklets as jobs of the print worker."""

from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict

from departments.api.errors import READING, SENDING, Error, Faulty
from departments.api.shapes import example
from departments.api.words import reading_of
from departments.booklets.options import Options as BookletOptions
from departments.booklets.options import OptionsError
from departments.charts import Box, compose, read_options, usual
from departments.documents import values
from departments.formats import docx
from departments.formats.pdf import PaperError
from departments.models import PrintJob
from departments.models.outlines import Outline
from departments.printing.jobs import QueueFull, ask, error_of
from departments.printing.orders import Order
from departments.reading import job_or_404

YES_OR_NO = Literal["yes", "no"]
FLAGS = {"yes": "1", "no": "0"}
KEYS = {"start": "from", "opened": "open"}  # called otherwise in the address of the page
PAGES = Literal["fit", "departments", "2", "3", "4", "5", "6", "7", "8", "9"]
SHEET = Literal["auto", "a4", "a3", "a2", "a1"]
MEDIA_TYPES = {"pdf": "application/pdf", "docx": docx.MEDIA_TYPE}
PART = Literal["chart", "departments", "processes", "sources", "index", "holder"]

router = Router(tags=[_("Charts and booklets")])


class BoxOut(Schema):
    """A box of a chart; x, y, width and height in pixels from the top left."""

    kind: str
    ref: str = Field(description=_("The code or uid; empty for a party outside."))
    name: str
    heads: list[str]
    headcount: str
    x: int
    y: int
    width: int
    height: int


class StrokeOut(Schema):
    """A line of a chart through points."""

    style: str
    points: list[list[float]]
    start: str
    end: str


class ChartOut(Schema):
    """A chart laid out."""

    width: int
    height: int
    boxes: list[BoxOut]
    strokes: list[StrokeOut]
    svg: str = Field(description=_("The same as a picture."))
    pdf: str = Field(description=_("The same on paper."))


class ChartFilter(Schema):
    """What is drawn, as on the page of the chart."""

    show: str = Field(
        "", pattern="^(departments|positions|reporting|)$", description=_("departments, positions or reporting")
    )
    start: str = Field("", max_length=80, description=_("The code or uid of the department or position to begin with."))
    levels: int = Field(0, ge=0, le=30, description=_("How many levels; 0: all."))
    closed: str = Field(
        "", max_length=4000, description=_("Codes or uids of boxes that are closed, with commas between.")
    )
    opened: str = Field("", max_length=4000, description=_("Codes or uids of boxes opened beyond the levels."))
    direction: Literal["down", "right"] | None = None
    compact: YES_OR_NO | None = Field(None, description=_("Whether the lowest boxes are stacked."))
    leaves: Literal["across", "upright"] | None = Field(None, description=_("How the lowest boxes stand."))
    rows: Literal["one", "several"] | None = Field(None, description=_("In how many rows the boxes below one stand."))
    headcount: YES_OR_NO | None = None
    english: YES_OR_NO | None = None
    pages: PAGES | None = Field(None, description=_("On paper: one page for all, one a department, or so many levels."))
    sheet: SHEET | None = Field(None, description=_("On paper: how large; auto is the smallest that can be read."))

    def as_query(self) -> dict[str, str]:
        """Return what the address of the chart's page would say."""
        said = self.dict(exclude_none=True) | {"levels": self.levels or ""}
        said |= {flag: FLAGS[said[flag]] for flag in ("compact", "headcount", "english") if flag in said}
        return {KEYS.get(name, name): str(value) for name, value in said.items() if value}


@router.get(
    "/designs/{slug:slug}/editions/{slug:edition}/chart",
    response={200: ChartOut, **READING},
    summary=_("Read the organisation chart as boxes and lines"),
)
def chart(request: HttpRequest, slug: str, edition: str, wanted: Query[ChartFilter]) -> Any:
    """Return the geometry of the chart, and where its pictures are. 4 queries. Raises Http404."""
    reading = reading_of(request, slug, edition)
    if not reading.outline.entries or (wanted.start and reading.outline.find(wanted.start) is None):
        raise Http404
    options, _unread = read_options(wanted.as_query(), reading.outline)
    query = options.query(usual(reading.outline))
    picture = compose(reading.outline, options)
    site = request.build_absolute_uri("/")[:-1]
    return {
        "width": picture.width,
        "height": picture.height,
        "boxes": [_box(box) for box in (*picture.boxes, *picture.parties)],
        "strokes": [
            {"style": one.style, "points": one.points, "start": _ref(one.start), "end": _ref(one.end)}
            for one in picture.strokes
        ],
        "svg": site + reading.url("chart-svg") + query,
        "pdf": site + reading.url("chart-pdf") + query,
    }


def _ref(box: Box) -> str:
    return box.entry.ref if box.entry else ""


def _box(box: Box) -> dict[str, Any]:
    said = {name: getattr(box, name) for name in ("kind", "name", "headcount", "x", "y", "width", "height")}
    return {**said, "ref": _ref(box), "heads": [str(head.entry) for head in box.heads]}


class BookletIn(Schema):
    """What the booklet shall hold: all of the edition, one department, or the forms of some positions."""

    model_config = ConfigDict(extra="forbid")

    branch: values.Code | None = Field(None, description=_("The code of a department."))
    positions: list[values.Code] = Field([], max_length=500, description=_("Codes of positions."))
    without: list[PART] = Field([], max_length=6, description=_("The parts that are left out."))
    margins: Literal["equal", "mirrored"] = "equal"
    style: Literal["bordered", "reading"] = Field("bordered", description=_("How forms look."))
    charts: Literal["fit", "departments", "2", "3", "4"] | None = Field(
        None, description=_("How charts are parted; of themselves where nothing is said.")
    )
    form: Literal["pdf", "docx"] = Field("pdf", description=_("A PDF, or a file for Word."))

    def as_query(self) -> dict[str, list[str]]:
        """Return what the address of the booklet would say."""
        one = {"branch": self.branch or "", "margins": self.margins.removeprefix("equal"), "style": self.style}
        said = {key: [value] for key, value in {**one, "charts": self.charts or ""}.items() if value}
        return {**said, "position": list(self.positions), "without": list(self.without)}


class JobOut(Schema):
    """A booklet in the making."""

    id: UUID
    state: str = Field(description=_("waiting, printing, ready, failed or cancelled"))
    percent: int
    error: str
    url: str = Field(description=_("Ask here how far it is."))
    form: str = Field(description=_("pdf or docx"))
    paper: str | None = Field(description=_("The file, once it is ready."))


JOB_EXAMPLE = {
    "id": "5a0c2a4e-8d0b-4f0e-9c55-0c8c3f2f1f11",
    "state": "waiting",
    "percent": 0,
    "error": "",
    "form": "pdf",
    "paper": None,
}


@router.post(
    "/designs/{slug:slug}/editions/{slug:edition}/booklets",
    response={202: JobOut, 409: Error, 503: Error, **SENDING},
    summary=_("Have a booklet of job descriptions printed"),
    openapi_extra={
        "requestBody": {"content": {"application/json": {"example": {"branch": "MKT-PR"}}}},
        "responses": {202: {"content": {"application/json": {"example": JOB_EXAMPLE}}}},
    },
)
def booklet(request: HttpRequest, slug: str, edition: str, sent: BookletIn) -> Any:
    """Return the job that prints it: one for everybody who asks for the same. Raises Http404, Faulty."""
    reading = reading_of(request, slug, edition, Outline.later)
    try:
        options = BookletOptions.read(sent.as_query())
        job = ask(Order(reading.edition, options, reading.holders_carried, sent.form), by=request.user)
    except QueueFull as full:
        sentence = gettext("So many papers wait already that this one cannot. Ask again in a few minutes.")
        return Status(429 if full.own else 503, {"error": sentence, "fields": {}})
    except PaperError as error:
        return Status(503, {"error": str(error), "fields": {}})
    except OptionsError as error:
        raise Faulty({"branch" if sent.branch else "positions": [str(error)]}, status=409) from error
    return Status(202, _job(request, job))


@router.get(
    "/booklets/{uuid:pk}",
    response={200: JobOut, **READING},
    summary=_("Read how far a booklet is"),
    openapi_extra=example(JOB_EXAMPLE),
)
def booklet_state(request: HttpRequest, pk: UUID) -> Any:
    """Return the job. 1–2 queries. Raises Http404."""
    return _job(request, job_or_404(pk, request.user))


@router.get(
    "/booklets/{uuid:pk}/paper.{str:form}",
    response={200: None, 409: Error, **READING},
    summary=_("Take a booklet that is ready"),
    openapi_extra={
        "responses": {
            200: {
                "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in MEDIA_TYPES.values()}
            }
        }
    },
)
def booklet_paper(request: HttpRequest, pk: UUID, form: Literal["pdf", "docx"]) -> Any:
    """Return the file. 2–3 queries. Raises Http404, for another form than was asked for too; 409 before it is ready."""
    job = job_or_404(pk, request.user)
    if job.form != form:
        raise Http404
    if job.state != PrintJob.State.READY:
        return Status(409, {"error": gettext("It is not ready yet. Ask again in a minute."), "fields": {}})
    disposition = content_disposition_header(as_attachment=True, filename=f"{job.name}.{form}")
    headers = {"Content-Disposition": disposition or ""}
    return HttpResponse(bytes(job.paper.content), content_type=MEDIA_TYPES[form], headers=headers)


def _job(request: HttpRequest, job: PrintJob) -> dict[str, Any]:
    address = request.build_absolute_uri(reverse("api:booklet_state", args=[job.pk]))
    ready = job.state == PrintJob.State.READY
    return {
        "id": job.pk,
        "state": job.state,
        "percent": 100 if ready else job.percent,
        "error": str(error_of(job) or ""),
        "url": address,
        "form": job.form,
        "paper": f"{address}/paper.{job.form}" if ready else None,
    }
