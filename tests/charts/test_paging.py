"""A chart on pages: where branches are cut, what stands on which page, and that nothing is lost on the way."""

from hypothesis import given, settings
from hypothesis import strategies as st

from departments.charts import Options, compose, compose_pages
from departments.charts.standing import ABOVE
from tests.charts.outlines import Org
from tests.charts.test_geometry import crossed, outlines, overlapping

HEAD = {"head": True}


def org() -> Org:
    """A centre under a single board, with two departments that go on and one that does not."""
    return Org(
        "集团",
        [
            "营销中心",
            ("总监", HEAD),
            ("秘书", {}),
            ["品牌部", ("品牌经理", HEAD), ("策划", {}, ("助理", {}))],
            ["渠道部", ["华东区", ("华东专员", {})], ["华中区"]],
            ["公关部"],
        ],
    )


def pages(rule: str, made: Org | None = None, **options) -> list[tuple[int, list[str], dict[str, int]]]:
    """Return of each page which it goes on from, its boxes, and where their branches go on."""
    found = compose_pages((made or org()).outline, Options(pages=rule, **options))
    assert [page.number for page in found] == list(range(1, len(found) + 1))
    return [
        (
            page.above,
            [box.name for box in page.picture.boxes],
            {box.name: box.goes_on for box in page.picture.boxes if box.goes_on},
        )
        for page in found
    ]


def test_all_on_one_page():
    ((above, boxes, going_on),) = pages("fit")
    assert (above, len(boxes), going_on) == (0, 11, {})


def test_where_there_is_nothing_to_draw_there_is_one_page_without_boxes():
    assert pages("departments", Org("架构", frame=True)) == [(0, [], {})]


def test_each_department_of_the_first_level_with_several_has_a_page():
    assert pages("departments") == [
        (0, ["集团", "营销中心", "秘书", "品牌部", "渠道部", "公关部"], {"品牌部": 2, "渠道部": 3}),
        (1, ["品牌部", "策划", "助理"], {}),
        (1, ["渠道部", "华东区", "华东专员", "华中区"], {}),
    ]


def test_departments_side_by_side_are_cut_on_the_first_page():
    made = Org("架构", ["甲部", ("甲", {})], ["乙部"], frame=True)
    assert pages("departments", made) == [(0, ["甲部", "乙部"], {"甲部": 2}), (1, ["甲部", "甲"], {})]


def test_so_many_levels_a_page_and_small_branches_of_brothers_together():
    assert pages("3") == [
        (0, ["集团", "营销中心", "秘书", "品牌部", "渠道部", "公关部"], {"品牌部": 2, "渠道部": 2}),
        (1, ["品牌部", "策划", "助理", "渠道部", "华东区", "华东专员", "华中区"], {}),
    ]
    assert [(above, going_on) for above, _boxes, going_on in pages("2")] == [
        (0, {"营销中心": 2}),
        (1, {"品牌部": 3, "渠道部": 3}),
        (2, {"策划": 4, "华东区": 5}),
        (3, {}),
        (3, {}),
    ]
    names = [page.name for page in compose_pages(org().outline, Options(pages="2"))]
    assert names == ["", "营销中心", "营销中心", "策划", "华东区"]


def test_large_branches_of_brothers_have_pages_of_their_own():
    made = Org("集团", *([f"{name}部", *((f"{name}{number}", {}) for number in range(9))] for name in "甲乙丙"))
    assert [going_on for _above, _boxes, going_on in pages("2", made)] == [
        {"甲部": 2, "乙部": 3, "丙部": 4},
        {},
        {},
        {},
    ]


def test_a_closed_branch_stays_closed_and_levels_end_where_they_were_asked_to():
    assert pages("departments", closed=frozenset(["N4"]))[0][2] == {"渠道部": 2}
    assert pages("2", levels=2) == [(0, ["集团", "营销中心"], {})]


def test_what_goes_on_elsewhere_stands_upright_like_its_brothers():
    first, *_others = compose_pages(org().outline, Options(pages="departments", leaves="upright"))
    brand, channel, relations = first.picture.boxes[-3:]
    assert [bool(box.standing) for box in (brand, channel, relations)] == [True] * 3
    assert brand.height == channel.height == relations.height
    assert [(box.foot.room, box.foot.y < box.y + box.height) for box in (brand, channel)] == [
        (box.width - 4, True) for box in (brand, channel)
    ]


def test_a_line_is_drawn_where_both_ends_are_or_named():
    made = org()
    made.line("策划", "助理", "assists")
    made.line("策划", "华东专员", line="dotted")
    made.line("品牌经理", "渠道部", "assists")
    made.line("品牌经理", "董事会")
    first, brand, _channel = compose_pages(made.outline, Options(pages="departments"))
    ties = [(tie.start.name, tie.end.name) for tie in first.forest.ties]
    assert ties == [("品牌部", "渠道部"), ("品牌部", "董事会")]
    assert [party.name for party in first.picture.parties] == ["董事会"]
    assert [(tie.start.name, tie.end.name) for tie in brand.forest.ties] == [("策划", "助理")]
    assert [(tie.start.name, tie.end.name, number) for tie, number in brand.beyond] == [("策划", "华东专员", 3)]


@settings(max_examples=60, deadline=None)
@given(
    outlines(), st.sampled_from(["departments", "2", "3"]), st.sampled_from(["positions", "reporting"]), st.booleans()
)
def test_every_box_stands_on_one_page_or_goes_on_from_another(outline, rule, show, upright):
    options = Options(show=show, pages=rule, compact=not upright, leaves="upright" if upright else "across")
    whole = [box.entry for box in compose(outline, options).boxes]
    found = compose_pages(outline, options)
    own = [box.entry for page in found for box in page.picture.boxes if not box.goes_on]
    assert sorted(map(id, own)) == sorted(map(id, whole))
    for page in found:
        assert overlapping(page.picture) == crossed(page.picture) == []
        for box in page.picture.boxes:
            if box.goes_on:
                there = found[box.goes_on - 1]
                assert there.above == page.number
                assert box.entry in [root.entry for root in there.forest.roots]
                assert box.goes_on_y + 16 <= box.height
                assert all(ABOVE + column.bottom <= box.goes_on_y for column in box.standing)
