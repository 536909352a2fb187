"""The pages of a design's tree: a department, a position with its job description."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from departments.company.holders import staffing
from departments.formats.schema_org import occupation_script
from departments.models import Section, Source
from departments.models.entries import Entry, Line
from departments.standard import standard_of
from departments.views.reading import Reading, reading_or_404

# What a job description usually says; what the source does not is named in one line at the foot.
EXPECTED = (Section.RESPONSIBILITY, Section.AUTHORITY, Section.QUALIFICATION, Section.INDICATOR)


@require_safe
def department(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Show what a department answers for, who is in it and with whom it works. 5 queries."""
    reading = reading_or_404(slug, request.user)
    if (renumbered := reading.renumbered("department", ref)) is not None:
        return HttpResponseRedirect(reading.entry_url(renumbered))
    entry = reading.entry_or_404("department", ref)
    if reading.may_edit_entry(entry):
        return TemplateResponse(request, "editing/place.html", sheet(reading, entry))
    return TemplateResponse(request, "departments/department.html", _context(reading, entry))


@require_safe
def position(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Show a job description in the order of the 岗位说明书. 5 queries, 7 of an own design."""
    reading = reading_or_404(slug, request.user)
    if (renumbered := reading.renumbered("position", ref)) is not None:
        return HttpResponseRedirect(reading.entry_url(renumbered))
    entry = reading.entry_or_404("position", ref)
    if reading.may_edit_entry(entry):
        return TemplateResponse(request, "editing/place.html", sheet(reading, entry))
    people = reading.holders.get(entry.uid, [])
    context = _context(reading, entry) | {
        "people": people,
        "staffing": staffing(entry.headcount, len(people)),
        "subordinates": reading.outline.subordinates[entry],
        "standard": standard_of(entry.title),
        "occupation": occupation_script(entry, url=request.build_absolute_uri(reading.entry_url(entry))),
    }
    return TemplateResponse(request, "positions/position.html", context)


def sheet(reading: Reading, entry: Entry) -> dict[str, object]:
    """Return what the sheet of a department or position shows to who may edit it in place."""
    people = reading.holders.get(entry.uid, [])
    return _context(reading, entry) | {
        "people": people,
        "staffing": staffing(entry.headcount, len(people)) if entry.is_position else "",
        "statements": _statements(entry),
        "more_sections": [
            section for section in Section if section != Section.RESPONSIBILITY and not entry.statements(section)
        ],
        "lines": [line for line in (*entry.relations_out, *entry.relations_in) if not line.superior],
        "subordinates": reading.outline.subordinates[entry] if entry.is_position else [],
    }


def _statements(entry: Entry) -> list[dict[str, object]]:
    """Return the lists of statements that can be added to, in the form's order: the responsibilities even if empty."""
    primary, auxiliary = Section.RESPONSIBILITY.label, _("Auxiliary responsibilities")
    lists: list[tuple[Section, str, object]] = [(Section.RESPONSIBILITY, "primary", primary)]
    lists += [(Section.RESPONSIBILITY, "auxiliary", auxiliary)] if entry.auxiliary else []
    lists += [
        (section, "", section.label)
        for section in Section
        if section != Section.RESPONSIBILITY and entry.statements(section)
    ]
    return [
        {
            "key": f"{section}-{weight}" if weight else str(section),
            "section": section.value,
            "weight": weight,
            "label": label,
            "statements": entry.statements(section, weight),
        }
        for section, weight, label in lists
    ]


def _context(reading: Reading, entry: Entry) -> dict[str, object]:
    return {
        "reading": reading,
        "entry": entry,
        "sections": sections(entry),
        "works_with": _lines(entry, "works_with"),
        "assists": [line for line in entry.relations_out if line.kind == "assists"],
        "assisted_by": [line for line in entry.relations_in if line.kind == "assists"],
        "other_lines": [line for line in entry.relations_out if line.kind == "reports_to" and not line.superior],
        "unstated": unstated(entry),
        "citations": Source.objects.cited(reading.outline.sources_of(entry, reading.design.sources)),
    }


def sections(entry: Entry) -> list[dict[str, object]]:
    """Return the sections after the responsibilities that have statements, in the form's order."""
    return [
        {"slug": section.value, "label": section.label, "statements": found}
        for section in Section
        if section != Section.RESPONSIBILITY and (found := entry.statements(section))
    ]


def unstated(entry: Entry) -> list[object]:
    """Return the labels of what the source does not state, or the company has not filled in, in the form's order."""
    missing: list[object] = [] if entry.summary or entry.is_department else [_("job summary")]
    if entry.is_position and not entry.headcount:
        missing.append(_("headcount"))
    expected = EXPECTED if entry.is_position else EXPECTED[:1]
    return missing + [section.label for section in expected if not entry.statements(section)]


def _lines(entry: Entry, kind: str) -> list[tuple[Entry | None, str, Line]]:
    """Return (other entry or None, its name, line) for the relations of a kind at either end."""
    out = [(line.end, line.other, line) for line in entry.relations_out if line.kind == kind]
    return out + [(line.start, str(line.start), line) for line in entry.relations_in if line.kind == kind]
