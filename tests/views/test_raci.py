"""/designs/<slug>/raci/: who carries out, answers for, is asked and is told; set in a draft."""

import io

import pytest
from openpyxl import load_workbook

from departments.models import Change, Edition
from departments.restructuring import open_edition
from departments.restructuring.editions import copy, start_edition
from departments.restructuring.transitions import begin
from departments.restructuring.undoing import undo
from tests.remembering import remember
from tests.views.conftest import duty, office, position
from tests.views.people import account, own_design, signed_in

PROCESS = {"name": "流程", "steps": [{"number": 1, "who": ["HEAD", "采购部"], "action": "做"}]}
DRAFT = "/designs/ours/draft/raci/market-research/"


@pytest.fixture
def draft(make_design):
    """Return the draft of an own design of a head and a clerk with one duty each."""
    ours = office(groups=1, duties=1, processes=[PROCESS])
    return remember(lambda: begin(own_design(make_design(ours)), by=account("", "author")))


def cells(context):
    return {str(cell.place): cell.text for cell in context["line"].cells}


def sent(page, **letters):
    """Return a function's form as the page shows it, with other letters ticked for some codes."""
    form = {"do": "save"}
    for row in page.context["rows"]:
        form[f"{row.key}-seen"] = row.seen
        form[row.key] = list(letters.get(row.cell.place.code.replace("-", "_"), row.shown))
    return form


def test_a_letter_leads_to_the_duties_behind_it(client, make_design):
    make_design(office(groups=1, duties=1, processes=[PROCESS]))
    page = client.get("/designs/office/raci/").content.decode()
    assert 'href="/designs/office/raci/market-research/#position-G1-STAFF"' in page
    assert "采购部" in page  # who acts in a process and is no position
    why = client.get("/designs/office/raci/market-research/")
    assert cells(why.context) == {"市场部经理": "RA", "专员1": "R"}
    assert "/designs/office/positions/G1-STAFF/#duty-" in why.content.decode()
    assert "<form" not in why.content.decode().split("<main")[1]


def test_an_editor_sets_letters_and_takes_them_back(draft):
    editor = signed_in("editor")
    page = editor.get(DRAFT)
    assert editor.post(DRAFT, sent(page, HEAD="A", G1_STAFF="RC")).status_code == 302
    assert cells(editor.get(DRAFT).context) == {"市场部经理": "A", "专员1": "RC"}
    assert {node.code: node.raci for node in draft.nodes.exclude(raci={})} == {
        "HEAD": {"market-research": "A"},
        "G1-STAFF": {"market-research": "RC"},
    }
    history = editor.get("/designs/ours/draft/history/").content.decode()
    assert "RACI" in history
    with open_edition(draft) as room:
        undo(room, Change.objects.get(edition=draft, group=None, note__contains="RACI"))
    assert not draft.nodes.exclude(raci={}).exists()


def test_what_is_ticked_as_derived_stays_derived_and_confirming_sets_it(draft):
    editor = signed_in("editor")
    page = editor.get(DRAFT)
    editor.post(DRAFT, sent(page))
    assert not draft.nodes.exclude(raci={}).exists()
    editor.post(DRAFT, sent(page) | {"do": "confirm"})
    assert {node.code: node.raci for node in draft.nodes.exclude(raci={})} == {
        "HEAD": {"market-research": "RA"},
        "G1-STAFF": {"market-research": "R"},
    }
    editor.post(DRAFT, sent(editor.get(DRAFT), G1_STAFF="RI"))  # what was confirmed stays
    assert {node.code: node.raci["market-research"] for node in draft.nodes.exclude(raci={})} == {
        "HEAD": "RA",
        "G1-STAFF": "RI",
    }
    editor.post(DRAFT, sent(editor.get(DRAFT)) | {"do": "derive"})
    assert not draft.nodes.exclude(raci={}).exists()


def test_what_somebody_else_set_meanwhile_is_not_written_over(draft):
    editor = signed_in("editor")
    page = editor.get(DRAFT)
    clerk = draft.nodes.get(code="G1-STAFF")
    with open_edition(draft) as room:
        room.edit(clerk.uid, {"raci": {"market-research": "I", "brand": "C"}})
    answer = editor.post(DRAFT, sent(page, HEAD="A", G1_STAFF="RC"))
    assert answer.status_code == 409
    assert [(row.shown, row.now) for row in answer.context["rows"]] == [("A", None), ("RC", "I")]
    assert draft.nodes.get(code="HEAD").raci == {}
    form = sent(page, HEAD="A", G1_STAFF="RC") | {f"seat-{clerk.uid.hex}-seen": "I"}
    assert editor.post(DRAFT, form).status_code == 302
    assert draft.nodes.get(code="G1-STAFF").raci == {"market-research": "RC", "brand": "C"}


def test_only_editors_set_letters_and_only_in_a_draft(draft):
    page = signed_in("editor").get(DRAFT)
    assert signed_in("reviewer").post(DRAFT, sent(page, HEAD="A")).status_code == 403
    assert signed_in("editor").post("/designs/ours/raci/market-research/", sent(page, HEAD="A")).status_code == 403
    draft.status = Edition.Status.IN_REVIEW
    draft.save()
    assert signed_in("editor").post(DRAFT, sent(page, HEAD="A")).status_code == 403


def test_letters_are_copied_with_the_edition_and_stand_in_the_document(draft):
    with open_edition(draft) as room:
        room.edit(draft.nodes.get(code="HEAD").uid, {"raci": {"brand": "A"}})
    Edition.objects.filter(pk=draft.pk).update(status=Edition.Status.SUPERSEDED, effective_on="2026-01-01")
    again = start_edition(draft.design)
    copy(draft, again)
    assert again.nodes.get(code="HEAD").raci == {"brand": "A"}
    text = signed_in("editor").get("/designs/ours/draft/design.yaml").content.decode()
    assert "raci:\n    brand: A" in text.replace("      ", "    ")


def test_the_workbook_says_the_same_and_runs_nothing(client, make_design):
    document = office(groups=1, duties=1, processes=[PROCESS])
    document["tree"]["children"].append(position("RISK", "=1+1", duty("调研")))
    make_design(document)
    answer = client.get("/designs/office/raci.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    rows = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True)}
    assert next(iter(rows.values())) == ("市场部经理", "专员1", "=1+1")
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert rows["市场调研"] == ("R A推", "R", "R")
    assert [page.title for page in book.worksheets][1] == "流程"


@pytest.mark.parametrize("groups", [1, 3])
def test_raci_costs_the_same_whatever_the_size(client, make_design, django_assert_num_queries, groups):
    make_design(office(groups=groups, duties=groups, processes=[PROCESS]))
    with django_assert_num_queries(7):
        client.get("/designs/office/raci/")
    with django_assert_num_queries(5):
        client.get("/designs/office/raci/market-research/")
    with django_assert_num_queries(7):
        client.get("/designs/office/raci.xlsx")


def test_one_step_from_the_design_and_unknown_functions(client, make_design):
    make_design(office())
    assert 'href="/designs/office/raci/"' in client.get("/designs/office/").content.decode()
    assert client.get("/designs/office/raci/nothing/").status_code == 404
    assert client.get("/designs/office/raci/?most=x").context["most"] == 8
