"""The lock on the door: which editions the current thread may write.

django-mptt shifts edges with its own SQL, and Django has a dozen ways round an overridden `save`. So the tables
themselves ask, at every write, whether a room is open. Only `restructuring.open_edition` opens one; this module knows
nothing of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_open: ContextVar[frozenset[int]] = ContextVar("open_editions", default=frozenset())


class OutsideTheRoom(RuntimeError):
    """A write to an edition that did not come through `restructuring.open_edition`."""

    def __init__(self, edition: int | None = None):
        which = "" if edition is None else f" of edition {edition}"
        super().__init__(f"The tree{which} is written only inside restructuring.open_edition().")


@contextmanager
def room(*editions: int) -> Iterator[None]:
    """Let this thread write the editions with these primary keys, and no other."""
    token = _open.set(frozenset(editions))
    try:
        yield
    finally:
        _open.reset(token)


def require_room(edition: int | None = None) -> frozenset[int]:
    """Return the editions whose room is open. Raises OutsideTheRoom where none is, or not that of `edition`."""
    opened = _open.get()
    if not opened or (edition is not None and edition not in opened):
        raise OutsideTheRoom(edition)
    return opened


def require_no_room() -> None:
    """Raise RuntimeError inside a room: an edition's status changes, and a design is locked, before a room or after it."""
    if _open.get():
        raise RuntimeError("Leave restructuring.open_edition() first.")
