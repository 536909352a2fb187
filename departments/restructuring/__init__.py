"""Every write to an edition passes through this room.

django-mptt has no locking, and a nested set read before somebody else's write is wrong after it. So: one transaction, then the
edition's row is locked, then its status is checked, then everything is read afresh, then written, then logged. Measured
(benchmarks/, tests/restructuring/test_races.py): without the lock PostgreSQL loses the tree within twenty writes; with it
writing is no slower. On SQLite BEGIN IMMEDIATE is itself the lock.
"""

from departments.models.guard import OutsideTheRoom
from departments.restructuring.editions import open_draft, put_in_force, start_edition
from departments.restructuring.refusals import Clash, NotADraft, OutOfReach, StaleVersion
from departments.restructuring.room import Room, open_edition
from departments.restructuring.rows import Refused, Row

__all__ = [
    "Clash",
    "NotADraft",
    "OutOfReach",
    "OutsideTheRoom",
    "Refused",
    "Room",
    "Row",
    "StaleVersion",
    "open_draft",
    "open_edition",
    "put_in_force",
    "start_edition",
]
