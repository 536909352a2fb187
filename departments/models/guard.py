"""The lock on the door: which edition the current thread may write.

django-mptt shifts edges with its own SQL, and Django has a dozen ways round an overridden `save`. So the tables
themselves ask, at every write, whether a room is open. Only `restructuring.open_edition` opens one; this module knows
nothing of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_open: ContextVar[int | None] = ContextVar("open_edition", default=None)


class OutsideTheRoom(RuntimeError):
    """A write to an edition that did not come through `restructuring.open_edition`."""

    def __init__(self, edition: int | None = None):
        which = "" if edition is None else f" of edition {edition}"
        super().__init__(f"The tree{which} is written only inside restructuring.open_edition().")


@contextmanager
def room(edition: int) -> Iterator[None]:
    """Let this thread write the edition with the primary key `edition`, and no other."""
    token = _open.set(edition)
    try:
        yield
    finally:
        _open.reset(token)


def require_room(edition: int | None = None) -> int:
    """Return the edition whose room is open. Raises OutsideTheRoom where none is, or not that of `edition`."""
    opened = _open.get()
    if opened is None or edition not in (None, opened):
        raise OutsideTheRoom(edition)
    return opened


def require_no_room() -> None:
    """Raise RuntimeError inside a room: an edition's status changes, and a design is locked, before a room or after it."""
    if _open.get() is not None:
        raise RuntimeError("Leave restructuring.open_edition() first.")
