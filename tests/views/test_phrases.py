"""Phrases of other designs: of the same functions first, each once, nothing that is said already, never one's own."""

import pytest

from departments.restructuring import open_edition
from tests.views.conftest import duty, office, position
from tests.views.people import own_design, signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "/designs/ours/draft/phrases/HEAD/"


@pytest.fixture
def draft(make_design):
    """An own draft of a plain office; beside it a library that speaks of the market in several ways."""
    office_design = make_design(office())
    document = office("other")
    document["tree"]["children"] = [
        position(
            "A",
            "甲",
            duty("策划市场活动", functions=["brand"]),
            duty("组织市场调研并撰写报告"),
            duty("市场调研"),
            duty("了解客户", section="qualification"),
        ),
        position("B", "乙", duty("市场调研。"), duty("研究市场"), duty("制定市场调研计划")),
    ]
    make_design(document)
    return own_design(office_design, in_force=False).editions.get()


def asked(query: str = "", address: str = ADDRESS):
    return [phrase.text for phrase in signed_in("editor").get(f"{address}?{query}").context["phrases"]]


def test_phrases_of_the_same_function_come_first_then_the_shortest(draft):
    assert asked("q=市场") == ["研究市场", "市场调研", "收集第1类市场信息", "组织市场调研并撰写报告", "策划市场活动"]


def test_all_words_count_and_without_any_the_function_does(draft):
    assert asked("q=市场 报告") == ["组织市场调研并撰写报告"]
    assert asked("q=量子") == []
    assert asked() == ["研究市场", "市场调研", "收集第1类市场信息", "组织市场调研并撰写报告"]


def test_another_section_has_other_phrases_and_an_unknown_one_means_duties(draft):
    assert asked("q=客户&section=qualification") == ["了解客户"]
    assert asked("q=市场调研&section=nonsense") == ["市场调研", "组织市场调研并撰写报告"]


def test_what_is_said_already_is_no_help(draft):
    with open_edition(draft) as tree:
        tree.insert("duty", under=draft.nodes.get(code="HEAD").uid, text="市场调研")
    assert asked("q=市场调研") == ["组织市场调研并撰写报告"]


def test_a_statement_has_the_phrases_of_its_holder(draft):
    uid = draft.nodes.get(parent__code="HEAD").uid.hex
    assert asked("q=调研", f"/designs/ours/draft/phrases/{uid}/") == ["市场调研", "组织市场调研并撰写报告"]


def test_while_typing_only_the_list_is_sent(draft):
    editor = signed_in("editor")
    page = editor.get(f"{ADDRESS}?q=市场调研")
    part = editor.get(f"{ADDRESS}?q=市场调研", headers={"HX-Request": "true"})
    assert [template.name for template in part.templates] == ["wording/phrase_list.html"]
    assert ("<html" in page.content.decode(), "<html" in part.content.decode()) == (True, False)
    assert "HX-Request" in part["Vary"]
    assert editor.get("/designs/ours/draft/phrases/NONE/").status_code == 404


@pytest.mark.parametrize("designs", [1, 3])
def test_phrases_cost_the_same_however_large_the_library(draft, make_design, django_assert_num_queries, designs):
    for number in range(designs):
        make_design(office(f"more-{number}", groups=3, duties=3))
    editor = signed_in("editor")
    with django_assert_num_queries(10):
        assert editor.get(f"{ADDRESS}?q=市场").status_code == 200
