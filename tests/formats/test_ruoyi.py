"""RuoYi's rows: one tree of departments, posts whose codes begin with their department, and a warning for what is too long."""

import json

import pytest

from departments.formats.ruoyi import rows, ruoyi
from tests.formats.extracts import bureau, extract, framed, hostile
from tests.views.conftest import department, duty, office, position

pytestmark = pytest.mark.django_db


def test_departments_are_one_tree_with_their_ancestors():
    found = rows(extract(bureau()))["sys_dept"]
    assert [
        (row["dept_id"], row["parent_id"], row["ancestors"], row["dept_name"], row["order_num"]) for row in found
    ] == [
        (100, 0, "0", "市场部", 1),
        (101, 100, "0,100", "第1组", 1),
        (102, 100, "0,100", "第2组", 2),
    ]
    assert {(row["status"], row["del_flag"], row["leader"]) for row in found} == {("0", "0", "")}


def test_several_departments_at_the_top_stand_under_the_design():
    found = rows(extract(framed()))["sys_dept"]
    assert [(row["parent_id"], row["ancestors"], row["dept_name"]) for row in found] == [
        (0, "0", "framed设计"), (100, "0,100", "甲部"), (100, "0,100", "乙部"),
    ]  # fmt: skip


def test_posts_carry_their_department_in_the_code_and_their_duties_in_the_remark():
    found = {row["post_code"]: row for row in rows(extract(bureau()))["sys_post"]}
    assert list(found) == ["MKT-HEAD", "G1-G1-STAFF", "G2-G2-STAFF"]
    assert found["G1-G1-STAFF"]["remark"] == "1.收集第1类市场信息；2.收集第2类市场信息"
    assert [row["post_sort"] for row in found.values()] == [1, 2, 3]


def test_what_is_too_long_is_whole_and_warned_of():
    document = office()
    long, twice = "部" * 31, "岗" * 51
    tree = department("TOP", long, position("A", twice), position("B", twice, *(duty(f"{n}职" * 60) for n in range(5))))
    for number in range(13):
        tree = department(f"{'X' * 30}{number}", f"部{number}", tree)
    tree["children"].insert(0, position("C" * 40, "员"))
    made = rows(extract(document | {"tree": tree}))
    assert [row["dept_name"] for row in made["sys_dept"]][-1] == long
    assert len(made["sys_dept"][-1]["ancestors"]) > 50
    assert len(made["sys_post"][2]["remark"]) == 500
    said = "\n".join(made["warnings"])
    assert [word for word in ("dept_name", "ancestors", "post_code", "post_name", "500") if word not in said] == []
    assert len(made["warnings"]) == 1 + 1 + 1 + 2 + 1 + 1


def test_a_design_that_fits_has_no_warnings_and_the_text_is_json():
    made = extract(bureau())
    assert rows(made)["warnings"] == []
    assert json.loads(ruoyi(made)) == rows(made)


def test_texts_stay_on_one_line():
    made = rows(extract(hostile()))
    texts = [value for table in ("sys_dept", "sys_post") for row in made[table] for value in row.values()]
    assert [text for text in texts if isinstance(text, str) and set(text) & set("\n\r\t\u2028")] == []
