"""The chart of what became of the departments between two editions."""

import pytest

from departments.charts import compose_moves
from departments.formats.svg import draw
from departments.models.outlines import Outline
from departments.restructuring import open_draft, open_edition
from tests.factories import create_org, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def org():
    org = create_org(in_force=True)
    org.draft = open_draft(org.design)
    return org


def _moves(org):
    return compose_moves(Outline(org.edition), Outline(org.draft))


def _states(picture) -> list[tuple[str, str, str]]:
    return [(box.name, box.state, box.parent.name if box.parent else "") for box in picture.boxes]


def test_where_every_department_stays_there_is_nothing_to_draw(org):
    with open_edition(org.draft) as room:
        room.edit(org.pr.uid, {"title": "公共关系科"})
        room.insert("position", under=org.pr.uid, title="助理")
        room.move(org.sales.uid, under=org.root.uid, before=org.pr.uid)
    assert _moves(org) is None


def test_new_moved_and_removed_departments_are_drawn_where_they_stand_and_stood(org):
    with open_edition(org.draft) as room:
        team = room.insert("department", under=org.sales.uid, title="渠道组")
        room.move(org.pr.uid, under=team.uid)
        room.edit(org.pr.uid, {"title": "公共关系科"})
    picture = _moves(org)
    assert _states(picture) == [
        ("市场部", "", ""),
        ("营销科", "", "市场部"),
        ("渠道组", "added", "营销科"),
        ("公共关系科", "moved", "渠道组"),
        ("公关科", "stood", "市场部"),
    ]
    (line,) = [stroke for stroke in picture.strokes if stroke.style == "moved"]
    assert (line.start.name, line.end.name) == ("公关科", "公共关系科")
    svg = draw(picture, label="部门变化")
    assert 'class="department stood"' in svg
    assert [word in svg for word in ("新增", "移至此处", "原在此处", "撤销")] == [True, True, True, False]


def test_what_stood_in_a_removed_department_is_found_there(org):
    with open_edition(org.draft) as room:
        team = room.insert("department", under=org.pr.uid, title="媒体组")
    publish(org.draft)
    org.edition, org.draft = org.draft, open_draft(org.design)
    with open_edition(org.draft) as room:
        room.move(team.uid, under=org.sales.uid)
        room.remove(org.pr.uid)
    assert _states(_moves(org)) == [
        ("市场部", "", ""),
        ("营销科", "", "市场部"),
        ("媒体组", "moved", "营销科"),
        ("公关科", "removed", "市场部"),
        ("媒体组", "stood", "公关科"),
    ]
