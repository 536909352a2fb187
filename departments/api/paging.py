"""Long lists in parts: `limit` and `offset`, with how many there are in all. The order is the same at every call."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext_noop
from ninja import Field, Schema

MOST = 200
Item = TypeVar("Item")


class Part(Schema):
    """Which part of a list is wanted."""

    limit: int = Field(50, ge=1, le=MOST, description=gettext_noop("How many at most."))
    offset: int = Field(0, ge=0, le=1_000_000, description=gettext_noop("How many to pass over."))


class Page(Schema, Generic[Item]):
    """A part of a list."""

    total: int = Field(description=gettext_noop("How many there are in all."))
    limit: int
    offset: int
    items: list[Item]


def page(found: Any, part: Part, make: Callable[[Any], Any] = lambda one: one, *, total: int | None = None) -> Any:
    """Return the part of a sequence or queryset, each made into what is answered. A queryset costs 2 queries."""
    if total is None:
        total = len(found) if isinstance(found, Sequence) else found.count()
    shown = found[part.offset : part.offset + part.limit]
    return {"total": total, "limit": part.limit, "offset": part.offset, "items": [make(one) for one in shown]}
