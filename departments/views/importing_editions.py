"""/own/import/editions/: a design with all its editions from one file: sent, looked at, and only then made.

Past editions and the one in force come in as they are, past any approval: so administrators alone bring them in.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from departments.documents.files import DocumentError
from departments.formats.chronicle_import import bring_in, look
from departments.forms.importing import EditionsForm
from departments.models import ImportFile
from departments.models.imports import keep
from departments.permissions import account, can_administer, login_required, require

SHOWN = 300  # faults on the page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_editions(request: HttpRequest) -> HttpResponse:
    """Ask for the file, and keep it. Raises PermissionDenied."""
    require(can_administer(request.user), _("Only administrators bring in past editions."))
    form = EditionsForm(request.POST, request.FILES) if request.method == "POST" else EditionsForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        keep(account(request), None, name=str(file.name)[-200:], content=file.read())
        return redirect("import-editions-check")
    return TemplateResponse(request, "importing/editions.html", {"reading": None, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_editions_check(request: HttpRequest) -> HttpResponse:
    """Say which editions the file holds; on POST make the design. Raises PermissionDenied."""
    require(can_administer(request.user), _("Only administrators bring in past editions."))
    kept = ImportFile.objects.of(account(request), None).filter(title="").first()
    if kept is None:
        return redirect("import-editions")
    content = bytes(kept.content)
    if request.method == "POST":
        try:
            design = bring_in(content, kept.name, sign=request.POST.get("sign", ""), by=account(request))
        except DocumentError:
            messages.error(request, _("Something was changed meanwhile. Nothing was written: look again."))
        else:
            kept.delete()
            messages.success(request, _("“%s” was brought in with all its editions.") % design.name)
            return redirect("editions", design.slug)
    found = look(content, kept.name)
    context = {"reading": None, "kept": kept, "found": found, "faults": found.faults[:SHOWN]}
    return TemplateResponse(request, "importing/editions_check.html", context)
