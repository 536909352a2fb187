"""Codes by the pattern: the next free number, in departments that have a code and below those that have none."""

import pytest

from departments.models import Organisation
from departments.models.outlines import Outline
from departments.restructuring import open_edition
from departments.wording.codes import next_code, numbered, stem
from tests.factories import create_org

pytestmark = pytest.mark.django_db


@pytest.fixture
def outline():
    org = create_org()
    with open_edition(org.edition) as tree:
        group = tree.insert("department", under=org.pr.uid, title="媒介组")
        tree.insert("position", under=group.uid, title="记者", code="pr-07")
        tree.insert("department", under=org.pr.uid, title="活动组", code="PR-D1")
    return Outline(org.edition)


@pytest.mark.parametrize(
    ("above", "kind", "code"),
    [
        ("MK", "position", "MK-02"),
        ("PR", "position", "PR-08"),
        ("PR-02", "position", "PR-08"),  # below a position: its department's
        ("PR", "department", "PR-D02"),
        ("SA", "position", "SA-01"),
        ("SA", "department", "SA-D01"),
    ],
)
def test_the_next_number_follows_the_greatest_in_use(outline, above, kind, code):
    assert next_code(outline, outline.find(above), kind) == code


def test_a_department_without_a_code_takes_that_of_the_one_above(outline):
    group = next(entry for entry in outline.entries if entry.title == "媒介组")
    assert (stem(group), next_code(outline, group)) == ("PR", "PR-08")


def test_where_nothing_above_has_a_code_none_is_proposed(outline):
    outline.root.code = ""
    assert (next_code(outline, outline.root), numbered(outline, [outline.find("MK-01")], [])) == (
        "",
        {outline.find("MK-01"): ""},
    )


def test_numbers_go_by_department_and_past_what_is_taken(outline):
    positions = outline.positions
    found = numbered(outline, positions, ["PR-02", "mk-01"])
    assert [(str(entry), code) for entry, code in found.items()] == [
        ("市场部主任", "MK-02"),
        ("公关科主任", "PR-01"),
        ("公关专员", "PR-03"),
        ("记者", "PR-04"),
    ]


def test_codes_of_an_own_design_begin_with_the_companys_whether_proposed_or_renumbered(outline):
    Organisation.objects.create(name="华新", code="HX")
    assert next_code(outline, outline.find("PR")) == "PR-08"  # a reference belongs to no company
    outline.edition.design.origin = "own"
    outline.find("SA").code = "hx-SA"
    assert (next_code(outline, outline.find("PR")), stem(outline.find("SA"), "HX")) == ("HX-PR-01", "hx-SA")
    codes = list(numbered(outline, outline.positions, ["HX-PR-01"]).values())
    assert codes == ["HX-MK-01", "HX-PR-02", "HX-PR-03", "HX-PR-04"]
