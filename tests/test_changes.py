"""Changes in sentences: who, what, with the words that changed marked. They speak English here: msgids are what is said."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import translation

from departments.changes import sentences
from departments.models import Change
from departments.restructuring import Row, open_edition
from departments.restructuring.undoing import undo
from tests.factories import create_function, create_org

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def org() -> SimpleNamespace:
    org = create_org()
    org.begun = org.edition.changes.count()
    return org


def told(org: SimpleNamespace) -> list[str]:
    """Return what is said of the changes since the organisation stood, oldest first."""
    return [str(one) for one in sentences(org.edition.changes.filter(number__gt=org.begun))]


def marks(parts) -> str:
    signs = {"": "{}", "name": "<{}>", "gone": "[-{}-]", "new": "[+{}+]"}
    return "".join(signs[kind].format(text) for text, kind in parts)


def test_every_verb_has_its_sentence(org):
    with open_edition(org.edition) as tree:
        tree.insert("duty", under=org.head.uid, text="主持例会")
        tree.insert_branch(
            [
                Row(0, "position", {"title": "内勤"}),
                Row(1, "duty", _duty("整理合同")),
                Row(1, "duty", _duty("登记客户")),
            ],
            under=org.sales.uid,
        )
        tree.move(org.budget.uid, under=org.sales.uid)
        tree.move(org.sales.uid, under=org.root.uid, before=org.pr.uid)
        tree.edit(org.press.uid, {"text": "联络媒体与读者"})
        tree.edit(org.head.uid, {"title": "市场部总监"})
        tree.remove(org.approval.uid)
        removed = tree.remove(org.pr.uid)
        tree.restore(removed)
    n = removed.number
    assert told(org) == [
        "added “主持例会” under “市场部主任”",
        "added “内勤” (and 2 below it) under “营销科”",
        "moved “编制预算” from “市场部主任” to “营销科”",
        "changed the order under “市场部”: “营销科”",
        "reworded under “公关专员”: “联络媒体” to “联络媒体与读者”",
        "renamed “市场部主任” to “市场部总监”",
        "removed “审批方案” from “市场部总监”",
        "removed “公关科” (and 3 below it) from “市场部”",
        f"took change {n} back: brought “公关科” (and 3 below it) back under “市场部”",
    ]


def test_the_words_that_changed_are_marked_and_names_too(org):
    with open_edition(org.edition) as tree:
        tree.edit(org.press.uid, {"text": "联系媒体"})
        tree.edit(org.head.uid, {"grade": "五级"})
    reworded, graded = sentences(org.edition.changes.filter(number__gt=org.begun))
    assert marks(reworded.parts) == "reworded under “<公关专员>”: “联[-络-]媒体” to “联[+系+]媒体”"
    assert marks(graded.parts) == "changed of “<市场部主任>” the grade to “[+五级+]”"


def test_fields_are_said_in_words(org):
    for order, (slug, english) in enumerate({"brand": "Brand", "pr": "Public relations"}.items()):
        function = create_function(slug=slug, order=order)
        function.name_en = english
        function.save()
    with open_edition(org.edition) as tree:
        tree.edit(org.head.uid, {"headcount_form": "number", "headcount_min": 1, "headcount_max": 1})
        tree.edit(org.head.uid, {"headcount_min": 2, "headcount_max": 2})
        tree.edit(org.head.uid, {"headcount_form": "unstated", "headcount_min": None, "headcount_max": None})
        tree.edit(org.head.uid, {"code": "MK-1", "head": False, "aliases": ["主任", "负责人"]})
        tree.edit(org.budget.uid, {"functions": ["brand"]})
        tree.edit(org.budget.uid, {"functions": ["brand", "pr"], "weight": "auxiliary"})
        tree.edit(org.budget.uid, {"sources": [{"document": "002.txt"}], "text": "编制年度预算"})
    assert told(org) == [
        "changed of “市场部主任” the headcount to “1 person”",
        "changed of “市场部主任” the headcount from “1 person” to “2 people”",
        "changed of “市场部主任” the headcount “2 people” to nothing",
        (
            "changed of “市场部主任” the code from “MK-01” to “MK-1”; the also called to “主任、负责人”; "
            "the head of the department from “yes” to “no”"
        ),
        "changed of “编制预算” the functions to “Brand”",
        (
            "changed of “编制预算” the primary or auxiliary from “primary” to “auxiliary”; "
            "the functions from “Brand” to “Brand、Public relations”"
        ),
        "reworded under “市场部主任”: “编制预算” to “编制年度预算”; the sources",
    ]


@pytest.mark.parametrize("verb", ["insert", "edit", "move", "remove"])
def test_what_was_taken_back_says_so(org, verb):
    with open_edition(org.edition) as tree:
        {
            "insert": lambda: tree.insert("duty", under=org.head.uid, text="主持例会"),
            "edit": lambda: tree.edit(org.head.uid, {"code": "MK-1"}),
            "move": lambda: tree.move(org.budget.uid, under=org.sales.uid),
            "remove": lambda: tree.remove(org.budget.uid),
        }[verb]()
        undo(tree, org.edition.changes.latest("number"))
    expected = {
        "insert": "removed “主持例会” from “市场部主任”",
        "edit": "changed of “市场部主任” the code from “MK-1” to “MK-01”",
        "move": "moved “编制预算” from “营销科” to “市场部主任”",
        "remove": "brought “编制预算” back under “市场部主任”",
    }[verb]
    assert told(org)[-1] == f"took change {org.begun + 1} back: {expected}"


def test_an_old_sentence_names_things_as_they_were_called(org):
    with open_edition(org.edition) as tree:
        tree.edit(org.press.uid, {"text": "联系媒体"})
        tree.move(org.officer.uid, under=org.sales.uid)
        tree.edit(org.officer.uid, {"grade": "五级"})
        tree.move(org.press.uid, under=org.head.uid)
        tree.edit(org.officer.uid, {"title": "媒介专员"})
        tree.edit(org.sales.uid, {"title": "销售科"})
        tree.remove(org.sales.uid)
    assert told(org) == [
        "reworded under “公关专员”: “联络媒体” to “联系媒体”",
        "moved “公关专员” from “公关科主任” to “营销科”",
        "changed of “公关专员” the grade to “五级”",
        "moved “联系媒体” from “公关专员” to “市场部主任”",
        "renamed “公关专员” to “媒介专员”",
        "renamed “营销科” to “销售科”",
        "removed “销售科” (and 1 below it) from “市场部”",
    ]


def test_who_did_it_keeps_a_name(org):
    li = User.objects.create(username="li", first_name="李", last_name="")
    gone = User.objects.create(username="wang")
    for user in (li, gone, None):
        with open_edition(org.edition, by=user) as tree:
            tree.edit(org.head.uid, {"grade": str(user)})
    gone.delete()
    assert [one.who for one in sentences(org.edition.changes.filter(number__gt=org.begun))] == [
        "李",
        "wang",
        "",
    ]


def test_the_first_department_and_a_long_text(org):
    first, *_others = sentences(org.edition.changes.all())
    with open_edition(org.edition) as tree:
        tree.insert("duty", under=org.head.uid, text="长" * 41)
    assert str(first) == "began with “市场部”"
    assert told(org) == [f"added “{'长' * 40}…” under “市场部主任”"]


def test_a_percent_sign_is_a_word_like_others(org):
    with open_edition(org.edition) as tree:
        tree.insert("duty", under=org.head.uid, text="误差 5% 以内 %(name)s")
    assert told(org) == ["added “误差 5% 以内 %(name)s” under “市场部主任”"]


def test_changes_that_belong_together_are_one_sentence(org):
    with open_edition(org.edition) as tree:
        with tree.together("“预算” replaced"):
            tree.edit(org.budget.uid, {"text": "编制计划"})
            tree.edit(org.press.uid, {"text": "联系媒体"})
        group = org.edition.changes.get(verb="group")
        undo(tree, group)
    groups = org.edition.changes.filter(verb="group")
    assert [str(one) for one in sentences(groups)] == [
        "“预算” replaced (2 changes)",
        f"took change {group.number} back: “预算” replaced (2 changes)",
    ]
    assert told(org)[1] == "reworded under “市场部主任”: “编制预算” to “编制计划”"


def test_what_came_from_a_document_says_so(org):
    Change.objects.create(edition=org.edition, number=org.begun + 1, verb="load")
    assert told(org) == ["loaded from a design document"]


@pytest.mark.parametrize("times", [1, 3])
def test_sentences_cost_the_same_however_many(org, django_assert_num_queries, times):
    editor = User.objects.create(username="li")
    create_function()
    for time in range(times):
        with open_edition(org.edition, by=editor) as tree:
            tree.edit(org.head.uid, {"grade": f"{time}"})
            tree.edit(org.budget.uid, {"functions": [[], ["brand"]][time % 2 == 0]})
            tree.move(org.budget.uid, under=[org.head.uid, org.sales.uid][time % 2 == 0])
            removed = tree.remove(org.approval.uid)
            tree.restore(removed)
    changes = list(org.edition.changes.filter(number__gt=org.begun))
    with django_assert_num_queries(5):
        assert len(sentences(changes)) == 5 * times


def test_no_changes_cost_nothing(org, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert sentences([]) == []


def _duty(text: str) -> dict[str, str]:
    return {"section": "responsibility", "weight": "primary", "text": text}
