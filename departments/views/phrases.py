"""/designs/<slug>/draft/phrases/<ref>/: how other designs say it, a page, or only the list while somebody types."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from departments.models import Section
from departments.permissions import login_required, require
from departments.views.editing.desk import entry_or_404
from departments.views.reading import reading_or_404
from departments.wording.phrases import functions_near
from departments.wording.phrases import phrases as find

LONGEST = 100  # characters that are looked for


@login_required
@require_safe
def phrases(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Show what other designs say (?q=…&section=…) near a node of the draft. 9 queries. Raises Http404, PermissionDenied."""
    reading = reading_or_404(slug, request.user)
    require(reading.may_edit, _("Only the draft of an own design is edited, and only by editors."))
    entry = entry_or_404(reading, ref)
    words = request.GET.get("q", "").strip()[:LONGEST]
    section = request.GET.get("section", "")
    section = section if section in Section.values else Section.RESPONSIBILITY.value
    said = [one.text for one in entry.holder.walk() if one.is_duty]
    found = find(words, section=section, functions=functions_near(entry), besides=reading.design, said=said)
    context = {
        "reading": reading,
        "entry": entry.holder,
        "words": words,
        "section": section,
        "sections": Section.choices,
        "phrases": found,
    }
    typing = request.headers.get("HX-Request") == "true"
    answer = TemplateResponse(request, "wording/phrase_list.html" if typing else "wording/phrases.html", context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer
