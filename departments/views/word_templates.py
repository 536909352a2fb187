"""/own/word-template/: the template of Word files: ours to take along, theirs to send, to try, and to use."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from departments.booklets.forms import has_form
from departments.company import templates
from departments.formats import docx
from departments.formats.word.fields import field_list
from departments.forms.word_templates import TryForm, WordTemplateForm
from departments.models import Edition, Kind, Organisation, WordTemplate
from departments.models.entries import Entry
from departments.models.outlines import Outline
from departments.permissions import account, can_administer, login_required, require
from departments.restructuring import Refused
from departments.views.downloads import send


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def word_templates(request: HttpRequest) -> HttpResponse:
    """Show which template is used and those that are kept; on POST keep another. 9 queries."""
    _require(request)
    form = WordTemplateForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        by = account(request)
        name, content = form.cleaned_data["file"]
        try:
            templates.keep(name, content, by_name=by.get_full_name() or by.get_username())
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("Kept. Try it on a position, then use it."))
            return redirect("word-templates")
    kept = list(WordTemplate.objects.listed())
    sample = _sample()
    context = {
        "form": form,
        "kept": kept,
        "in_use": next((one for one in kept if one.in_use), None),
        "sample": sample,
        "trial": TryForm(positions=_positions(sample), auto_id=False) if sample else None,
        "fields": field_list(),
    }
    return TemplateResponse(request, "word/templates.html", context)


@login_required
@require_safe
def our_word_template(request: HttpRequest) -> HttpResponseBase:
    """Send our template, in the language of the reader. 3 queries."""
    _require(request)
    return send(request, docx.our_template(), docx.MEDIA_TYPE, f"{_('Template of job descriptions')}.docx")


@login_required
@require_safe
def their_word_template(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send a template as it was uploaded. 4 queries. Raises Http404."""
    _require(request)
    template = get_object_or_404(WordTemplate, pk=pk)
    return send(request, bytes(template.content), docx.MEDIA_TYPE, f"{template.name}.docx")


@login_required
@require_POST
def try_word_template(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send one position filled into a template, which may be used from then on. Raises Http404."""
    _require(request)
    template = get_object_or_404(WordTemplate, pk=pk)
    sample = _sample()
    form = TryForm(request.POST, positions=_positions(sample))
    if sample is None or not form.is_valid():
        messages.error(request, _("Choose a position to try the template on."))
        return redirect("word-templates")
    entry = sample.find(form.cleaned_data["position"])
    assert entry is not None  # noqa: S101  # one of the choices
    try:
        filled = docx.position_docx(sample.edition, sample, entry, bytes(template.content))
    except (docx.BadTemplate, docx.TooLong) as error:
        return TemplateResponse(request, "word/failed.html", {"error": error}, status=503)
    WordTemplate.objects.filter(pk=pk).update(tried=True)
    return send(request, filled, docx.MEDIA_TYPE, f"{entry.title}.docx")


@login_required
@require_POST
def use_word_template(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in a template from now on. Raises Http404."""
    _require(request)
    return _done(request, pk, templates.use, _("Word files are made from “%(name)s” from now on."))


@login_required
@require_POST
def use_ours(request: HttpRequest) -> HttpResponse:
    """Fill in our template again. 4 queries."""
    _require(request)
    templates.use_ours()
    messages.success(request, _("Word files are made from our template again. Yours is kept."))
    return redirect("word-templates")


@login_required
@require_POST
def remove_word_template(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a template that is not used. Raises Http404."""
    _require(request)
    return _done(request, pk, templates.remove, _("The template “%(name)s” was removed."))


def _done(request: HttpRequest, pk: int, do: Callable[[WordTemplate], None], said: str) -> HttpResponse:
    """Do something with a template, and say so, or why not. Raises Http404."""
    template = get_object_or_404(WordTemplate.objects.listed(), pk=pk)
    try:
        do(template)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said % {"name": template.name})
    return redirect("word-templates")


def _require(request: HttpRequest) -> None:
    require(can_administer(request.user), _("Only administrators choose the template of Word files."))


def _sample() -> Outline | None:
    """Return what templates are tried on: our organisation where its positions have duties, else a reference. 3 queries."""
    organisation = Organisation.objects.current()
    editions = Edition.objects.in_force().select_related("design").order_by("design__slug")
    editions = editions.filter(nodes__kind=Kind.DUTY, nodes__parent__kind=Kind.POSITION).distinct()
    ours = editions.filter(design=organisation.design_id).first() if organisation and organisation.design_id else None
    edition = ours or editions.first()
    return Outline(edition) if edition else None


def _positions(sample: Outline | None) -> list[Entry]:
    return [entry for entry in sample.positions if has_form(entry)] if sample else []
