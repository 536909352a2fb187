"""/search/: two characters or ten, in any script, of every kind, narrowed by what the address says."""

import pytest

from departments.models import Edition, Topic
from departments.restructuring import open_edition
from departments.restructuring.transitions import begin
from departments.search.entries import faults, rewrite_topics
from tests.views.conftest import department, duty, office, position
from tests.views.people import account, own_design, put_in_force, signed_in


def found(client, words, **filters):
    results = client.get("/search/", {"q": words, **filters}).context["results"]
    return {group.kind: [hit.title for hit in group.hits] for group in results.groups}


def titles(client, words, **filters):
    """What is found of the tree: without the functions, which every database has."""
    return {kind: hits for kind, hits in found(client, words, **filters).items() if kind != "function"}


def test_search_finds_two_characters_anywhere(client, make_design):
    document = office()
    document["tree"]["children"].append(position("ACC", "主办会计", duty("组织招聘面试")))
    make_design(document)
    assert titles(client, "会计") == {"position": ["主办会计"]}
    assert titles(client, "招聘") == {"duty": ["组织招聘面试"]}


def test_search_wants_every_word(client, make_design):
    document = office()
    document["tree"]["children"].append(position("A", "文员", duty("编制年度预算"), duty("编制月度报表")))
    make_design(document)
    assert titles(client, "编制 预算") == {"duty": ["编制年度预算"]}
    assert titles(client, "预算 报表") == {}


def test_a_word_may_be_said_of_the_place(client, make_design):
    make_design(office(groups=2))
    assert titles(client, "第2组 收集") == {"duty": ["收集第1类市场信息"]}
    hit = client.get("/search/", {"q": "第2组 收集"}).context["results"].best[0]
    assert hit.context == "市场部 › 第2组 › 专员2"


@pytest.mark.parametrize(
    "words", ["planning", "Planning", "PLAN", "企划", "企劃部", "策划部", "cehuabu", "Ce Hua", "chb", "qhb"]
)
def test_search_understands_english_codes_other_names_pinyin_and_initials(client, make_design, words):
    document = office()
    document["tree"]["children"].append(department("PLAN", "策划部", aliases=["企划部"], title_en="Planning"))
    make_design(document)
    assert titles(client, words)["department"] == ["策划部"]


def test_search_says_where_a_duty_stands_and_leads_there(client, make_design):
    make_design(office())
    response = client.get("/search/", {"q": "收集第1类"})
    (hit,) = response.context["results"].best
    assert hit.context == "市场部 › 第1组 › 专员1"
    assert hit.get_absolute_url() == f"/designs/office/positions/G1-STAFF/#{hit.anchor}"
    assert f'id="{hit.anchor}"' in client.get(hit.get_absolute_url()).content.decode()


def test_a_duty_of_a_frame_leads_to_the_design(client, make_design):
    document = office()
    document["tree"] |= {"frame": True, "functions": []}
    make_design(document)
    (hit,) = client.get("/search/", {"q": "研究市场", "kind": "duty"}).context["results"].best
    assert (hit.title, client.get(hit.get_absolute_url()).status_code) == ("研究市场", 200)


def test_search_marks_the_words_and_escapes_the_rest(client, make_design):
    document = office()
    document["tree"]["children"].append(duty("<b>编制</b>预算"))
    make_design(document)
    assert "&lt;b&gt;编制&lt;/b&gt;<mark>预算</mark>" in client.get("/search/", {"q": "預算"}).content.decode()


@pytest.mark.parametrize("words", ["%", "_", "\\", "'", '"', "<script>", "　", "*"])
def test_search_takes_any_character_as_itself(client, make_design, words):
    make_design(office())
    response = client.get("/search/", {"q": words})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()
    assert response.context["results"].total == 0


def test_search_of_nothing_explains_itself(client, db, django_assert_num_queries):
    with django_assert_num_queries(2):
        response = client.get("/search/")
    assert "两个字即可" in response.content.decode()


@pytest.mark.parametrize("designs", [1, 3])
def test_search_costs_the_same_for_any_number_of_hits(client, make_design, django_assert_num_queries, designs):
    for number in range(designs):
        make_design(office(f"office-{number}", groups=number + 1, duties=3))
    with django_assert_num_queries(4):
        client.get("/search/", {"q": "市场"})


def test_a_kind_alone_is_shown_page_by_page(client, make_design):
    make_design(office(groups=1, duties=61))
    side_by_side = client.get("/search/", {"q": "市场信息"}).context["results"].groups[0]
    pages = [found(client, "市场信息", kind="duty", page=page).get("duty", []) for page in (1, 2, 3)]
    assert (len(side_by_side.hits), side_by_side.total) == (10, 61)
    assert [len(page) for page in pages] == [50, 11, 0]
    assert len({*pages[0], *pages[1]}) == 61


def test_filters_narrow_what_is_found(client, make_design):
    document = office()
    document["tree"]["children"].append(
        position("A", "文员", duty("市场营销专业", section="qualification", functions=[]))
    )
    own_design(make_design(document))
    assert titles(client, "市场", origin="reference", section="qualification") == {"duty": ["市场营销专业"]}
    assert titles(client, "市场", design="ours", kind="position") == {"position": ["市场部经理"]}
    assert {*found(client, "市场", function="brand", design="office")} == {"department"}
    assert titles(client, "市场", kind="nonsense", section="nonsense", function="nonsense", page="x") == titles(
        client, "市场"
    )


def test_search_leaves_superseded_editions_out(client, make_design):
    make_design(office())
    document = office()
    document["tree"]["children"][0]["text"] = "研究行情"
    make_design(document)
    assert titles(client, "研究市场") == {}
    assert titles(client, "研究行情") == {"duty": ["研究行情"]}
    assert faults() == []


def test_own_designs_come_before_the_reference_and_both_say_what_they_are(client, make_design):
    own_design(make_design(office()))
    response = client.get("/search/", {"q": "收集第1类"})
    assert [hit.design.slug for hit in response.context["results"].best] == ["ours", "office"]
    page = response.content.decode()
    assert (page.count("自有设计 · 本公司"), page.count("参考 · office设计")) == (1, 1)


def test_functions_and_topics_are_found(client, make_design):
    make_design(office())
    Topic.objects.create(
        key="span", order=1, title="管理幅度", title_en="Span of control", summary="概要", body="一人管几人", sources=[]
    )
    rewrite_topics()
    assert found(client, "管几人") == {"topic": ["管理幅度"]}
    assert found(client, "scdy")["function"] == ["市场调研"]


def test_a_draft_is_found_by_who_works_on_it_and_by_nobody_else(client, make_design):
    ours = own_design(make_design(office()))
    draft = begin(ours, by=account("editor"))
    with open_edition(draft) as room:
        room.insert("duty", under=draft.nodes.get(code="HEAD").uid, text="秘密收购对手")
    assert titles(client, "收购") == titles(client, "收购", design="ours") == titles(signed_in("editor"), "收购") == {}
    editor = signed_in("editor").get("/search/", {"q": "收购", "design": "ours/draft"})
    assert [hit.get_absolute_url().split("#")[0] for hit in editor.context["results"].best] == [
        "/designs/ours/draft/positions/HEAD/"
    ]
    for page in ("/search/", "/search/suggestions/"):
        asked = {"q": "收购", "design": "ours/draft"}
        assert [browser.get(page, asked).status_code for browser in (client, signed_in("reader"))] == [302, 404]
    put_in_force(Edition.objects.get(pk=draft.pk))
    assert titles(client, "收购") == {"duty": ["秘密收购对手"]}
    assert faults() == []


@pytest.mark.parametrize("designs", [1, 3])
def test_suggestions_name_each_title_once(client, make_design, django_assert_num_queries, designs):
    for number in range(designs):
        make_design(office(f"office-{number}"))
    with django_assert_num_queries(2):
        response = client.get("/search/suggestions/", {"q": "scbj"})
    assert [(hit.kind, hit.title) for hit in response.context["hits"]] == [("position", "市场部经理")]
    assert 'data-href="/designs/office-0/positions/HEAD/"' in response.content.decode()


def test_suggestions_for_nothing_are_none(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/search/suggestions/", {"q": " "}).content.strip() == b""


def test_a_phrase_that_nothing_says_brings_what_comes_nearest(client, make_design):
    make_design(office())
    response = client.get("/search/", {"q": "制定市场的调研计划"})
    assert response.context["results"].best[0].title == "制定市场调研计划"
    assert "最接近" in response.content.decode()


def test_of_a_question_what_it_is_about_is_found_and_marked(client, make_design):
    make_design(office())
    page = client.get("/search/", {"q": "谁负责市场调研？"}).content.decode()
    assert "制定<mark>市场调研</mark>计划" in page
    assert "最接近" not in page
