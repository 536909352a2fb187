"""What changed between two editions, told node by node."""

import pytest

from departments.comparison.revision import revise
from departments.models.outlines import Outline
from departments.restructuring import open_edition
from departments.restructuring.adopting import adopt
from departments.restructuring.editions import open_draft
from tests.factories import create_org, create_relation

pytestmark = pytest.mark.django_db


@pytest.fixture
def org():
    org = create_org(in_force=True)
    org.draft = open_draft(org.design)
    return org


def _told(org, origins=None, draft=None):
    """Return place → [(verdict, node, the fields said differently)]."""
    places = revise(Outline(org.edition), Outline(draft or org.draft), origins)
    return {
        str(place.entry): [
            (one.verdict, str(one.entry), [str(field.label) for field in one.fields]) for one in place.revisions
        ]
        for place in places
    }


def _marked(parts):
    return "".join(f"[{part.text}]" if part.changed else part.text for part in parts)


def test_nothing_changed_is_nothing_told(org):
    assert _told(org) == {}


def test_a_reworded_duty_shows_the_words_that_changed(org):
    with open_edition(org.draft) as tree:
        tree.edit(org.press.uid, {"text": "联络媒体与读者"})
    (place,) = revise(Outline(org.edition), Outline(org.draft))
    (revision,) = place.revisions
    (field,) = revision.fields
    assert (str(place.entry), revision.verdict) == ("公关专员", "reworded")
    assert (_marked(field.left), _marked(field.right)) == ("联络媒体", "联络媒体[与读者]")


def test_what_was_added_and_removed_stands_at_its_holder(org):
    with open_edition(org.draft) as tree:
        tree.insert("duty", under=org.head.uid, text="主持例会")
        tree.remove(org.budget.uid)
    assert _told(org) == {"市场部主任": [("added", "主持例会", []), ("removed", "编制预算", [])]}


def test_a_removed_branch_names_everything_it_held(org):
    with open_edition(org.draft) as tree:
        tree.remove(org.pr_head.uid)
    assert _told(org) == {
        "公关科主任": [("removed", "公关科主任", [])],
        "公关专员": [("removed", "公关专员", []), ("removed", "联络媒体", [])],
    }


def test_a_node_under_another_parent_has_moved_and_what_it_holds_has_not(org):
    with open_edition(org.draft) as tree:
        tree.move(org.officer.uid, under=org.sales.uid)
    (place,) = revise(Outline(org.edition), Outline(org.draft))
    assert [(one.verdict, str(one.entry), one.elsewhere) for one in place.revisions] == [("moved", "公关专员", True)]


def test_of_siblings_only_the_one_that_left_the_order_has_moved(org):
    with open_edition(org.draft) as tree:
        tree.move(org.approval.uid, under=org.head.uid, before=org.budget.uid)
    (place,) = revise(Outline(org.edition), Outline(org.draft))
    (revision,) = place.revisions
    assert (revision.verdict, revision.elsewhere) == ("moved", False)


def test_a_moved_and_reworded_duty_is_told_once_with_both(org):
    with open_edition(org.draft) as tree:
        tree.move(org.press.uid, under=org.head.uid)
        tree.edit(org.press.uid, {"text": "联络各媒体"})
    (place,) = revise(Outline(org.edition), Outline(org.draft))
    (revision,) = place.revisions
    assert (str(place.entry), revision.verdict, len(revision.fields)) == ("市场部主任", "moved", 1)


def test_every_field_a_reader_sees_is_compared(org):
    with open_edition(org.draft) as tree:
        tree.edit(org.officer.uid, {"title": "媒体专员", "code": "PR-03", "grade": "P3", "aliases": ["记者"]})
        tree.edit(
            org.officer.uid, {"headcount_form": "number", "headcount_min": 2, "headcount_max": 2, "summary": "写稿"}
        )
        tree.edit(org.press.uid, {"weight": "auxiliary", "measure": "每月", "section": "indicator"})
        start = org.draft.nodes.get(uid=org.officer.uid)
        create_relation(edition=org.draft, kind="works_with", start=start, outside="报社", about="供稿")
    told = _told(org)
    assert [len(fields) for _verdict, _node, fields in told["媒体专员"]] == [7, 3]


def test_an_adopted_design_is_compared_with_what_it_was_copied_from(org):
    draft = adopt(org.edition, name="本院", slug="ours", by=None).editions.get()
    with open_edition(draft) as tree:
        tree.edit(draft.nodes.get(code="PR").uid, {"title": "公共关系科"})
    origins = {node.uid: org.edition.nodes.get(uid=node.origin_uid).uid for node in draft.nodes.all()}
    assert [str(place) for place in _told(org, origins, draft)] == ["公共关系科"]
