"""A design with all its editions as one file: out, in, and out again the same, byte for byte."""

import json

import pytest

from departments.documents import files
from departments.documents.chronicles import chronicle, load_chronicle
from departments.documents.files import DocumentError, to_json, to_yaml
from departments.models import Design, Edition
from departments.restructuring import open_edition
from departments.restructuring.checking import breaches
from departments.restructuring.removing import remove_design
from departments.restructuring.transitions import begin
from tests.formats.extracts import bureau, extract
from tests.views.people import own_design, put_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def design() -> Design:
    """One edition superseded, one in force, one a draft; a title differs in each."""
    ours = own_design(extract(bureau()).edition.design)
    for title in ("二版", "三版"):
        draft = begin(ours, by=None)
        with open_edition(draft) as room:
            room.edit(draft.nodes.get(code="G1").uid, {"title": title})
        if title == "二版":
            put_in_force(draft)
    return ours


def test_all_editions_go_out_and_come_in_the_same(design):
    text = to_yaml(chronicle(design))
    said = [(one.number, one.status) for one in files.parse_chronicle(text).editions]
    assert said == [(1, "superseded"), (2, "in_force"), (3, "draft")]
    remove_design(design, confirm=design.slug)
    made = load_chronicle(files.parse_chronicle(text))
    assert to_yaml(chronicle(made)) == text
    assert [breaches(edition) for edition in made.editions.all()] == [[], [], []]
    titles = [edition.nodes.get(code="G1").title for edition in made.editions.order_by("number")]
    assert titles == ["第1组", "二版", "三版"]
    assert len({edition.nodes.get(code="G1").uid for edition in made.editions.all()}) == 1


def test_the_json_says_the_same_and_drafts_stay_where_they_are_not_to_be_seen(design):
    whole = chronicle(design)
    assert files.parse_chronicle(to_json(whole)) == whole
    assert files.is_chronicle(to_json(whole))
    assert files.is_chronicle(to_yaml(whole))
    assert [one.number for one in chronicle(design, drafts=False).editions] == [1, 2]


def test_a_design_that_is_there_is_not_written_over(design):
    given = chronicle(design)
    with pytest.raises(DocumentError):
        load_chronicle(given)
    assert Edition.objects.filter(design=design).count() == 3


@pytest.mark.parametrize(
    "wrong",
    [{"number": 1}, {"status": "in_force", "effective_on": "2026-01-02"}, {"status": "superseded"}, {"status": "odd"}],
)
def test_editions_that_do_not_follow_each_other_are_refused(design, wrong):
    data = json.loads(to_json(chronicle(design)))
    data["editions"][2] |= wrong
    with pytest.raises(DocumentError):
        files.parse_chronicle(json.dumps(data))
