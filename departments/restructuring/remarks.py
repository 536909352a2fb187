"""Comments on nodes: made while an edition is on its way, settled by who works on it."""

from uuid import UUID

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from departments.models import Comment, Design, Edition
from departments.restructuring.rows import Refused
from departments.restructuring.transitions import name_of


def remark(edition: Edition, uid: UUID, text: str, *, by: User) -> Comment:
    """Store a comment on a node of the edition. Raises Refused for an empty one or a node that is not there."""
    if not text.strip():
        raise Refused(_("Write what you want to say."))
    node = edition.nodes.filter(uid=uid).first()
    if node is None:
        raise Refused(_("What you comment on is no longer there."))
    return Comment.objects.create(
        design=edition.design, uid=uid, about=str(node)[:120], text=text.strip(), by=by, name=name_of(by)
    )


def settle(design: Design, comment: int, *, by: User) -> None:
    """Close an open comment; one that is closed already stays as it is. Raises Comment.DoesNotExist."""
    found = design.comments.get(pk=comment)
    now = {"closed_at": timezone.now(), "closed_by": by, "closed_name": name_of(by)}
    Comment.objects.open().filter(pk=found.pk).update(**now)
