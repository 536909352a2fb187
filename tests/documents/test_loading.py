"""From the document to the database and back: nothing lost, nothing written twice, all or nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from departments.documents import files, vocabulary
from departments.documents.files import DocumentError
from departments.documents.loading import Report, load
from departments.documents.writing import document
from departments.models import Classification, Design, Edition, Node, Process, Relation
from departments.models.outlines import Outline
from departments.restructuring import open_draft, open_edition
from departments.restructuring.checking import breaches
from departments.restructuring.removing import remove_design
from tests.documents.loads import exported, loaded, uids, writes
from tests.documents.samples import FULL, SMALL, put
from tests.factories import create_function, create_org

FIXTURES = sorted((Path(settings.BASE_DIR) / "fixtures" / "designs").glob("*.yaml"))

pytestmark = pytest.mark.django_db


def test_document_goes_into_the_database_and_comes_out_the_same() -> None:
    for order, slug in enumerate(("brand", "research")):
        create_function(slug=slug, order=order)
    loaded(SMALL)
    assert loaded(FULL) == Report("full-design", 1, added=9, about=True)
    assert exported("hospital") == SMALL
    written = exported("full-design")
    assert files.parse(written) != files.parse(FULL)  # an own design has all its uids
    given = {line.strip() for line in FULL.splitlines() if "uid:" in line}
    assert given <= {line.strip() for line in written.splitlines()}
    without = [line for line in FULL.splitlines() if not line.startswith("uid:")]
    assert [line for line in exported("full-design", uids=False).splitlines() if "uid" not in line] == [
        line for line in without if "uid" not in line
    ]
    assert breaches() == []


def test_own_design_keeps_its_uids_through_export_and_import() -> None:
    create_function(slug="brand")
    create_function(slug="research", order=1)
    loaded(SMALL)
    loaded(FULL)
    text, before = exported("full-design"), Outline(Edition.objects.get(design__slug="full-design")).by_uid.keys()
    remove_design(Design.objects.get(slug="full-design"), confirm="full-design")
    loaded(text)
    assert exported("full-design") == text
    assert Outline(Edition.objects.get(design__slug="full-design")).by_uid.keys() == before


@pytest.mark.parametrize("size", [1, 3])
def test_document_costs_the_same_queries_for_any_size(django_assert_num_queries: Any, size: int) -> None:
    more = "".join(f"  - {{kind: position, code: X-{number}, title: 岗位}}\n" for number in range(10 * size))
    steps = ", ".join(f"{{number: {number}, who: [X-0]}}" for number in range(1, 10 * size))
    loaded(SMALL + more + f"processes: [{{name: 投诉, steps: [{steps}]}}]\n")
    edition = Edition.objects.select_related("design__variant_of").get()
    with django_assert_num_queries(6):  # nodes, functions, relations; classification; processes, steps
        document(edition)


@pytest.mark.parametrize("text", [SMALL, FULL], ids=["small", "full"])
def test_loading_the_same_again_writes_nothing(text: str) -> None:
    create_function(slug="brand")
    create_function(slug="research", order=1)
    loaded(SMALL)
    first = loaded(text)
    with CaptureQueriesContext(connection) as queries:
        again = loaded(text)
    assert again == Report(first.slug, 1)
    assert again.unchanged
    assert writes(queries) == []


def test_loading_what_was_exported_writes_nothing() -> None:
    loaded(SMALL)
    edition = Edition.objects.select_related("design__variant_of").get()
    for options in ({"uids": True}, {"uids": False}):
        text = files.to_json(document(edition, **options))
        with CaptureQueriesContext(connection) as queries:
            assert loaded(text).unchanged
        assert writes(queries) == []


def test_every_fixture_round_trips_and_loads_once(subtests: pytest.Subtests) -> None:
    vocabulary.load()
    given = {path.stem: files.read(path) for path in FIXTURES}
    ready = sorted(given.values(), key=lambda design: design.variant_of is not None)
    for design in ready:
        load(design)
    for design in ready:
        with subtests.test(design.slug), CaptureQueriesContext(connection) as queries:
            assert exported(design.slug) == files.to_yaml(design)
            assert load(design).unchanged
            assert writes(queries) == []
    assert breaches() == []


# Refused


def counts() -> list[int]:
    return [model.objects.count() for model in (Design, Edition, Classification, Relation, Process)] + [
        Node.tree.count()
    ]


def test_variant_of_a_design_that_is_not_there_is_refused_and_nothing_written() -> None:
    before = counts()
    with pytest.raises(DocumentError) as error:
        loaded(put("kind: complete", "kind: complete\nvariant_of: nowhere"))
    assert str(error.value) == "hospital: variant_of: There is no design “nowhere”."
    assert counts() == before


def test_design_with_an_open_draft_is_refused_and_the_draft_kept() -> None:
    loaded(SMALL)
    draft = open_draft(Design.objects.get())
    with open_edition(draft) as tree:
        tree.insert("duty", under=uids()["市场部主任"], text="改到一半")
    before = counts()
    with pytest.raises(DocumentError) as error:
        loaded(put("编制预算", "编制年度预算"))
    assert str(error.value) == "hospital: A draft of this design is open; put it in force or discard it first."
    assert counts() == before
    assert loaded(SMALL).unchanged


def test_uid_of_another_design_is_refused() -> None:
    org = create_org(slug="other", in_force=True)
    for text, place in (
        (f"uid: {org.design.uid}\n" + SMALL, "uid"),
        (put("head: true", f"uid: {org.officer.uid}"), f"tree › {org.officer.uid}"),
    ):
        with pytest.raises(DocumentError) as error:
            loaded(text)
        named = org.design.uid if place == "uid" else org.officer.uid
        assert str(error.value) == f"hospital: {place}: The uid “{named}” belongs to another design."
    assert Design.objects.count() == 1


def test_an_error_on_the_way_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(SMALL)
    before, text = counts(), exported("hospital")
    monkeypatch.setattr("departments.restructuring.whole.put_processes", lambda *_args: 1 / 0)
    for changed in (put("编制预算", "编制年度预算") + "summary: 新\n", SMALL.replace("hospital", "another")):
        with pytest.raises(ZeroDivisionError):
            loaded(changed)
    assert counts() == before
    assert exported("hospital") == text
