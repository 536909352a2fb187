"""The overview of a design and the page of a process."""

import pytest

from tests.views.conftest import office


def test_design_shows_every_facet_with_its_basis(client, make_design):
    make_design(office(fits={"industries": ["retail"], "sizes": ["small", "medium"], "inferred": ["sizes"]}))
    facets = client.get("/designs/office/").context["facets"]
    shown = [(str(f["label"]), [str(v) for v in f["values"]], f["unstated"], f["inferred"]) for f in facets[:4]]
    assert shown == [
        ("行业", ["零售"], False, False),
        ("规模", ["小型", "中型"], False, True),
        ("阶段", ["未说明"], True, False),
        ("架构类型", ["未说明"], True, False),
    ]


def test_design_lists_departments_with_their_depth_and_without_frames(client, make_design):
    document = office(groups=2)
    document["tree"] |= {"frame": True, "functions": []}
    make_design(document)
    rows = client.get("/designs/office/").context["rows"]
    assert [(str(row["entry"]), row["depth"]) for row in rows] == [("第1组", 0), ("第2组", 0)]


def test_design_adds_headcounts_without_inventing(client, make_design):
    document = office(groups=3)
    staff = [group["children"][0] for group in document["tree"]["children"][-3:]]
    staff[0]["headcount"] = {"form": "number", "min": 2, "max": 2}
    staff[1]["headcount"] = {"form": "as_needed"}
    make_design(document)
    assert "至少 2 人，另 1 岗视情况、2 岗未列明" in client.get("/designs/office/").content.decode()


def test_process_shows_steps_in_order_with_their_actors(client, make_design):
    steps = [
        {"number": 1, "who": ["G1-STAFF", "总经理"], "action": "提出计划", "lead_time": "3 日"},
        {"number": 2, "action": "批准"},
    ]
    make_design(office(processes=[{"name": "计划流程", "steps": steps}]))
    response = client.get("/designs/office/processes/1/")
    rows = response.context["steps"]
    assert [(row["step"].number, [actor["name"] for actor in row["actors"]]) for row in rows] == [
        (1, ["专员1", "总经理"]),
        (2, []),
    ]
    assert response.context["columns"] == {"name": False, "output": False, "lead_time": True, "approval": False}
    assert '<a href="/designs/office/positions/G1-STAFF/">专员1</a>' in response.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_process_costs_the_same_for_any_number_of_steps(client, make_design, django_assert_num_queries, number):
    steps = [{"number": n, "who": ["HEAD"], "action": "做"} for n in range(1, number + 1)]
    make_design(office(processes=[{"name": "流程", "steps": steps}]))
    with django_assert_num_queries(7):
        client.get("/designs/office/processes/1/")
