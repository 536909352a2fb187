"""Queries as people type them, over the whole library: what they want stands among the first three."""

from pathlib import Path
from typing import Any

import yaml

from departments.models import Edition, SearchEntry
from departments.models.outlines import Outline
from departments.search import Filters, Query, find, find_in
from departments.search.entries import faults


def written(name: str) -> list[list[Any]]:
    """Return the queries of a file."""
    groups = yaml.safe_load((Path(__file__).parent / name).read_text("utf-8"))
    return [query for queries in groups.values() for query in queries]


TUNED, FRESH = written("queries.yaml"), written("queries_fresh.yaml")
QUERIES = TUNED + FRESH
GOAL = 0.95


def place(text: str, kind: str, title: str, design: str = "") -> int:
    """Return at which place the wanted stands, from 1; 0 for nowhere."""
    for number, hit in enumerate(find(Query.of(str(text))).best, 1):
        if (hit.kind, hit.title) == (kind, title) and design in ("", hit.design and hit.design.slug):
            return number
    return 0


def test_what_is_wanted_is_among_the_first_three(library, db):
    missed = [query for query in QUERIES if place(*query) not in (1, 2, 3)]
    assert (len(TUNED), len(FRESH)) == (63, 105)
    assert 1 - len(missed) / len(QUERIES) >= GOAL, missed
    assert [query for query in missed if query in TUNED] == []
    # 31 of the last 36 at their first run, before which nothing was tuned to them: 0.86, the goal is 0.95.
    assert 1 - len(missed) / len(FRESH) >= 0.94, missed


def test_a_question_is_taken_for_what_it_is_about(library, django_assert_num_queries):
    with django_assert_num_queries(3):
        found = find(Query.of("哪个部门负责采购？"))
    assert (found.query.words, found.near) == (("采购",), False)
    assert Query.of("岗位职责").asked is None
    assert Query.of("采购专员").asked is None


def test_every_wanted_title_exists(library, db):
    kinds = {(kind, title) for _text, kind, title, *_design in QUERIES}
    stored = set(SearchEntry.objects.values_list("kind", "title"))
    assert kinds - stored == set()


def test_a_draft_in_memory_is_searched_as_the_database_is(library, db):
    slug = "hospital-marketing-dept"
    outline = Outline(Edition.objects.in_force().select_related("design").get(design__slug=slug))
    for text, *_wanted in (*TUNED, *FRESH[::8]):
        query = Query.of(str(text))
        here, there = find_in(outline, slug, query), find(query, Filters(design=slug))
        assert [(hit.kind, hit.order) for hit in here.best] == [(hit.kind, hit.order) for hit in there.best], text
        assert (here.total, here.near) == (there.total, there.near), text


def test_the_search_agrees_with_what_is_in_force(library, db):
    assert faults() == []
