"""A position's form as data: what it says, in which order, how each thing is known, and what it costs."""

import pytest
from django.template.loader import render_to_string

from departments.booklets import build_position_form
from departments.booklets.facts import long_date
from departments.booklets.forms import has_form
from departments.booklets.statements import chinese_number, set_out
from departments.formats.paper import blank_book, booklet_book, position_book
from departments.models.outlines import Outline
from tests import factories
from tests.booklets.conftest import Read


def facts(form) -> dict[str, str]:
    """Return label → what is said."""
    return {fact.label: "；".join(one.text for one in fact.said) for fact in form.facts.facts}


def test_facts_and_parts_stand_in_the_order_of_the_form(library: Read) -> None:
    edition, outline = library("hospital-marketing-dept")
    form = build_position_form(outline, outline.find("MKT-HEAD"))
    assert list(facts(form).values()) == [
        "市场部主任",
        "Director of Marketing",
        "MKT-HEAD",
        "市场部",
        "院长",
        "公关科主任、营销科主任；共 2 个岗位：2 人",
        "1 人",
        f"第 1 版，{long_date(edition)}起现行",
    ]
    assert [(part.slug, len(part.rows)) for part in form.parts] == [("responsibility", 8), ("deliverable", 1)]
    assert [contact.name for contact in form.contacts.outside] == ["医院各部门"]


def test_what_is_not_stated_is_named_once_and_not_shown(library: Read) -> None:
    _edition, outline = library("hospital-marketing-dept")
    form = build_position_form(outline, outline.find("MKT-HEAD"))
    assert form.unstated == ["职级", "权限", "任职资格", "考核指标"]
    assert not set(form.unstated) & {fact.label for fact in form.facts.facts}


def test_each_superior_says_how_it_is_known(library: Read) -> None:
    _edition, outline = library("jewelry-franchise-brand-marketing-center")
    deputy = build_position_form(outline, outline.find("BMC-VP"))
    assert [(one.text, one.note) for one in deputy.facts.facts[4].said] == [("总经理", "本设计之外")]
    specialist = build_position_form(outline, outline.find("BMC-BRAND-EXEC"))
    assert [(one.text, one.note) for one in specialist.facts.facts[4].said] == [("品牌部经理", "由所处位置得出")]


def test_headings_group_statements_that_are_numbered_through(library: Read) -> None:
    _edition, outline = library("marketing-sales-clerk-and-assistant")
    rows = build_position_form(outline, outline.find("MKT-CLERK")).parts[0].rows
    assert [row.number for row in rows if row.heading] == ["一、", "二、"]
    assert [row.number for row in rows if not row.heading] == [str(number) for number in range(1, 15)]


def test_what_follows_a_group_does_not_seem_to_belong_to_it(library: Read) -> None:
    _edition, outline = library("real-estate-agency-marketing-dept")
    rows = set_out(outline.find("MKT").statements("scope"))
    assert [f"{row.number}{'' if row.heading else ' '}{row.text}" for row in rows] == [
        "1 项目销售代理",
        "2 项目策划",
        "2.1 市场调研",
        "2.2 项目开发评估及经济分析",
        "2.3 营销策划",
        "2.4 商业定位",
        "3 营销顾问",
        "4 项目代销",
        "5 项目的景观设计",
        "6 项目招商代理",
    ]


def test_ratings_and_inferred_statements_are_marked(library: Read) -> None:
    _edition, outline = library("hospital-marketing-dept")
    form = build_position_form(outline, outline.find("MKT-MS-HEAD"))
    (part,) = [part for part in form.parts if part.slug == "competency"]
    assert [(row.rating, row.inferred) for row in part.rows] == [("3 / 5", True)] * 2 + [("4 / 5", True)] * 2
    assert form.has_inferred


def test_position_without_statements_has_no_form(db: None) -> None:
    org = factories.create_org(in_force=True)
    outline = Outline(org.edition)
    assert [has_form(outline.find(code)) for code in ("MK-01", "PR-01", "PR-02")] == [True, False, True]


@pytest.mark.parametrize("positions", [10, 500])
def test_form_costs_one_query_and_its_template_none(positions: int, db: None, django_assert_num_queries) -> None:
    org = factories.create_design()
    edition = factories.create_edition(design=org)
    factories.create_flat(edition, positions=positions)
    outline = Outline(factories.publish(edition))
    outline.edition.design = org  # pages read it with the edition
    with django_assert_num_queries(1):
        form = build_position_form(outline, outline.find("P-7"))
    with django_assert_num_queries(0):
        render_to_string("booklets/form.html", {"form": form})


def test_forms_are_books_of_one_piece(library: Read) -> None:
    edition, outline = library("hospital-marketing-dept")
    entry = outline.find("MKT-PR-HEAD")
    book = position_book(edition, outline, entry)
    (piece,) = book.pieces
    assert (book.title, book.lang, book.created) == ("公关科主任 岗位说明书", "zh-Hans", str(edition.effective_on))
    assert piece.running == (("position-MKT-PR-HEAD", "公关科 · 公关科主任"),)
    assert "编制公关计划，组织开展公关活动" in piece.html.replace("\u2060", "")  # which keeps the last two together
    (blank,) = blank_book(edition, outline, entry).pieces
    assert "MKT-PR-HEAD" in blank.html
    assert "编制公关计划" not in blank.html
    entry.title = "主任" * 100
    (long,) = position_book(edition, outline, entry).pieces
    said = long.running[0][1]
    assert (said[:5], said[-1], len(said) < 70) == ("公关科 ·", "…", True)  # two lines of the head


def test_form_is_the_same_piece_alone_and_in_its_booklet(library: Read) -> None:
    edition, outline = library("hospital-marketing-dept")
    alone = position_book(edition, outline, outline.find("MKT-PR-HEAD"))
    booklet = booklet_book(edition, outline)
    assert alone.pieces[0] in booklet.pieces
    assert alone.around == booklet.around


def test_hostile_texts_are_escaped(db: None) -> None:
    org = factories.create_org()
    with factories.open_edition(org.edition) as tree:
        tree.edit(org.budget.uid, {"text": '"><img src=x><style>*{}</style>'}, version=1)
    edition = factories.publish(org.edition)
    outline = Outline(edition)
    html = position_book(edition, outline, outline.find("MK-01")).pieces[0].html
    assert "<img" not in html
    assert "&lt;style&gt;" in html


def test_numbers_in_chinese() -> None:
    assert [chinese_number(number) for number in (1, 10, 11, 20, 35, 99, 100)] == [
        "一", "十", "十一", "二十", "三十五", "九十九", "100",
    ]  # fmt: skip
