"""Why something is not written: it is no draft, it is not one's own, somebody was faster."""

from typing import Any

from departments.models import Node
from departments.restructuring.rows import Refused


class NotADraft(Exception):
    """The edition is not, or no longer, a draft: what is reviewed or in force is never written."""


class OutOfReach(Refused):
    """The account's rights are limited to a branch, and this stands outside it."""


class Clash(Exception):
    """The same field was changed meanwhile; `fields`: name → (what the editor saw, what it says now, what was typed)."""

    def __init__(self, node: Node, fields: dict[str, tuple[Any, Any, Any]]):
        self.node = node
        self.fields = fields
        super().__init__(f"{node.uid}: {', '.join(sorted(fields))}")


class StaleVersion(Exception):
    """Somebody changed the node since it was read; `node` is what it says now."""

    def __init__(self, node: Node):
        self.node = node
        super().__init__(f"{node.uid} is at version {node.version}")
