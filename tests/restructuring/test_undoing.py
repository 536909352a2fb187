"""Taking changes back, and edits that meet: nothing is lost, nothing is guessed."""

import pytest

from departments.models import Change, Node
from departments.restructuring import Clash, Refused, open_edition
from departments.restructuring.checking import breaches
from departments.restructuring.undoing import undo
from tests.factories import create_function, create_org

pytestmark = pytest.mark.django_db


def shape(edition):
    """Return every node with its place and words, in document order."""
    return list(Node.tree.of(edition).values_list("uid", "parent__uid", "lft", "rght", "level", "title", "text"))


def last(edition):
    return Change.objects.filter(edition=edition).latest("number")


@pytest.mark.parametrize("verb", ["insert", "edit", "move", "remove"])
def test_undo_puts_everything_back_and_is_itself_logged(verb):
    org = create_org()
    before = shape(org.edition)
    with open_edition(org.edition) as tree:
        {
            "insert": lambda: tree.insert("duty", under=org.head.uid, before=org.approval.uid, text="主持例会"),
            "edit": lambda: tree.edit(org.budget.uid, {"text": "编制年度预算", "measure": "误差 5% 以内"}),
            "move": lambda: tree.move(org.budget.uid, under=org.sales.uid),
            "remove": lambda: tree.remove(org.pr.uid),
        }[verb]()
    change = last(org.edition)
    with open_edition(org.edition) as tree:
        undo(tree, change)
    assert shape(org.edition) == before
    assert last(org.edition).undoes == change
    assert breaches(org.edition) == []


def test_undo_of_an_undo_does_the_thing_again():
    org = create_org()
    for _round in range(2):
        with open_edition(org.edition) as tree:
            if _round == 0:
                tree.remove(org.pr.uid)
                removed = shape(org.edition)
            undo(tree, last(org.edition))
    assert shape(org.edition) == removed


def test_nothing_is_taken_back_twice():
    org = create_org()
    with open_edition(org.edition) as tree:
        tree.edit(org.budget.uid, {"text": "编制年度预算"})
        change = last(org.edition)
        undo(tree, change)
        with pytest.raises(Refused):
            undo(tree, change)


def test_undo_is_refused_where_somebody_changed_the_same_since():
    org = create_org()
    with open_edition(org.edition) as tree:
        tree.edit(org.budget.uid, {"text": "编制年度预算"})
        change = last(org.edition)
        tree.edit(org.budget.uid, {"text": "编制季度预算"})
        with pytest.raises(Refused):
            undo(tree, change)
        assert tree.node(org.budget.uid).text == "编制季度预算"


def test_undo_leaves_what_else_was_changed_since():
    org = create_org()
    with open_edition(org.edition) as tree:
        tree.edit(org.budget.uid, {"text": "编制年度预算"})
        change = last(org.edition)
        tree.edit(org.budget.uid, {"measure": "误差 5% 以内"})
        undo(tree, change)
        node = tree.node(org.budget.uid)
    assert (node.text, node.measure) == ("编制预算", "误差 5% 以内")


def test_undo_of_an_insertion_is_refused_where_more_stands_below_it():
    org = create_org()
    with open_edition(org.edition) as tree:
        desk = tree.insert("position", under=org.sales.uid, title="内勤", code="SA-01")
        change = last(org.edition)
        tree.insert("duty", under=desk.uid, text="整理合同")
        with pytest.raises(Refused):
            undo(tree, change)


def test_undo_belongs_to_its_edition():
    org, other = create_org(), create_org(slug="other")
    with open_edition(org.edition) as tree:
        tree.edit(org.budget.uid, {"text": "编制年度预算"})
    change = last(org.edition)
    with open_edition(other.edition) as tree, pytest.raises(Refused):
        undo(tree, change)


def test_edits_of_different_fields_are_both_kept():
    org = create_org()
    with open_edition(org.edition) as tree:
        tree.edit(org.budget.uid, {"text": "编制年度预算"}, expected={"text": "编制预算"})
        tree.edit(org.budget.uid, {"measure": "误差 5% 以内"}, expected={"measure": ""})
        node = tree.node(org.budget.uid)
    assert (node.text, node.measure) == ("编制年度预算", "误差 5% 以内")


def test_edits_of_the_same_field_clash_with_all_three_texts():
    org = create_org()
    with open_edition(org.edition) as tree:
        tree.edit(org.budget.uid, {"text": "编制年度预算"}, expected={"text": "编制预算"})
        with pytest.raises(Clash) as clash:
            tree.edit(org.budget.uid, {"text": "编制月度预算"}, expected={"text": "编制预算"})
        assert tree.node(org.budget.uid).text == "编制年度预算"
    assert clash.value.fields == {"text": ("编制预算", "编制年度预算", "编制月度预算")}


def test_the_same_edit_twice_is_no_clash():
    org = create_org()
    with open_edition(org.edition) as tree:
        for _time in range(2):
            tree.edit(org.budget.uid, {"text": "编制年度预算"}, expected={"text": "编制预算"})
    assert Change.objects.filter(edition=org.edition, verb="edit").count() == 1


def test_functions_count_as_one_field():
    org = create_org()
    for order, slug in enumerate(("brand", "sales", "data")):
        create_function(slug=slug, order=order)
    with open_edition(org.edition) as tree:
        tree.edit(org.budget.uid, {"functions": ["brand"]}, expected={"functions": []})
        with pytest.raises(Clash) as clash:
            tree.edit(org.budget.uid, {"functions": ["sales", "data"]}, expected={"functions": []})
    assert clash.value.fields == {"functions": ([], ["brand"], ["sales", "data"])}


def test_letters_of_other_functions_set_since_stay_when_older_ones_are_taken_back():
    org = create_org()
    head = org.head.uid

    def said() -> dict[str, str]:
        return Node.tree.get(uid=head).raci

    with open_edition(org.edition) as tree:
        for letters in ({"brand": "A"}, {"brand": "A", "sales": "R"}, {"brand": "A", "sales": "R", "data": ""}):
            tree.edit(head, {"raci": letters})
            if "sales" not in letters:
                first = last(org.edition)
        undo(tree, first)
    assert said() == {"sales": "R", "data": ""}
    with open_edition(org.edition) as tree:
        undo(tree, last(org.edition))
        assert said() == {"brand": "A", "sales": "R", "data": ""}
        tree.edit(head, {"raci": {"brand": "A", "sales": "C", "data": ""}})
        with pytest.raises(Refused):
            undo(tree, Change.objects.filter(edition=org.edition, after={"raci": {"brand": "A", "sales": "R"}}).get())
