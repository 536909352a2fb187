"""Sixty queries as people type them, over the whole library: what they want stands among the first three."""

from pathlib import Path
from typing import Any

import yaml

from departments.models import Edition, SearchEntry
from departments.models.outlines import Outline
from departments.search import Filters, Query, find, find_in
from departments.search.entries import faults

GROUPS: dict[str, list[list[Any]]] = yaml.safe_load((Path(__file__).parent / "queries.yaml").read_text("utf-8"))
QUERIES = [query for queries in GROUPS.values() for query in queries]
GOAL = 0.95


def place(text: str, kind: str, title: str, design: str = "") -> int:
    """Return at which place the wanted stands, from 1; 0 for nowhere."""
    for number, hit in enumerate(find(Query.of(str(text))).best, 1):
        if (hit.kind, hit.title) == (kind, title) and design in ("", hit.design and hit.design.slug):
            return number
    return 0


def test_what_is_wanted_is_among_the_first_three(library, db):
    missed = [query for query in QUERIES if place(*query) not in (1, 2, 3)]
    assert len(QUERIES) >= 60
    assert 1 - len(missed) / len(QUERIES) >= GOAL, missed


def test_every_wanted_title_exists(library, db):
    kinds = {(kind, title) for _text, kind, title, *_design in QUERIES}
    stored = set(SearchEntry.objects.values_list("kind", "title"))
    assert kinds - stored == set()


def test_a_draft_in_memory_is_searched_as_the_database_is(library, db):
    slug = "hospital-marketing-dept"
    outline = Outline(Edition.objects.in_force().select_related("design").get(design__slug=slug))
    for text, *_wanted in QUERIES:
        query = Query.of(str(text))
        here, there = find_in(outline, slug, query), find(query, Filters(design=slug))
        assert [(hit.kind, hit.order) for hit in here.best] == [(hit.kind, hit.order) for hit in there.best], text
        assert (here.total, here.near) == (there.total, there.near), text


def test_the_search_agrees_with_what_is_in_force(library, db):
    assert faults() == []
