"""/n/<uid>/: the address of a node that outlives its code and its edition."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from departments.models import Edition, Node
from departments.views.reading import reading_or_404


@require_safe
def node(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send the reader to the node's page in the edition in force. Raises Http404 where it is in none."""
    found = Node.tree.filter(uid=uid, edition__status=Edition.Status.IN_FORCE).select_related("edition__design").first()
    if found is None:
        raise Http404
    reading = reading_or_404(found.edition.design.slug)
    return HttpResponseRedirect(reading.entry_url(reading.outline.by_uid[uid]))
