"""What determines a paper, all in one place: where all of it is equal, the papers are, to the byte.

Asking for it costs a few small queries, making a paper costs seconds: so a paper that is kept is found by it. Who lets a
paper say something new, from a new table or setting, names it here; a determinant that is missed serves a stale paper, one
too many only makes a paper again. No day of printing is among them: papers do not bear one. The functions of statements are
on no booklet, nor is what a design suits.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import distributions
from uuid import UUID

from django.conf import settings
from django.db.models import Model
from django.dispatch import receiver
from django.utils.autoreload import file_changed
from django.utils.translation import get_language

from departments.booklets.options import Options
from departments.formats.pdf_engine import package_missing
from departments.formats.press.fonts import FontsMissing, find_fonts
from departments.models import Design, Edition, Organisation, PrintJob, Source, Transition, WordTemplate
from departments.models.contents import content_hash, rows_hash

Holders = Mapping[UUID, list[str]]
# What of our own decides how a paper looks: code, templates, words, style sheets.
OURS = ("departments/**/*.py", "templates/**/*", "departments/locale/**/*.mo", "departments/static/departments/print/*")


def determinants(edition: Edition, options: Options, form: str, holders: Holders) -> dict[str, object]:
    """Return what determines a paper, by name. 2 queries, 6 for what is on its way; 3 more of an own design, 1 of a
    superseded edition, 1 for Word. Raises PackageMissing where a PDF needs a font that is not there.

    `edition` with its design as they were read, for they are what is printed from; `form`: PDF or Word; `holders`: who holds
    each position, as far as the paper names them.
    """
    design = edition.design
    own = design.origin == Design.Origin.OWN
    # The change record names the editions up to this one, and who signed them; what was published says what it said.
    told = Edition.objects.filter(design=design.pk, number__lte=edition.number)
    return {
        "form": form,
        "options": options.as_json,
        "language": get_language(),
        "time zone": settings.TIME_ZONE,  # in which a moment becomes a day
        "holders": sorted((uid.hex, list(names)) for uid, names in holders.items() if names),
        "design": _row(design),
        "edition": _row(edition),
        "editions": rows_hash(told) if own else "",
        "until": edition.until,
        "content": content_hash(edition),
        "sources": rows_hash(Source.objects.all()),
        "signatures": rows_hash(Transition.objects.filter(edition__in=told)) if own else "",
        "organisation": _organisation() if own else "",
        "template": _template() if form == PrintJob.Form.WORD else "",
        "fonts": _fonts(form),
        "code": _code(),
        "packages": _packages(),
    }


def key_of(edition: Edition, options: Options, form: str, holders: Holders) -> str:
    """Return the hash of all `determinants`; costs and raises as they do."""
    said = json.dumps(determinants(edition, options, form, holders), default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def _row(row: Model) -> list[object]:
    """Return the columns of a row that was read. No query."""
    return [getattr(row, field.attname) for field in row._meta.concrete_fields]


def _organisation() -> list[object]:
    """Return what the company says of itself, its logo included. 1 query."""
    said = Organisation.objects.values_list().first() or ()
    return [bytes(value) if isinstance(value, memoryview) else value for value in said]


def _template() -> str:
    """Return a hash of the Word template in use. 1 query."""
    return hashlib.sha256(WordTemplate.objects.content_in_use() or b"").hexdigest()


def _fonts(form: str) -> str:
    """Return which fonts there are; Word files do without drawings where there are none. Raises PackageMissing for a PDF."""
    try:
        return _found()
    except FontsMissing as error:
        if form == PrintJob.Form.PDF:
            raise package_missing(error) from error
        return ""


@cache
def _found() -> str:
    """Return the fonts' files and their sizes, looked for once a process. Raises FontsMissing."""
    return " ".join(f"{file} {file.stat().st_size}" for file in find_fonts())


@cache
def _code() -> str:
    """Return a hash of `OURS`, read once a process: a server that runs goes on with what it has read too, and one for
    developing that sees a file change reads again."""
    digest = hashlib.sha256()
    for file in sorted(file for pattern in OURS for file in settings.BASE_DIR.glob(pattern) if file.is_file()):
        digest.update(f"{file.relative_to(settings.BASE_DIR)} {file.stat().st_size}\n".encode() + file.read_bytes())
    return digest.hexdigest()


@receiver(file_changed)
def _forget_code(**_kwargs: object) -> None:
    _code.cache_clear()


@cache
def _packages() -> str:
    """Return what is installed: WeasyPrint, pikepdf, docxtpl and all others, with their versions."""
    return " ".join(sorted(f"{one.name} {one.version}" for one in distributions()))
