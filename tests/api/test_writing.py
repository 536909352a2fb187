"""Drafts are written under the rules, versions and rights of the screen."""

import pytest
from django.test import Client

from departments.documents.writing import document
from departments.models import Change, Edition, Grant, Node
from departments.restructuring import open_edition
from departments.restructuring.checking import breaches
from tests.api.conftest import API, caller
from tests.views.people import account

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]  # what is asked for is sent by `send`, under any method
DRAFT = f"{API}/designs/ours/editions/draft"
NODES = f"{DRAFT}/nodes"
WRITERS = (401, 404, 404, 201, 403, 403, 201)


@pytest.fixture
def editor(draft):
    """A program of an editor."""
    return caller("editor")


def uid(draft: Edition, code: str) -> str:
    return str(draft.nodes.get(code=code).uid)


def send(client: Client, method: str, path: str, body=None, *, seen: str | None = None):
    """Send JSON; `seen` is the ETag the program has, read now where it says nothing."""
    if (seen is None and method in ("patch", "delete")) or path.endswith("/move"):
        seen = client.get(f"{NODES}/{path.removesuffix('/move')}").headers.get("ETag", '"1"') if seen is None else seen
    headers = {"If-Match": seen} if seen else {}
    return getattr(client, method)(
        f"{NODES}/{path}" if path else NODES, body, content_type="application/json", headers=headers
    )


def test_only_what_is_sent_is_written(draft, editor):
    sent = {"title": "市场部总经理", "headcount": {"form": "range", "min": 1, "max": 2}, "functions": ["brand"]}
    answer = send(editor, "patch", "HEAD", sent)
    assert answer.status_code == 200
    node = draft.nodes.get(code="HEAD")
    assert (node.title, node.headcount_form, node.headcount_max, node.head) == ("市场部总经理", "range", 2, True)
    assert answer.json()["node"]["functions"] == ["brand"]
    change = Change.objects.filter(edition=draft).last()
    assert (answer.json()["change"], change.verb, change.by) == (change.number, "edit", account("editor"))
    assert answer["ETag"].startswith('"2-')
    again = send(editor, "patch", "HEAD", sent, seen=answer["ETag"])
    assert (again.status_code, again.json()["change"]) == (200, None)
    assert breaches(draft) == []


def test_facts_of_a_department_are_written_as_parts_and_read_back(draft, editor):
    sent = {
        "unit_type": "section",
        "repeats": "每个大区一个",
        "place_basis": "inferred",
        "levels": [{"level": "主管级", "headcount": {"form": "number", "min": 7}}],
        "remarks": [{"label": "预算：位次", "text": "花费较少\n逐年核定"}],
    }
    answer = send(editor, "patch", "G1", sent)
    assert answer.status_code == 200
    node, told = draft.nodes.get(code="G1"), answer.json()["node"]
    figures = {
        "form": "number",
        "min": 7,
        "max": 7,
        "per": None,
        "varies_with": None,
        "basis": "stated",
        "filled": None,
    }
    assert node.levels == [{"level": "主管级", "headcount": figures}]
    assert told["levels"] == [{"level": "主管级", "headcount": {**figures, "per": "", "varies_with": ""}}]
    plain = ("unit_type", "repeats", "place_basis", "remarks")
    assert [getattr(node, name) for name in plain] == [told[name] for name in plain] == [sent[name] for name in plain]
    under = uid(draft, "MKT")
    made = send(editor, "post", "", {"kind": "department", "under": under, "title": "推广组", **sent}).json()["node"]
    assert [made[name] for name in sent] == [told[name] for name in sent]
    assert document(draft).tree.children[-1].levels[0].headcount.min == 7
    assert breaches(draft) == []


def test_where_somebody_was_faster_both_texts_come_back(draft, editor):
    etag = editor.get(f"{NODES}/HEAD")["ETag"]
    with open_edition(draft, by=account("administrator")) as room:
        room.edit(draft.nodes.get(code="HEAD").uid, {"title": "首席市场官"})
    answer = send(editor, "patch", "HEAD", {"title": "市场总监"}, seen=etag)
    assert answer.status_code == 412
    assert answer.json()["both"] == {"title": {"now": "首席市场官", "sent": "市场总监"}}
    assert answer.json()["node"]["version"] == 2
    for method, path, body in (("delete", "HEAD", None), ("post", "HEAD/move", {"under": uid(draft, "G1")})):
        assert send(editor, method, path, body, seen=etag).status_code == 412
    assert draft.nodes.get(code="HEAD").title == "首席市场官"


@pytest.mark.parametrize(("seen", "status"), [("", 428), ("*", 428), ("3", 400), ('W/"1"', 400)])
def test_nothing_is_overwritten_unseen(draft, editor, seen, status):
    answer = send(editor, "patch", "HEAD", {"title": "市场总监"}, seen=seen)
    assert answer.status_code == status
    assert draft.nodes.get(code="HEAD").title == "市场部经理"


@pytest.mark.parametrize(
    ("sent", "status", "fields"),
    [
        ({"title": ""}, 422, ["title"]),
        ({"title": None}, 422, ["title"]),
        ({"colour": "red"}, 422, ["colour"]),
        ({"text": "写报告"}, 422, ["text"]),
        ({"code": "G1"}, 409, ["code"]),
        ({"functions": ["flying"]}, 409, ["functions"]),
        ({"headcount": {"form": "range", "min": 3, "max": 1}}, 409, ["headcount"]),
        ({"headcount": {"form": "range", "min": -1}}, 422, ["headcount.min"]),
        ({"levels": []}, 422, ["levels"]),
        ({"unit_type": "team"}, 409, ["unit_type"]),
        ({"place_basis": "guessed"}, 422, ["place_basis"]),
        ({"repeats": "每" * 201}, 422, ["repeats"]),
        ({"remarks": [{"label": "任期"}]}, 422, ["remarks.0.text"]),
    ],
)
def test_the_rules_are_those_of_the_screen(draft, editor, sent, status, fields):
    answer = send(editor, "patch", "HEAD", sent)
    assert (answer.status_code, list(answer.json()["fields"])) == (status, fields)
    assert Node.tree.get(edition=draft, code="HEAD").version == 1


def test_what_is_no_json_is_said_to_be_none(draft, editor):
    answer = editor.patch(f"{NODES}/HEAD", "{", content_type="application/json", headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["error"]) == (400, "提交的内容不是 JSON。")


def test_nodes_are_put_moved_removed_and_brought_back(draft, editor):
    made = send(editor, "post", "", {"kind": "position", "under": uid(draft, "G1"), "title": "策划", "code": "G1-PLAN"})
    assert (made.status_code, made.json()["node"]["trail"][-1]["code"]) == (201, "G1")
    body = {"kind": "duty", "under": made.json()["node"]["uid"], "text": "编写方案", "functions": ["brand"]}
    assert send(editor, "post", "", body).status_code == 201
    moved = send(editor, "post", "G1-PLAN/move", {"under": uid(draft, "MKT"), "before": uid(draft, "G1")})
    assert (moved.status_code, [one["code"] for one in moved.json()["node"]["trail"]]) == (200, ["MKT"])
    gone = send(editor, "delete", "G1-PLAN")
    assert (gone.status_code, gone.json()["node"]) == (200, None)
    assert editor.get(f"{NODES}/G1-PLAN").status_code == 404
    back = editor.post(f"{DRAFT}/changes/{gone.json()['change']}/undo")
    assert (back.status_code, [one["title"] for one in back.json()["node"]["children"]]) == (200, ["编写方案"])
    twice = editor.post(f"{DRAFT}/changes/{gone.json()['change']}/undo")
    assert twice.status_code == 409
    assert breaches(draft) == []


def test_what_cannot_stand_there_is_refused(draft, editor):
    head = uid(draft, "HEAD")
    for body in (
        {"kind": "department", "under": head, "title": "处"},
        {"kind": "position", "under": "00000000-0000-0000-0000-000000000000", "title": "员"},
        {"kind": "position", "under": head},
        {"kind": "position", "under": head, "title": "员", "code": "G1"},
    ):
        assert send(editor, "post", "", body).status_code == 409
    assert send(editor, "post", "MKT/move", {"under": head}).status_code == 409
    assert send(editor, "delete", "MKT").status_code == 409
    assert breaches(draft) == []


def test_a_statement_takes_the_section_of_its_heading(draft, editor):
    head = uid(draft, "HEAD")
    heading = send(editor, "post", "", {"kind": "duty", "under": head, "text": "任职", "section": "qualification"})
    duty = draft.nodes.get(text="制定市场调研计划")
    moved = send(editor, "post", f"{duty.uid}/move", {"under": heading.json()["node"]["uid"]})
    assert moved.json()["node"]["section"] == "qualification"
    assert breaches(draft) == []


def test_who_may_write(draft):
    body = {"kind": "position", "under": uid(draft, "MKT"), "title": "策划"}
    roles = ("", "reader", "editor", "reviewer", "approver", "administrator")
    callers = [Client(), *(caller(role) for role in roles)]
    assert tuple(send(one, "post", "", body).status_code for one in callers) == WRITERS
    reading = send(caller("editor", writes=False), "post", "", body)
    assert (reading.status_code, reading.json()["error"]) == (403, "此令牌只能读取。")


def test_rights_in_a_branch_end_with_the_branch(draft):
    Grant.objects.create(user=account("reader", "hr"), design=draft.design, department=draft.nodes.get(code="G1").uid)
    hr = caller("reader", "hr")
    assert send(hr, "patch", "G1-STAFF", {"title": "资深专员"}).status_code == 200
    assert send(hr, "patch", "HEAD", {"title": "总监"}).status_code == 403
    assert send(hr, "post", "G1-STAFF/move", {"under": uid(draft, "MKT")}).status_code == 403
    outside = {"kind": "position", "under": uid(draft, "MKT"), "title": "策划"}
    assert send(hr, "post", "", outside).status_code == 403


def test_only_a_draft_is_written(draft, editor):
    etag = editor.get(f"{NODES}/HEAD")["ETag"]
    Edition.objects.filter(pk=draft.pk).update(status="in_review")
    assert send(editor, "patch", "HEAD", {"title": "总监"}, seen=etag).status_code == 403
    published = f"{API}/designs/ours/editions/in-force/nodes/HEAD"
    sent = {"content_type": "application/json", "headers": {"If-Match": etag}}
    assert editor.patch(published, {"title": "总监"}, **sent).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_costs_do_not_grow(make_design, editor, draft, django_assert_num_queries, count):
    for number in range(count):
        send(editor, "post", "", {"kind": "position", "under": uid(draft, "G1"), "title": f"员{number}"})
    etag = editor.get(f"{NODES}/HEAD")["ETag"]
    with django_assert_num_queries(23):
        send(editor, "patch", "HEAD", {"title": "总监"}, seen=etag)
