"""Many documents loaded at once: as many queries as one, and a bad one stays out alone."""

from typing import Any

import pytest

from departments.documents import files
from departments.documents.loading import Report, load_all
from departments.models import Design, Edition, Relation
from departments.restructuring.checking import breaches
from tests.documents.loads import loaded
from tests.documents.samples import SMALL, put

pytestmark = pytest.mark.django_db


def library(count: int, **changes: str) -> list[Any]:
    """Return so many documents; `changes`: slug → what is written instead of 编制预算."""
    texts = {f"d-{number}": SMALL.replace("hospital", f"d-{number}") for number in range(count)}
    return [files.parse(text.replace("编制预算", changes.get(slug, "编制预算"))) for slug, text in texts.items()]


@pytest.mark.parametrize("count", [1, 3])
def test_documents_loaded_together_cost_the_same_queries_for_any_number(
    django_assert_num_queries: Any, count: int
) -> None:
    with django_assert_num_queries(23):
        loaded = load_all(library(count))
    assert loaded.reports == [Report(f"d-{number}", 1, added=5, about=True) for number in range(count)]
    assert Edition.objects.in_force().count() == count
    assert breaches() == []


def test_one_bad_document_stays_out_alone() -> None:
    given = library(3)
    given[1] = given[1].model_copy(update={"variant_of": "nowhere"})
    loaded = load_all(given)
    assert [report.slug for report in loaded.reports] == ["d-0", "d-2"]
    assert [str(error) for error in loaded.refused.values()] == ["d-1: variant_of: There is no design “nowhere”."]
    assert sorted(Design.objects.values_list("slug", flat=True)) == ["d-0", "d-2"]


def test_what_the_database_refuses_stays_out_alone() -> None:
    given = library(3)
    given[1].tree.children[0].headcount.min = -1  # behind the schema's back
    loaded = load_all(given)
    assert [report.slug for report in loaded.reports] == ["d-0", "d-2"]
    assert str(loaded.refused["d-1"]).startswith("d-1: The database refused it: ")
    assert sorted(Design.objects.values_list("slug", flat=True)) == ["d-0", "d-2"]
    assert breaches() == []


def test_new_changed_and_unchanged_documents_are_loaded_together() -> None:
    load_all(library(2))
    loaded = load_all(library(3, **{"d-1": "编制年度预算"}))
    assert loaded.reports == [
        Report("d-0", 1),
        Report("d-1", 2, changed=1),
        Report("d-2", 1, added=5, about=True),
    ]
    assert breaches() == []


def test_a_variant_is_loaded_with_what_it_is_a_variant_of() -> None:
    given = library(2)
    given[1] = given[1].model_copy(update={"variant_of": "d-0"})
    load_all(given)
    assert Design.objects.get(slug="d-1").variant_of.slug == "d-0"


def test_relations_of_a_changed_document_keep_their_uids() -> None:
    lines = "relations: [{kind: assists, from: MK-02, to: MK-01}, {kind: works_with, from: MK-02, outside: 财务科}]\n"
    loaded(SMALL + lines)
    before = dict(Relation.objects.values_list("kind", "uid"))
    loaded(put("编制预算", "编制年度预算") + lines.replace("财务科", "财务部"))
    edition = Edition.objects.in_force().get()
    assert dict(Relation.objects.filter(edition=edition).values_list("kind", "uid")) == before
    assert edition.relations.get(kind="works_with").outside == "财务部"
