"""The knowledge pages: Markdown with our own links and drawings, and nothing else."""

import pytest

from departments.documents import topics
from departments.formats.markdown import render
from departments.models import Design, Topic
from tests.views.conftest import CITED, office


def test_markdown_links_lead_to_our_pages():
    html = render("[医院](design:hospital) [调研](function:market-research) [4P](topic:four-p)", {})
    assert html == (
        '<p><a href="/designs/hospital/">医院</a> <a href="/functions/market-research/">调研</a> '
        '<a href="/knowledge/four-p/">4P</a></p>\n'
    )


@pytest.mark.parametrize(
    "link", ["https://example.com", "javascript:alert(1)", "//example.com", "design:../x", "data:x"]
)
def test_markdown_links_lead_nowhere_else(link):
    assert "href" not in render(f"[x]({link})", {})


def test_markdown_lets_no_html_through():
    assert render("<script>alert(1)</script>", {}) == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"


def test_markdown_puts_drawings_inline_and_says_what_is_missing():
    assert render("![三角](a-b.svg)", {"a-b.svg": "<svg/>"}) == '<p><span class="drawing"><svg/></span></p>\n'
    assert render("![三角](a-b.svg)", {}) == "<p><span>三角</span></p>\n"


def test_markdown_tables_scroll_in_their_own_box():
    table = "|   | b |\n|---|---|\n| 1 | 2 |"
    html = render(f"{table}\n\n{table}", {})
    assert [line for line in html.splitlines() if line.startswith("<div")] == [
        f'<div class="scroll" tabindex="0" role="region" aria-label="表 {n}"><table class="register">' for n in (1, 2)
    ]
    assert html.count("</table></div>\n") == 2


def test_markdown_tables_have_no_head_without_words():
    html = render("|   | b |\n|---|---|\n| 甲 | 乙 |", {})
    assert '<td></td>\n<th scope="col">b</th>' in html


@pytest.fixture
def topic(make_design):
    topic = Topic.objects.create(
        key="k", order=1, title="主题", title_en="Topic", summary="概要", body="正文", sources=[CITED]
    )
    topic.designs.add(make_design(office()))
    return topic


def test_topic_shows_its_text_and_what_it_speaks_of(client, topic, django_assert_num_queries):
    with django_assert_num_queries(4):
        response = client.get("/knowledge/k/")
    assert "<p>正文</p>" in response.content.decode()
    assert [design.slug for design in response.context["designs"]] == ["office"]


def test_design_leads_to_its_topics(client, topic):
    assert list(client.get("/designs/office/").context["topics"]) == [topic]


def test_topics_of_the_library_are_sound_and_load_once(db):
    from django.core.management import call_command

    call_command("load_designs", verbosity=0)
    assert Topic.objects.count() == 22
    assert topics.load() == []
    assert Design.objects.filter(topics__isnull=False).exists()


@pytest.mark.parametrize("number", [1, 3])
def test_topics_costs_one_query(client, db, django_assert_num_queries, number):
    for order in range(number):
        Topic.objects.create(key=f"k{order}", order=order, title="主题", title_en="Topic", summary="概要", body="正文")
    with django_assert_num_queries(1):
        assert len(client.get("/knowledge/").context["topics"]) == number


def test_columns_of_numbers_are_told_apart():
    html = render("| 序号 | 职责 |\n|---|---|\n| 1～6 | 计划 |\n| 15 | 3 项 |", {})
    assert html.count('<th scope="col" class="figure">序号</th>') == 1
    assert [html.count('<td class="figure">'), html.count("<td>")] == [2, 2]
