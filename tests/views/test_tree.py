"""The pages of departments and positions: what they say, how they mark what is not stated, and their cost."""

import pytest

from tests.views.conftest import CITED, department, duty, office, position


def test_address_is_found_in_any_case(client, make_design):
    make_design(office())
    assert client.get("/designs/office/positions/head/").context["entry"].code == "HEAD"


@pytest.mark.parametrize(
    "path",
    [
        "/designs/none/",
        "/designs/office/departments/NONE/",
        "/designs/office/departments/HEAD/",
        "/designs/office/positions/MKT/",
        "/designs/office/processes/1/",
    ],
)
def test_what_is_not_there_is_404(client, make_design, path):
    make_design(office())
    assert client.get(path).status_code == 404


def test_a_frame_has_no_page(client, make_design):
    document = office()
    document["tree"] |= {"frame": True, "functions": []}
    make_design(document)
    assert client.get("/designs/office/departments/MKT/").status_code == 404
    assert client.get("/designs/office/departments/G1/").status_code == 200


def test_superiors_are_told_apart_by_basis(client, make_design):
    document = office(groups=2)
    document["tree"]["children"][-1]["children"][0]["superiors"] = [{"code": "G1-STAFF", "basis": "inferred"}]
    make_design(document)
    bases = {
        code: [
            (line.other, line.basis)
            for line in client.get(f"/designs/office/positions/{code}/").context["entry"].superiors
        ]
        for code in ("HEAD", "G1-STAFF", "G2-STAFF")
    }
    assert bases == {
        "HEAD": [("总经理", "stated")],
        "G1-STAFF": [("市场部经理", "derived")],
        "G2-STAFF": [("专员1", "inferred")],
    }


def test_unstated_is_one_line_and_never_a_number(client, make_design):
    make_design(office())
    page = client.get("/designs/office/positions/G1-STAFF/").content.decode()
    assert "来源未列明：岗位概述、定员、权限、任职资格、考核指标" in page
    assert "0 人" not in page
    assert "1 人" not in page


def test_a_position_without_duties_says_so_and_is_a_row_of_its_department(client, make_design):
    document = office()
    document["tree"]["children"].append(position("CLERK", "文员"))
    make_design(document)
    page = client.get("/designs/office/positions/CLERK/").content.decode()
    assert "原文只列出这个岗位，没有写明职责" in page
    listed = client.get("/designs/office/departments/MKT/").context["entry"].positions
    assert [str(entry) for entry in listed] == ["市场部经理", "文员"]


def test_sections_stand_in_the_order_of_the_form(client, make_design):
    document = office()
    staff = document["tree"]["children"][-1]["children"][0]
    staff["children"] += [
        {"kind": "duty", "section": section, "text": f"{section}一条"}
        for section in ("indicator", "qualification", "authority", "deliverable")
    ]
    make_design(document)
    sections = client.get("/designs/office/positions/G1-STAFF/").context["sections"]
    assert [section["slug"] for section in sections] == ["authority", "qualification", "indicator", "deliverable"]


def test_groups_auxiliaries_and_ratings_are_shown_as_such(client, make_design):
    document = office()
    staff = document["tree"]["children"][-1]["children"][0]
    staff["children"] = [
        {"kind": "duty", "text": "传播", "children": [duty("写稿件"), duty("发稿件")]},
        duty("帮助拓展员维护客户", weight="auxiliary"),
        {"kind": "duty", "section": "competency", "text": "谈判能力", "rating": {"required": 3, "maximum": 5}},
    ]
    make_design(document)
    response = client.get("/designs/office/positions/G1-STAFF/")
    entry, page = response.context["entry"], response.content.decode()
    assert [[str(below) for below in one.children] for one in entry.responsibilities] == [["写稿件", "发稿件"]]
    assert [str(one) for one in entry.auxiliary] == ["帮助拓展员维护客户"]
    assert entry.duty_count == 2
    assert "要求 3／满分 5" in page


def test_citations_come_from_the_nearest_node_upwards(client, make_design):
    document = office()
    document["tree"]["children"][-1]["sources"] = [CITED | {"heading": "本组"}]
    make_design(document)
    headings = {
        path: [c["heading"] for c in client.get(f"/designs/office/{path}/").context["citations"]]
        for path in ("positions/HEAD", "positions/G1-STAFF", "departments/G1")
    }
    assert headings == {"positions/HEAD": ["上文"], "positions/G1-STAFF": ["本组"], "departments/G1": ["本组"]}


def test_an_article_is_named_once_with_all_its_lines(client, make_design):
    document = office()
    document["sources"] = [CITED, CITED | {"lines": [7, 7]}, CITED | {"heading": "下文", "lines": []}]
    make_design(document)
    page = client.get("/designs/office/departments/MKT/").content.decode()
    assert [page.count(f" · {heading}\n") for heading in ("上文", "下文")] == [1, 1]
    assert "<p>002_4c96e381965afd71.txt，行 1–2、7</p>" in page


def test_a_list_of_examples_is_said_to_be_one(client, make_design):
    document = office()
    document["tree"]["children"][-1]["open_ended"] = True
    make_design(document)
    said = {
        code: "原文以举例方式列出" in client.get(f"/designs/office/departments/{code}/").content.decode()
        for code in ("MKT", "G1")
    }
    assert said == {"MKT": False, "G1": True}


def test_what_is_typed_is_escaped_everywhere(client, make_design):
    document = office()
    document["tree"]["children"].append(
        department(
            "X", "<b>部</b>", duty("<i>职责</i>"), summary="<u>概述</u>", remarks=[{"label": "<s>", "text": "<em>"}]
        )
    )
    make_design(document)
    page = client.get("/designs/office/departments/X/").content.decode()
    assert [tag for tag in ("<b>部", "<i>职", "<u>概", "<s>", "<em>") if tag in page] == []
    assert "&lt;b&gt;部&lt;/b&gt;" in page


def test_permalink_leads_to_the_page_and_to_the_duty_on_it(client, make_design):
    design = make_design(office())
    nodes = {str(node): node for node in design.editions.get().nodes.all()}
    position, statement = nodes["专员1"], nodes["收集第1类市场信息"]
    assert client.get(f"/n/{position.uid}/")["Location"] == "/designs/office/positions/G1-STAFF/"
    assert client.get(f"/n/{statement.uid}/")["Location"] == (
        f"/designs/office/positions/G1-STAFF/#duty-{statement.uid.hex[:12]}"
    )


def test_permalink_of_nothing_is_404(client, make_design):
    make_design(office())
    assert client.get("/n/00000000-0000-0000-0000-000000000000/").status_code == 404
