"""A code that was ever published leads on to what has another one now."""

import pytest

from departments.restructuring import open_edition
from departments.restructuring.transitions import begin
from tests.remembering import remember
from tests.views.conftest import office
from tests.views.people import account, own_design, put_in_force, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours(make_design):
    """An own design in force for the third time; each time its head and its group had other codes."""
    return remember(lambda: renumbered(own_design(make_design(office()))))


def renumbered(ours):
    uids = {code: ours.editions.get().nodes.get(code=code).uid for code in ("HEAD", "G1")}
    for number in (2, 3):
        draft = begin(ours, by=account("editor"))
        with open_edition(draft) as tree:
            tree.edit(uids["HEAD"], {"code": f"MKT-0{number}"})
            tree.edit(uids["G1"], {"code": f"MKT-G{number}"})
        put_in_force(draft)
    return ours


@pytest.mark.parametrize("code", ["HEAD", "head", "MKT-02"])
def test_old_codes_lead_to_the_page_and_the_paper_of_today(ours, client, code):
    assert client.get(f"/designs/ours/positions/{code}/")["Location"] == "/designs/ours/positions/MKT-03/"
    assert client.get(f"/designs/ours/positions/{code}.pdf")["Location"] == "/designs/ours/positions/MKT-03.pdf"


def test_departments_and_other_editions_too(ours, client):
    assert client.get("/designs/ours/departments/G1/")["Location"] == "/designs/ours/departments/MKT-G3/"
    assert client.get("/designs/ours/editions/1/positions/MKT-03/")["Location"] == (
        "/designs/ours/editions/1/positions/HEAD/"
    )
    begin(ours, by=account("editor"))
    assert signed_in("editor").get("/designs/ours/draft/positions/HEAD/")["Location"] == (
        "/designs/ours/draft/positions/MKT-03/"
    )


def test_a_code_nobody_had_or_of_another_kind_leads_nowhere(ours, client):
    for page in ("positions/NONE/", "positions/G1/", "departments/HEAD/", "positions/NONE.pdf"):
        assert client.get(f"/designs/ours/{page}").status_code == 404


def test_a_code_that_only_a_draft_had_leads_nowhere(ours, client):
    draft = begin(ours, by=account("editor"))
    with open_edition(draft) as tree:
        tree.edit(draft.nodes.get(code="MKT-03").uid, {"code": "MKT-99"})
    assert client.get("/designs/ours/positions/MKT-99/").status_code == 404


def test_a_code_given_anew_means_who_has_it_now(ours, client):
    draft = begin(ours, by=account("editor"))
    with open_edition(draft) as tree:
        tree.insert("position", under=draft.nodes.get(code="MKT").uid, title="新岗", code="HEAD")
    put_in_force(draft)
    assert client.get("/designs/ours/positions/HEAD/").status_code == 200


def test_who_is_gone_leads_nowhere(ours, client):
    draft = begin(ours, by=account("editor"))
    with open_edition(draft) as tree:
        tree.remove(draft.nodes.get(code="MKT-03").uid)
    put_in_force(draft)
    assert client.get("/designs/ours/positions/HEAD/").status_code == 404
