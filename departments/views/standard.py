"""/positions/: the same post in many designs; /positions/<key>/take/: from there into a draft of one's own."""

from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from departments.forms.standard import TakePost
from departments.models import Design, Edition, Kind
from departments.models.entries import Entry
from departments.models.nodes import COMMON, DUTY
from departments.permissions import User, account, can_edit, login_required, require
from departments.restructuring import NotADraft, Refused, Row, open_edition
from departments.standard import Member, Post, Standard, gather, overview, standards
from departments.views.reading import Reading, reading_or_404


@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """Show the posts that several designs have. 2 queries."""
    return TemplateResponse(request, "standard/posts.html", {"rows": overview()})


@require_safe
def post(request: HttpRequest, key: str) -> HttpResponse:
    """Show everything the designs say of a post. 7 queries; 1 more for who may write drafts. Raises Http404."""
    context = {"post": gather(_standard_or_404(key)), "drafts": _drafts(request.user)}
    return TemplateResponse(request, "standard/post.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, key: str) -> HttpResponse:
    """Ask where the chosen lines go, then make a position of them, as one change. Raises Http404, PermissionDenied."""
    standard = _standard_or_404(key)
    asked = request.POST if request.method == "POST" else request.GET
    reading = reading_or_404(f"{asked.get('design', '')}/draft", request.user)
    require(reading.may_edit, _("Only the draft of an own design is edited, and only by editors."))
    lines = _chosen(gather(standard), asked.getlist("line"))
    if not lines:
        messages.error(request, _("Choose at least one line."))
        return redirect("standard-position", key)
    departments = [entry for entry in reading.outline.departments if reading.may_edit_entry(entry)]
    form = TakePost(request.POST or None, departments=departments, initial={"title": standard.title})
    if form.is_valid() and (made := _write(request, reading, form, standard, lines)) is not None:
        return made
    context = {"standard": standard, "reading": reading, "form": form, "lines": lines}
    return TemplateResponse(request, "standard/take.html", context)


def _standard_or_404(key: str) -> Standard:
    if (standard := standards().get(key)) is None:
        raise Http404
    return standard


def _drafts(user: User) -> list[Design]:
    """Return the designs whose draft the viewer may write. 1 query and those of the rights; none for strangers."""
    if not user.is_authenticated:
        return []
    drafts = Edition.objects.filter(status=Edition.Status.DRAFT, design__origin=Design.Origin.OWN)
    return [edition.design for edition in drafts.select_related("design") if can_edit(user, edition)]


def _chosen(found: Post, uids: list[str]) -> list[tuple[Entry, Member]]:
    """Return the wordings chosen, in the order of the page; what is not of this post is left out."""
    wordings = {
        entry.uid: (entry, member) for part in found.parts for line in part.lines for entry, member in line.wordings
    }
    wanted = set()
    for uid in uids:
        try:
            wanted.add(UUID(uid))
        except ValueError:
            continue
    return [wording for uid, wording in wordings.items() if uid in wanted]


def _write(
    request: HttpRequest, reading: Reading, form: TakePost, standard: Standard, lines: list[tuple[Entry, Member]]
) -> HttpResponse | None:
    """Insert the position with its lines and go there; None where the room or the database says no."""
    given = form.cleaned_data
    english = standard.title_en if given["title"] == standard.title else ""
    rows = [Row(0, Kind.POSITION, {"title": given["title"], "title_en": english, "code": given["code"]})]
    for entry, member in lines:
        content = {column: getattr(entry, column) for column in (*COMMON, *DUTY)}
        content |= {"origin_uid": entry.uid.hex, "origin_edition_id": member.edition}
        rows.append(Row(1, Kind.DUTY, content, list(entry.functions)))
    try:
        with open_edition(reading.edition, by=account(request)) as room:
            made = room.node(room.insert_branch(rows, under=UUID(given["under"]))[0])
    except IntegrityError:
        form.add_error("code", _("This code is in use. Nothing was changed."))
        return None
    except (Refused, NotADraft) as refusal:
        form.add_error(None, str(refusal) if isinstance(refusal, Refused) else _("This is no longer a draft."))
        return None
    words = _("“%(title)s” is in the draft, with %(n)d statements. The history can take it back as one change.")
    messages.success(request, words % {"title": made.title, "n": len(lines)})
    return HttpResponseRedirect(reading.url("edit", made.ref))
