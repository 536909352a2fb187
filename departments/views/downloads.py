"""/designs/<slug>/downloads/: a design in the formats of other tools, what each is for, and the files themselves."""

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from departments.documents.chronicles import chronicle
from departments.documents.files import DocumentError, to_json, to_yaml
from departments.documents.writing import document
from departments.formats.bundle import FORMATS
from departments.formats.extracts import Extract, one_line
from departments.formats.org_vocabulary import vocabulary
from departments.formats.rdf import WRITERS
from departments.models.entries import Entry
from departments.views.reading import Reading, reading_or_404

FORMS = {"booklet": "position-pdf", "booklet-docx": "position-docx"}  # what each gives of a single position
UNSAFE = re.compile(r'[\\/:*?"<>|]')  # in a file's name


@dataclass(frozen=True)
class File:
    """A file to take away: `name` in an address is that of a URL pattern, or of a format of the bundle."""

    name: str
    title: str | Promise
    purpose: str | Promise
    whole: bool = False  # of the whole design only


GROUPS: list[tuple[str | Promise, list[File]]] = [
    (
        _("To read and print"),
        [
            File(
                "booklet",
                _("Booklet of job descriptions (PDF)"),
                _("Every department and position in order, on A4, with contents and index."),
            ),
            File(
                "booklet-docx",
                _("Booklet of job descriptions (Word)"),
                _("The same to go on with in Word or WPS: real headings, contents, a bordered form for each position."),
            ),
            File("chart-pdf", _("Organisation chart (PDF)"), _("The chart on paper, A4 to A1.")),
            File("chart-svg", _("Organisation chart (SVG)"), _("A picture for slides and web pages; stays sharp.")),
        ],
    ),
    (
        _("To edit in a spreadsheet"),
        [
            File(
                "xlsx",
                _("Workbook (.xlsx)"),
                _(
                    "Departments, positions, duties and relations on a sheet each, ready to edit and print in Excel or WPS."
                ),
            ),
            File("csv", _("Tables (.csv)"), _("The same tables as plain CSV files, for statistics and databases.")),
        ],
    ),
    (
        _("To draw on"),
        [
            File(
                "drawio",
                "draw.io",
                _("In draw.io choose Arrange › Insert › Advanced › CSV and paste the file: boxes and lines appear."),
            ),
            File("visio", "Visio", _("Open it in Visio's Organization Chart Wizard.")),
            File("mermaid", "Mermaid", _("A chart as text, for Markdown pages and wikis.")),
            File("plantuml", "PlantUML", _("A work breakdown structure as text; shows the tree without other lines.")),
        ],
    ),
    (
        _("For other systems"),
        [
            File(
                "flat",
                _("Flat JSON"),
                _("A row a department or position with id and parentId, for chart libraries such as d3-org-chart."),
            ),
            File(
                "ruoyi",
                _("RuoYi"),
                _("Rows for its tables sys_dept and sys_post, with a warning for each name that is too long."),
            ),
            File("turtle", _("W3C ORG (Turtle)"), _("Linked data in the vocabulary of the W3C for organisations.")),
            File("jsonld", _("W3C ORG (JSON-LD)"), _("The same linked data as JSON.")),
        ],
    ),
    (
        _("To keep or to move"),
        [
            File(
                "design-yaml",
                _("Design document (YAML)"),
                _("Everything in one readable file, which another installation reads back unchanged."),
                whole=True,
            ),
            File("design-json", _("Design document (JSON)"), _("The same with every key written out."), whole=True),
            File(
                "design-editions",
                _("All editions (YAML)"),
                _(
                    "The design with every edition in one file, to move it to another installation, "
                    "where administrators read it in under “New design from a file”."
                ),
                whole=True,
            ),
            File(
                "zip",
                _("Everything (.zip)"),
                _("All data files of this page in one archive, with SHA-256 checksums."),
            ),
        ],
    ),
]


@require_safe
def downloads(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what can be taken away and what each is for; with ?from=CODE of a branch. 4 queries. Raises Http404."""
    reading = reading_or_404(slug, request.user)
    return _page(request, reading, _start(request, reading))


@require_safe
def download(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """Send a file; with ?from=CODE that of a branch. 4 queries, 6 of an own design, 6 more for the archive. Raises Http404."""
    if name not in FORMATS:
        raise Http404
    reading = reading_or_404(slug, request.user)
    reading.outline.holders = reading.holders_carried
    extract = Extract(reading.edition, reading.outline, _site(request), _start(request, reading))
    made = FORMATS[name]
    return send(request, made.make(extract), made.media_type, f"{extract.title}.{made.suffix}")


@require_safe
def design_document(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """Send the design document, YAML or JSON, as export_design prints it. 10 queries. Raises Http404."""
    reading = reading_or_404(slug, request.user)
    try:
        written = document(reading.edition)
    except DocumentError as error:
        return _page(request, reading, None, error.faults, status=409)
    text = to_yaml(written) if form == "yaml" else to_json(written)
    return send(request, text.encode(), f"application/{form}; charset=utf-8", f"{reading.design.name}.{form}")


@require_safe
def all_editions(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Send the design with all the editions the reader may see. 5 queries and 8 for each edition. Raises Http404."""
    reading = reading_or_404(slug, request.user)
    try:
        written = chronicle(reading.design, drafts=reading.may_see_drafts)
    except DocumentError as error:
        return _page(request, reading, None, error.faults, status=409)
    return send(
        request, to_yaml(written).encode(), "application/yaml; charset=utf-8", f"{reading.design.name}-all.yaml"
    )


@require_safe
def vocabulary_file(request: HttpRequest) -> HttpResponse:
    """Publish the vocabulary of our own, in the spelling that is asked for: Turtle, JSON-LD, or plain to a browser."""
    wanted = request.get_preferred_type(list(WRITERS)) or "text/turtle"
    media_type = "text/plain" if wanted == "text/html" else wanted
    response = HttpResponse(WRITERS[wanted](vocabulary(_site(request))), content_type=f"{media_type}; charset=utf-8")
    patch_vary_headers(response, ["Accept"])
    return response


def _page(
    request: HttpRequest, reading: Reading, start: Entry | None, faults: object = None, status: int = 200
) -> TemplateResponse:
    query = f"?{urlencode({'from': start.ref})}" if start else ""
    context = {
        "reading": reading,
        "start": start,
        "groups": [
            (title, [(file, _address(reading, file, start, query)) for file in files if not (start and file.whole)])
            for title, files in GROUPS
        ],
        "branches": [
            (entry, "\u3000" * sum(above.is_department for above in entry.trail))
            for entry in reading.outline.departments
        ],
        "faults": faults,
    }
    return TemplateResponse(request, "downloads/downloads.html", context, status=status)


def _address(reading: Reading, file: File, start: Entry | None, query: str) -> str:
    if file.name in FORMATS:
        return reading.url("download", file.name) + query
    form = FORMS.get(file.name)
    if form is None or start is None:
        return reading.url(file.name) + query
    if start.is_department:
        return f"{reading.url(file.name)}?{urlencode({'branch': start.ref})}"
    return reading.url(form, start.ref)


def _start(request: HttpRequest, reading: Reading) -> Entry | None:
    """Return the department or position that ?from= names; None where it names none. Raises Http404."""
    ref = request.GET.get("from", "")
    if not ref:
        return None
    entry = reading.outline.find(ref)
    if entry is None or entry.frame:
        raise Http404
    return entry


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def send(request: HttpRequest, content: bytes, media_type: str, name: str) -> HttpResponseBase:
    """Answer with a file to keep, or with 304 where the browser has it already."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    filename = file_name(name)
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=filename) or "attachment",
        "Cache-Control": "no-cache",
        "ETag": etag,
    }
    response = HttpResponse(content, content_type=media_type, headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response


def file_name(name: str) -> str:
    """Return a name as every system takes it for a file's."""
    return UNSAFE.sub("_", one_line(name))
