"""From the document to the database and back: nothing lost, nothing written twice, all or nothing."""

import datetime
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from departments.documents import files, keeping, vocabulary
from departments.documents.files import DocumentError
from departments.documents.loading import Report, load, load_all
from departments.documents.writing import document
from departments.models import Change, Classification, Design, Edition, Node, Process, Relation
from departments.models.outlines import Outline
from departments.restructuring import open_draft, open_edition
from departments.restructuring.checking import breaches
from departments.restructuring.removing import remove_design
from tests.documents.samples import FULL, SMALL
from tests.factories import create_function, create_org, create_relation, entries, rows_of

FIXTURES = sorted((Path(settings.BASE_DIR) / "fixtures" / "designs").glob("*.yaml"))
WRITES = re.compile(r"(\d+ times: )?(INSERT|UPDATE|DELETE|COPY)")


@pytest.fixture(autouse=True)
def _english(db: None) -> Any:
    with translation.override("en"):
        yield


def loaded(text: str, **options: Any) -> Report:
    return load(files.parse(text), **options)


def exported(slug: str, **options: Any) -> str:
    edition = Edition.objects.in_force().select_related("design__variant_of").get(design__slug=slug)
    return files.to_yaml(document(edition, **options))


def writes(queries: Any) -> list[str]:
    return [query["sql"] for query in queries if WRITES.match(query["sql"])]


def uids() -> dict[str, uuid.UUID]:
    edition = Edition.objects.in_force().get()
    return {name: entry.uid for name, entry in entries(edition).items()}


# There and back


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


# Twice


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


# What changed


def put(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


def test_reworded_duty_is_the_same_duty_in_a_new_edition() -> None:
    loaded(SMALL)
    before = uids()
    assert loaded(put("编制预算", "编制年度预算")) == Report("hospital", 2, changed=1)
    after = uids()
    assert after.pop("编制年度预算") == before.pop("编制预算")
    assert after == before
    versions = dict(Edition.objects.in_force().get().nodes.values_list("text", "version"))
    assert versions["编制年度预算"] == 2
    assert list(Edition.objects.values_list("number", "status")) == [(1, "superseded"), (2, "in_force")]


REPORTS = {
    "added": (put("    - kind: duty\n      text: 审批", "    - {kind: duty, text: 主持例会}\n    - kind: duty\n      text: 审批"), {"added": 1}),
    "removed": (put("    - kind: duty\n      text: 编制预算\n", ""), {"removed": 1}),
    "branch removed": (SMALL[: SMALL.index("  - kind: position")].replace("  children:\n", "") , {"removed": 4}),
    "renamed by code": (put("title: 策划专员", "title: 策划主管"), {"changed": 1}),
    "recoded": (put("code: MK-02", "code: MK-09"), {"changed": 1}),
    "functions": (put("text: 编制预算", "text: 编制预算\n      functions: [brand]"), {"changed": 1}),
    "moved under another": (
        put("  - kind: position\n    code: MK-02\n    title: 策划专员\n", "").replace(
            "    - kind: duty\n      text: 编制", "    - {kind: position, code: MK-02, title: 策划专员}\n    - kind: duty\n      text: 编制"
        ),
        {"moved": 1},
    ),
    "reordered": (
        put("    - kind: duty\n      text: 编制预算\n    - kind: duty\n      text: 审批方案\n", "    - {kind: duty, text: 审批方案}\n    - {kind: duty, text: 编制预算}\n"),
        {"moved": 1},
    ),
    "summary": (put("kind: complete", "kind: complete\nsummary: 一个部门。"), {"about": True}),
    "fits": (SMALL + "fits: {sizes: [small]}\n", {"about": True}),
    "superior": (put("head: true", "head: true\n    superiors: [{outside: 院长}]"), {"about": True}),
    "relation": (SMALL + "relations: [{kind: assists, from: MK-02, to: MK-01}]\n", {"about": True}),
    "process": (SMALL + "processes: [{name: 投诉, steps: [{number: 1, who: [MK-02]}]}]\n", {"about": True}),
    "several": (
        put("编制预算", "编制年度预算").replace("title: 策划专员\n", "title: 策划专员\n  - {kind: position, title: 助理}\n")
        + "summary: 一个部门。\n",
        {"changed": 1, "added": 1, "about": True},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REPORTS)
def test_report_says_what_changed(name: str) -> None:
    create_function(slug="brand")
    loaded(SMALL)
    text, changes = REPORTS[name]
    report = loaded(text)
    assert report == Report("hospital", 2, **changes)
    assert not report.unchanged
    assert exported("hospital") == files.to_yaml(files.parse(text))
    assert loaded(text).unchanged
    assert breaches() == []


@pytest.mark.parametrize(
    ("before", "after", "stayed"),
    [
        ("abcde", "abcde", "abcde"),
        ("abcde", "bcdea", "bcde"),
        ("abcde", "eabcd", "abcd"),
        ("abcde", "acbde", "abde"),
        ("abcde", "edcba", "a"),
        ("abcde", "ce", "ce"),
        ("abcde", "", ""),
        ("abcdef", "defabc", "abc"),
    ],
)
def test_as_few_as_possible_count_as_moved(before: str, after: str, stayed: str) -> None:
    named = {letter: uuid.uuid5(uuid.NAMESPACE_URL, letter) for letter in before}
    found = keeping.stayed([named[letter] for letter in before], [named[letter] for letter in after])
    assert len(found) == len(stayed)
    order = [letter for letter in after if named[letter] in found]
    assert order == sorted(order)


def test_position_that_moved_and_changed_is_found_by_its_code() -> None:
    loaded(SMALL)
    before = uids()["策划专员"]
    text = put("  - kind: position\n    code: MK-02\n    title: 策划专员\n", "").replace(
        "    - kind: duty\n      text: 编制",
        "    - {kind: position, code: MK-02, title: 策划主管}\n    - kind: duty\n      text: 编制",
    )
    assert loaded(text) == Report("hospital", 2, changed=1, moved=1)
    assert uids()["策划主管"] == before


def test_duty_exchanged_for_another_section_is_another_duty() -> None:
    loaded(SMALL)
    before = uids()["编制预算"]
    assert loaded(put("text: 编制预算", "section: authority\n      text: 编制预算")) == Report(
        "hospital", 2, added=1, removed=1
    )
    assert uids()["编制预算"] != before


def test_uid_in_the_document_says_which_node_is_meant() -> None:
    loaded(SMALL)
    before = uids()
    text = put("text: 编制预算", f"uid: {before['审批方案']}\n      text: 全新的一条")
    loaded(text.replace("    - kind: duty\n      text: 审批方案\n", ""))
    assert uids()["全新的一条"] == before["审批方案"]


def test_edition_before_stays_as_it_was() -> None:
    loaded(SMALL)
    first = Edition.objects.get()
    before = rows_of(first)
    loaded(put("编制预算", "编制年度预算"))
    assert rows_of(first) == before


def test_edition_is_in_force_from_the_day_given() -> None:
    day = datetime.date(2027, 1, 1)
    loaded(SMALL, on=day)
    assert Edition.objects.get().effective_on == day


def test_loading_leaves_one_change_in_the_log() -> None:
    loaded(SMALL)
    assert list(Change.objects.values_list("number", "verb", "version")) == [(1, "load", 1)]


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


# Many at once


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


# What the database holds and a document cannot say


def test_line_to_somebody_without_code_is_said_when_writing() -> None:
    org = create_org(in_force=True)
    with open_edition(open_draft(org.design)) as tree:
        node = tree.insert("position", under=org.root.uid, title="无编号")
        create_relation(edition=tree.edition, kind="assists", start=node, end=tree.node(org.head.uid))
    with pytest.raises(DocumentError) as error:
        document(org.design.editions.open().get())
    assert str(error.value) == "hospital: tree › 无编号: It has no code, and a line names it."


def test_column_that_no_document_may_hold_is_said_when_writing() -> None:
    org = create_org()
    with open_edition(org.edition) as tree:
        tree.edit(org.head.uid, {"code": "主任 1"})
    with pytest.raises(DocumentError, match=r"^hospital: code: String should match pattern .*主任 1$"):
        document(org.edition)


def test_empty_edition_is_said_when_writing() -> None:
    org = create_org()
    empty = Edition.objects.create(design=Design.objects.create(slug="empty", name="空"), number=1)
    with pytest.raises(DocumentError, match=r"^empty: tree: The edition is empty\.$"):
        document(empty)
    assert document(org.edition).tree.title == "市场部"


def test_step_says_the_title_of_an_actor_without_code_and_the_name_of_one_who_left() -> None:
    loaded(SMALL + "processes: [{name: 投诉, steps: [{number: 1, who: [MK-02, MK-01, 顾客]}]}]\n")
    there = uids()
    draft = open_draft(Design.objects.get())
    with open_edition(draft) as tree:
        tree.edit(there["市场部主任"], {"code": ""})
        tree.remove(there["策划专员"])
    (step,) = document(draft).processes[0].steps
    assert step.who == ["策划专员", "市场部主任", "顾客"]


# Vocabulary


def test_vocabulary_is_loaded_once() -> None:
    vocabulary.load()
    with CaptureQueriesContext(connection) as queries:
        vocabulary.load()
    assert writes(queries) == []


def test_vocabulary_corrects_what_differs_and_leaves_what_a_company_added(django_assert_num_queries: Any) -> None:
    own = create_function(slug="our-own-function", order=99)
    vocabulary.load()
    from departments.models import Function

    given = list(vocabulary.functions().values())
    part = next(entry for entry in given if entry.get("parent"))
    Function.objects.filter(slug=part["slug"]).update(name="改了", parent=own)
    with CaptureQueriesContext(connection) as queries:
        vocabulary.load()
    assert len(writes(queries)) == 3  # the function; and what the search finds, away and anew
    stored = Function.objects.get(slug=part["slug"])
    assert (stored.name, stored.parent.slug) == (part["name"], part["parent"])
    assert Function.objects.filter(pk=own.pk).exists()


def test_vocabulary_files_hold_what_the_tables_hold() -> None:
    from departments.models import Function, Source

    vocabulary.load()
    given = yaml.safe_load((settings.FIXTURES_DIR / "functions.yaml").read_text(encoding="utf-8"))
    assert list(Function.objects.values_list("slug", "name", "parent__slug")) == [
        (entry["slug"], entry["name"], entry.get("parent")) for entry in given
    ]
    assert list(Source.objects.values_list("document", flat=True)) == sorted(vocabulary.documents())
