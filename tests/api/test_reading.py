"""What is read: the same as on the pages, in parts, as cheaply for much as for little, and not twice."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from departments.formats import docx
from departments.models import Holder, Organisation, PrintedPaper, PrintJob
from tests.api.conftest import API, caller
from tests.views.conftest import office
from tests.views.people import own_design

pytestmark = pytest.mark.django_db
NODES = f"{API}/designs/office/editions/in-force/nodes"
READ = {  # address: queries, 2 of them to count the first call of a minute
    f"{API}/designs": 7,
    f"{API}/designs/office": 7,
    f"{API}/designs/office/editions": 7,
    f"{API}/designs/office/editions/in-force": 7,
    f"{API}/designs/office/editions/in-force/document": 12,
    f"{API}/designs/office/editions/in-force/tree?duties=yes": 6,
    NODES: 6,
    f"{NODES}/HEAD": 6,
    f"{API}/search?q=专员": 4,
    f"{API}/search?q=专员&kind=position": 4,
    f"{API}/functions": 5,
    f"{API}/functions/market-research": 6,
    f"{API}/comparison?a=office&b=office": 10,
    f"{API}/designs/office/editions/in-force/chart?show=reporting": 6,
}


def titles(client, address, **query):
    return [item["title"] or item["text"] for item in client.get(address, query).json()["items"]]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("address", READ)
def test_costs_do_not_grow(make_design, client, django_assert_num_queries, address, count):
    for number in range(count):
        make_design(office("office" if not number else f"office-{number}", groups=count, duties=count))
    with django_assert_num_queries(READ[address]):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_cost_of_a_booklet_does_not_grow(make_design, client, django_assert_num_queries, count):
    make_design(office(groups=count, duties=count))
    address = f"{API}/designs/office/editions/in-force/booklets"
    with django_assert_num_queries(16):
        asked = client.post(address, {}, content_type="application/json")
    with django_assert_num_queries(2):
        assert client.get(asked.json()["url"]).json()["state"] == "waiting"
    with django_assert_num_queries(2):
        assert client.get(f"{asked.json()['url']}/paper.pdf").status_code == 409


def test_a_list_comes_in_parts_in_one_order(make_design, client):
    for slug in ("c", "a", "b"):
        make_design(office(slug))
    whole = client.get(f"{API}/designs").json()
    assert [item["slug"] for item in whole["items"]] == ["a", "b", "c"]
    assert whole["items"][0]["edition"]["counts"] == {"departments": 2, "positions": 2, "duties": 3}
    part = client.get(f"{API}/designs", {"limit": 1, "offset": 1}).json()
    assert (part["total"], [item["slug"] for item in part["items"]]) == (3, ["b"])


def test_designs_are_found_by_what_they_suit(make_design, client):
    make_design(office("shop", fits={"industries": ["retail"]}))
    make_design(office("any"))

    def found(**query):
        return [item["slug"] for item in client.get(f"{API}/designs", query).json()["items"]]

    assert found(industries="retail") == ["shop"]
    assert found(industries="unstated") == ["any"]
    assert found(origin="own") == []
    assert found(kind="complete") == ["any", "shop"]


def test_nodes_are_found_by_kind_function_and_department(make_design, client):
    make_design(office())
    assert titles(client, NODES, kind="position") == ["市场部经理", "专员1"]
    assert titles(client, NODES, kind="department", function="brand") == ["市场部", "第1组"]
    assert titles(client, NODES, department="g1") == ["专员1", "收集第1类市场信息"]
    assert client.get(NODES, {"department": "nobody"}).status_code == 404


def test_a_node_is_read_by_code_and_by_uid(make_design, client):
    make_design(office())
    head = client.get(f"{NODES}/head").json()
    assert (head["title"], head["version"], [above["title"] for above in head["trail"]]) == (
        "市场部经理",
        1,
        ["市场部"],
    )
    assert head["superiors"] == [
        {"kind": "reports_to", "to": None, "outside": "总经理", "basis": "stated", "line": "solid", "about": ""}
    ]
    assert client.get(f"{NODES}/{head['uid']}").json() == head
    (duty,) = head["children"]
    assert client.get(f"{NODES}/{duty['uid']}").json()["text"] == "制定市场调研计划"


def test_the_document_is_what_the_command_prints(make_design, client):
    make_design(office())
    printed = StringIO()
    call_command("export_design", "office", stdout=printed)
    read = client.get(f"{API}/designs/office/editions/in-force/document")
    assert read.json() == json.loads(printed.getvalue())


def test_the_tree_goes_as_deep_as_asked(make_design, client):
    make_design(office())
    tree = f"{API}/designs/office/editions/in-force/tree"
    whole = client.get(tree, {"duties": "yes"}).json()
    assert [child["title"] for child in whole["children"]] == ["研究市场", "市场部经理", "第1组"]
    flat = client.get(tree, {"depth": 1}).json()
    assert [(child["title"], child["children"]) for child in flat["children"]] == [("市场部经理", []), ("第1组", [])]
    assert client.get(tree, {"start": "G1"}).json()["children"][0]["title"] == "专员1"


@pytest.mark.parametrize("address", READ)
def test_nothing_is_sent_twice(make_design, client, address):
    make_design(office())
    etag = client.get(address)["ETag"]
    again = client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)


def test_holders_are_handed_out_only_where_the_organisation_says_so(make_design, client):
    ours = own_design(make_design(office()))
    head = ours.editions.get().nodes.get(code="HEAD")
    Holder.objects.create(design=ours, uid=head.uid, name="李明")
    address = f"{API}/designs/ours/editions/in-force/nodes/HEAD"
    assert client.get(address).json()["holders"] == []
    organisation = Organisation.objects.create(name="本公司", holders_seen_by="signed_in", holders_carried=True)
    assert (client.get(address).json()["holders"], caller("reader").get(address).json()["holders"]) == ([], ["李明"])
    Organisation.objects.filter(pk=organisation.pk).update(holders_carried=False)
    assert caller("reader").get(address).json()["holders"] == []


def test_the_search_finds_what_the_page_finds(make_design, client):
    make_design(office())
    found = client.get(f"{API}/search", {"q": "经理", "kind": "position"}).json()
    assert [(group["kind"], group["total"]) for group in found["groups"]] == [("position", 1)]
    assert found["groups"][0]["items"][0]["url"] == "http://testserver/designs/office/positions/HEAD/"
    assert client.get(f"{API}/search").status_code == 422


def test_a_draft_is_searched_for_those_who_may_see_it(draft, client):
    query = {"q": "经理", "design": "ours", "edition": "draft"}
    assert client.get(f"{API}/search", query).status_code == 401
    assert caller("editor").get(f"{API}/search", query).json()["groups"][0]["items"][0]["title"] == "市场部经理"


def test_who_does_what(make_design, client):
    make_design(office())
    functions = client.get(f"{API}/functions", {"limit": 200}).json()["items"]
    assert {one["slug"]: one["designs"] for one in functions if one["designs"]} == {"market-research": 1, "brand": 1}
    (bearing,) = client.get(f"{API}/functions/market-research").json()["items"]
    assert (bearing["design"], bearing["ours"]) == ("office", False)
    assert [(one["title"], one["wordings"]) for one in bearing["holders"]] == [
        ("市场部", ["研究市场"]),
        ("市场部经理", ["制定市场调研计划"]),
        ("专员1", ["收集第1类市场信息"]),
    ]


def test_two_structures_are_compared_duty_by_duty(make_design, client):
    make_design(office("one"))
    make_design(office("two"))
    compared = client.get(f"{API}/comparison", {"a": "one", "b": "two", "limit": 1}).json()
    assert (compared["total"], compared["counts"]["kept"], len(compared["items"]), compared["akin"]) == (3, 3, 1, False)
    (pair,) = compared["items"]
    assert (pair["verdict"], pair["left"][0]["title"], pair["right"][0]["title"]) == ("kept", "研究市场", "研究市场")
    branch = client.get(f"{API}/comparison", {"a": "one", "b": "two", "a_from": "G1", "b_from": "G1"}).json()
    assert branch["counts"]["kept"] == 1
    assert client.get(f"{API}/comparison", {"a": "one", "b": "nothing"}).status_code == 404


def test_the_chart_is_boxes_and_lines(make_design, client):
    make_design(office())
    chart = client.get(f"{API}/designs/office/editions/in-force/chart", {"show": "departments"}).json()
    assert [(box["ref"], box["heads"]) for box in chart["boxes"]][:2] == [("MKT", ["市场部经理"]), ("G1", [])]
    assert chart["svg"] == "http://testserver/designs/office/chart.svg?show=departments"


def test_the_chart_is_drawn_as_on_its_page(make_design, client):
    make_design(office())
    address = f"{API}/designs/office/editions/in-force/chart"
    usual = client.get(address).json()
    upright = client.get(address, {"leaves": "upright", "english": "no", "closed": "G1", "sheet": "a3"}).json()
    assert {box["ref"] for box in usual["boxes"]} - {box["ref"] for box in upright["boxes"]} == {"G1-STAFF"}
    assert upright["pdf"].partition("?")[2] == "leaves=upright&english=0&closed=G1&sheet=a3"
    refused = client.get(address, {"leaves": "sideways"}, headers={"Accept-Language": "zh-hans"})
    assert (refused.status_code, refused.json()["fields"]) == (422, {"leaves": ["请填以下之一：across、upright。"]})
    assert "请填以下之一" in refused.content.decode()  # and not in escapes


def test_a_booklet_is_a_job(make_design, client):
    make_design(office())
    address = f"{API}/designs/office/editions/in-force/booklets"
    asked = client.post(address, {"branch": "G1"}, content_type="application/json")
    assert (asked.status_code, asked.json()["state"], asked.json()["paper"]) == (202, "waiting", None)
    again = client.post(address, {"branch": "G1"}, content_type="application/json")
    assert again.json()["id"] == asked.json()["id"]
    other = {"branch": "G1", "without": ["sources", "chart"], "margins": "mirrored", "style": "reading", "charts": "2"}
    printed = client.post(address, other, content_type="application/json").json()["id"]
    said = PrintJob.objects.get(pk=printed).options
    assert said == {
        "branch": "G1",
        "without": ["chart", "sources"],
        "margins": "mirrored",
        "style": "reading",
        "charts": "2",
    }
    PrintJob.objects.filter(pk=printed).delete()
    word = client.post(address, {"branch": "G1", "form": "docx"}, content_type="application/json").json()
    PrintedPaper.objects.create(job_id=word["id"], content=b"PK")
    PrintJob.objects.filter(pk=word["id"]).update(state="ready")
    file = client.get(word["url"]).json()["paper"]
    answers = [client.get(one) for one in (file, file.replace("docx", "pdf"))]
    assert [(answer.status_code, answer["Content-Type"]) for answer in answers] == [
        (200, docx.MEDIA_TYPE),
        (404, "application/json; charset=utf-8"),
    ]
    PrintJob.objects.filter(pk=word["id"]).delete()
    paper = f"{asked.json()['url']}/paper.pdf"
    assert client.get(paper).status_code == 409
    job = PrintJob.objects.get()
    PrintedPaper.objects.create(job=job, content=b"%PDF-1.7")
    PrintJob.objects.update(state="ready")
    ready = client.get(asked.json()["url"]).json()
    assert (ready["state"], ready["percent"], ready["paper"]) == ("ready", 100, paper)
    assert client.get(paper).content == b"%PDF-1.7"
    assert client.post(address, {"branch": "NONE"}, content_type="application/json").status_code == 409


def test_the_booklet_of_a_draft_is_for_those_who_may_see_it(draft, client):
    address = f"{API}/designs/ours/editions/draft/booklets"
    assert client.post(address, {}, content_type="application/json").status_code == 401
    asked = caller("editor").post(address, {}, content_type="application/json")
    assert asked.status_code == 202
    assert client.get(asked.json()["url"]).status_code == 401
    assert caller("reader").get(asked.json()["url"]).status_code == 404
