"""PostgreSQL finds Chinese words of two characters and more through an index over their pairs of characters.

Trigrams find nothing for two characters. The index narrows, LIKE decides: what is found is the same with and without it.
The function is made by the migration search_pairs. SQLite scans the table (benchmarks/search.py says what either costs).
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Func, Q, QuerySet, TextField


class PairsOf(Func):
    """The pairs of neighbouring characters of a text."""

    function = "departments_pairs_of"
    output_field = ArrayField(TextField())


def indexed() -> bool:
    """Whether the database has the index."""
    return connection.vendor == "postgresql"


def with_pairs(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Return the rows so that `narrowed` conditions can be asked of them."""
    return rows.alias(pairs=PairsOf("words")) if indexed() else rows


def narrowed(word: str) -> Q:
    """Return what the index can say of a word that must occur; nothing where it cannot say anything."""
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    return Q(pairs__contains=pairs) if pairs and not word.isascii() and indexed() else Q()
