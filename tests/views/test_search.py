"""Searching titles and duties: right for two characters, every word, whatever stands in the text."""

import pytest

from tests.views.conftest import department, duty, office, position
from tests.views.people import own_design


def found(client, words):
    results = client.get("/search/", {"q": words}).context["results"]
    return {kind: [hit.title for hit in hits] for kind, hits in results.groups.items() if hits}


def test_search_finds_two_characters_anywhere(client, make_design):
    document = office()
    document["tree"]["children"].append(position("ACC", "主办会计", duty("组织招聘面试")))
    make_design(document)
    assert found(client, "会计") == {"position": ["主办会计"]}
    assert found(client, "招聘") == {"duty": ["组织招聘面试"]}


def test_search_wants_every_word(client, make_design):
    document = office()
    document["tree"]["children"].append(position("A", "文员", duty("编制年度预算"), duty("编制月度报表")))
    make_design(document)
    assert found(client, "编制 预算") == {"duty": ["编制年度预算"]}
    assert found(client, "预算 报表") == {}


def test_search_finds_english_titles_codes_and_other_names(client, make_design):
    document = office()
    document["tree"]["children"].append(department("PLAN", "策划部", aliases=["企划部"], title_en="Planning"))
    make_design(document)
    assert [found(client, words) for words in ("planning", "PLAN", "企划")] == [{"department": ["策划部"]}] * 3


def test_search_says_where_a_duty_stands_and_leads_there(client, make_design):
    make_design(office())
    hit = client.get("/search/", {"q": "收集第1类"}).context["results"].groups["duty"][0]
    assert (hit.context, hit.holder_kind, hit.holder_ref) == ("市场部 › 第1组 › 专员1", "position", "G1-STAFF")
    assert (
        f"/designs/office/positions/G1-STAFF/{hit.anchor}"
        in client.get("/search/", {"q": "收集第1类"}).content.decode()
    )


def test_search_marks_the_words_and_escapes_the_rest(client, make_design):
    document = office()
    document["tree"]["children"].append(duty("<b>编制</b>预算"))
    make_design(document)
    assert "&lt;b&gt;编制&lt;/b&gt;<mark>预算</mark>" in client.get("/search/", {"q": "预算"}).content.decode()


@pytest.mark.parametrize("words", ["%", "_", "\\", "'", '"', "<script>", "　", "*"])
def test_search_takes_any_character_as_itself(client, make_design, words):
    make_design(office())
    response = client.get("/search/", {"q": words})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()
    assert response.context["results"] is None or response.context["results"].count == 0


def test_search_of_nothing_explains_itself_without_a_query(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/search/")
    assert "两个字即可" in response.content.decode()


@pytest.mark.parametrize("designs", [1, 3])
def test_search_costs_the_same_for_any_number_of_hits(client, make_design, django_assert_num_queries, designs):
    for number in range(designs):
        make_design(office(f"office-{number}", groups=number + 1, duties=3))
    with django_assert_num_queries(5):
        client.get("/search/", {"q": "市场"})


def test_search_stops_at_a_bound_and_says_so(client, make_design):
    make_design(office(groups=1, duties=61))
    results = client.get("/search/", {"q": "市场信息"}).context["results"]
    assert (len(results.groups["duty"]), results.more) == (60, {"duty"})


def test_search_leaves_superseded_editions_out(client, make_design):
    make_design(office())
    document = office()
    document["tree"]["children"][0]["text"] = "研究行情"
    make_design(document)
    assert found(client, "研究市场") == {}
    assert found(client, "研究行情") == {"duty": ["研究行情"]}


def test_search_tells_own_designs_from_the_reference(client, make_design):
    own_design(make_design(office()))
    page = client.get("/search/", {"q": "收集第1类"}).content.decode()
    assert (page.count("自有设计 · 本公司"), page.count("office设计 · ")) == (1, 1)
