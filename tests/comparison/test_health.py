"""Spans, layers and the health report: three very different designs, written by hand from the fixtures; then case by case."""

import pytest

from departments.comparison.coverage import single_functions
from departments.comparison.health import health
from departments.comparison.spans import Spans
from departments.comparison.vacancies import vacancies
from departments.models.headcount import HeadcountSum
from departments.models.outlines import Outline
from departments.restructuring import open_edition
from tests.comparison.designs import outline
from tests.factories import create_design, create_edition, publish

pytestmark = pytest.mark.django_db

HOSPITAL = "hospital-marketing-dept"
FOUR = "four-department-primary-auxiliary"
JEWELLERY = "jewelry-franchise-brand-marketing-center"

JEWELLERY_SPANS = {
    "品牌营销副总经理": ["策划部经理", "企划部副经理", "设计部经理", "影视制作部经理", "品牌部经理"],
    "策划部经理": ["策划文案", "活动执行"],
    "企划部副经理": [
        "企划岗A（开业与新品）",
        "企划岗B（个性方案）",
        "企划岗C（新品与个性化）",
        "企划岗D（物料跟进）",
        "企划岗E（活动落实）",
    ],
    "设计部经理": ["日常活动设计组", "开业促销设计组", "新品推广设计组"],
    "影视制作部经理": ["影视制作组", "脚本创意组", "摄影摄像组"],
    "品牌部经理": ["货品统筹管理组", "店面道具陈列组"],
}
SPANS = {
    (HOSPITAL, False): {},
    (HOSPITAL, True): {"市场部主任": ["公关科主任", "营销科主任"]},
    (FOUR, False): {},
    (FOUR, True): {},
    (JEWELLERY, False): JEWELLERY_SPANS,
    (JEWELLERY, True): {**JEWELLERY_SPANS, "品牌部经理": ["执行专员", "货品统筹管理组", "店面道具陈列组"]},
}
LAYERS = {
    (HOSPITAL, False): (1, {"公关科": 0, "营销科": 0}),
    (HOSPITAL, True): (2, {"公关科": 2, "营销科": 2}),
    (FOUR, False): (0, {"市场策划部": 0, "市场推广部": 0, "渠道公关部": 0, "市场拓展部": 0}),
    (FOUR, True): (0, {"市场策划部": 0, "市场推广部": 0, "渠道公关部": 0, "市场拓展部": 0}),
    (JEWELLERY, False): (3, {"策划部": 3, "设计部": 2, "影视制作部": 2, "品牌部": 2}),
    (JEWELLERY, True): (3, {"策划部": 3, "设计部": 2, "影视制作部": 2, "品牌部": 3}),
}


@pytest.mark.parametrize(("slug", "derived"), SPANS)
def test_spans_and_layers_of_three_designs(slug, derived):
    spans = Spans(outline(slug), derived=derived)
    assert {str(span.manager): [str(one) for one in span.subordinates] for span in spans.spans} == SPANS[slug, derived]
    assert (spans.layers, {str(b.department): b.layers for b in spans.branches}) == LAYERS[slug, derived]
    assert spans.assistants == spans.chains == []


def test_bands_with_the_share_of_managers_in_each():
    bands = Spans(outline(JEWELLERY)).bands
    assert [(band.least, band.most, len(band.spans), band.share) for band in bands] == [
        (1, 1, 0, 0),
        (2, 3, 4, 67),
        (4, 6, 2, 33),
        (7, 9, 0, 0),
        (10, None, 0, 0),
    ]


def report(slug):
    found = health(outline(slug), single_functions())
    return {
        "without_duties": [str(entry) for entry in found.without_duties],
        "without_function": [str(entry) for entry in found.without_function],
        "without_head": [str(entry) for entry in found.without_head],
        "single_points": [(single.function.slug, str(single.position)) for single in found.single_points],
        "out_of_band": [str(span.manager) for span in found.out_of_band],
        "unstated": [str(entry) for entry in found.unstated_headcounts],
        "unplaced": [str(entry) for entry in found.spans.unplaced],
        "headcounts": [(str(one.department), one.planned) for one in found.vacancies],
    }


def test_the_hospital():
    assert report(HOSPITAL) == {
        "without_duties": [],
        "without_function": [],
        "without_head": [],
        "single_points": [
            ("data-analysis", "公关科主任"),
            ("brand", "公关科主任"),
            ("advertising", "市场部主任"),
            ("content-design", "营销科主任"),
            ("events", "公关科主任"),
            ("team-management", "市场部主任"),
            ("training", "市场部主任"),
            ("government-policy", "公关科主任"),
        ],
        "out_of_band": [],
        "unstated": [],
        "unplaced": ["公关科主任", "营销科主任"],
        "headcounts": [
            ("市场部", HeadcountSum(least=3, most=3, counted=3)),
            ("公关科", HeadcountSum(least=1, most=1, counted=1)),
            ("营销科", HeadcountSum(least=1, most=1, counted=1)),
        ],
    }


def test_four_departments_without_a_head():
    people = ["市场调研员", "市场策划员", "推广员", "渠道公关", "拓展员"]
    departments = ["市场策划部", "市场推广部", "渠道公关部", "市场拓展部"]
    assert report(FOUR) == {
        "without_duties": people,
        "without_function": [],
        "without_head": ["市场部", *departments],
        "single_points": [],
        "out_of_band": [],
        "unstated": people,
        "unplaced": people,
        "headcounts": [
            ("市场部", HeadcountSum(unstated=5)),
            *((department, HeadcountSum(unstated=1)) for department in departments),
        ],
    }


def test_the_jewellers():
    managers = ["策划部经理", "设计部经理", "影视制作部经理", "品牌部经理"]
    assert report(JEWELLERY) == {
        "without_duties": ["品牌营销副总经理", "策划部经理", "企划部副经理", *managers[1:]],
        "without_function": [],
        "without_head": [
            "集团管理监督层",
            "策划文案",
            "活动执行",
            "日常活动设计组",
            "开业促销设计组",
            "新品推广设计组",
            "影视制作组",
            "脚本创意组",
            "摄影摄像组",
            "货品统筹管理组",
            "店面道具陈列组",
        ],
        "single_points": [("procurement", "企划岗D（物料跟进）")],
        "out_of_band": ["策划部经理", "品牌部经理"],
        "unstated": [*managers, "执行专员"],
        "unplaced": ["执行专员"],
        "headcounts": [
            ("集团管理监督层", HeadcountSum(least=7, most=7, counted=7, unstated=5)),
            ("策划部", HeadcountSum(least=6, most=6, counted=6, unstated=1)),
            ("设计部", HeadcountSum(unstated=1)),
            ("影视制作部", HeadcountSum(unstated=1)),
            ("品牌部", HeadcountSum(unstated=2)),
        ],
    }


def small(*, assistant=False):
    """Return the outline of 市场部 with a head, a deputy under him, and a clerk under the deputy; all by their place."""
    edition = create_edition(design=create_design(slug=f"small-{assistant}"))
    with open_edition(edition) as room:
        root = room.insert("department", title="市场部", code="MK")
        head = room.insert("position", under=root.uid, title="经理", code="M", head=True)
        deputy = room.insert("position", under=head.uid, title="助理", code="A", assistant=assistant)
        room.insert("position", under=deputy.uid, title="文员", code="C")
    return Outline(publish(edition))


def test_one_to_one_chains():
    spans = Spans(small(), derived=True)
    assert [(str(span.manager), str(span.subordinates[0])) for span in spans.chains] == [
        ("经理", "助理"),
        ("助理", "文员"),
    ]
    assert spans.layers == 3


def test_assistants_are_left_out_on_both_sides():
    spans = Spans(small(assistant=True), derived=True)
    assert spans.spans == []
    assert [str(entry) for entry in spans.assistants] == ["助理"]


def test_a_design_without_positions_has_no_spans_and_no_layers():
    edition = create_edition(design=create_design(slug="bare"))
    with open_edition(edition) as room:
        room.insert("department", title="市场部", code="MK")
    bare = Outline(publish(edition))
    found = health(bare, [])
    assert (found.spans.spans, found.spans.layers, found.spans.branches, found.vacancies) == ([], 0, [], [])
    assert [band.share for band in found.spans.bands] == [0] * 5


def test_vacancies_by_department():
    edition = create_edition(design=create_design(slug="staffed"))
    with open_edition(edition) as room:
        root = room.insert("department", title="市场部", code="MK")
        for title, form, least, most, filled in (
            ("经理", "number", 1, 1, 1),
            ("策划", "number", 3, 3, 1),
            ("推广", "range", 2, 3, 5),
            ("文员", "as_needed", None, None, 2),
            ("美工", "number", 2, 2, None),
            ("司机", "unstated", None, None, None),
        ):
            headcount = {"headcount_form": form, "headcount_min": least, "headcount_max": most}
            room.insert("position", under=root.uid, title=title, headcount_filled=filled, **headcount)
    found = Outline(edition)
    (one,) = vacancies([found.root])
    assert (one.positions, one.known, one.unknown) == (6, 4, 2)
    assert (one.filled, one.missing, one.surplus, one.open_ended) == (9, 2, 2, 1)
    assert one.planned == HeadcountSum(least=8, most=9, counted=4, as_needed=1, unstated=1)
    named = {entry.uid: ["王"] for entry in found.positions if entry.title in ("美工", "策划")}
    (one,) = vacancies([found.root], named)  # what is stated counts before who is named
    assert (one.known, one.filled, one.missing) == (5, 10, 3)
