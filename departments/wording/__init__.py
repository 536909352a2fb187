"""Help with words, never in the way: hints on duty statements, phrases of others, and codes by a pattern. No query."""

from departments.wording.hints import Hint, hints

__all__ = ["Hint", "hints"]
