"""Which version of a node a program has seen: If-Match, and what is said where somebody was faster."""

import re
from typing import Annotated, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Field, Header, Schema

from departments.api.shapes import NodeWhole
from departments.restructuring import Room, StaleVersion

FORM = '^"[0-9]{1,9}(-[0-9a-f]+)?"$'
ETAG = re.compile(r'\s*"([0-9]{1,9})(?:-[0-9a-f]+)?"\s*')
IfMatch = Annotated[
    str,
    Header(
        "",
        alias="If-Match",
        description=_("The ETag with which the node was read. Needed: without it nobody knows what you have seen."),
        examples=['"3-5f2b6c1d9e0a4b7c"'],
    ),
]


class Both(Schema):
    """A field as it is now, and as it was sent."""

    now: Any
    sent: Any


class Overtaken(Schema):
    """Somebody changed the node since it was read: what it says now, and both texts of each field that was sent."""

    error: str
    fields: dict[str, list[str]]
    both: dict[str, Both] = Field(description=_("What the node says now and what you sent, by field."))
    node: NodeWhole = Field(description=_("The node as it is now."))


class Unseen(Exception):
    """If-Match is missing, or no ETag of ours."""

    def __init__(self, *, missing: bool):
        self.status = 428 if missing else 400
        sentence = _("Send If-Match with the ETag of the node.") if missing else _("If-Match is no ETag of a node.")
        super().__init__(gettext(sentence))


def version_of(if_match: str) -> int:
    """Return the version that an ETag names. Raises Unseen."""
    found = ETAG.fullmatch(if_match)
    if found is None:
        raise Unseen(missing=if_match.strip() in ("", "*"))
    return int(found[1])


def hold(room: Room, uid: Any, version: int) -> None:
    """Raise StaleVersion where the node has another version by now. 1 query."""
    node = room.node(uid)
    if node.version != version:
        raise StaleVersion(node)
