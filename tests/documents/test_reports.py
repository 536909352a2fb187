"""What loading a changed document finds changed: as little as possible, and the rest is the same."""

import datetime
import uuid

import pytest

from departments.documents import files, keeping
from departments.documents.loading import Report
from departments.models import Change, Edition
from departments.restructuring.checking import breaches
from tests.documents.loads import exported, loaded, uids
from tests.documents.samples import SMALL, put
from tests.factories import create_function, rows_of

pytestmark = pytest.mark.django_db


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
