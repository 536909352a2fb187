"""A file comes in: looked at row by row first, then written as one change that one undo takes back."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from departments.documents.files import to_yaml
from departments.documents.writing import document
from departments.formats.extracts import Extract
from departments.formats.workbook import csv_tables, workbook
from departments.models import Change, Design, Edition, Grant, ImportFile
from departments.models.outlines import Outline
from departments.restructuring import open_edition
from departments.restructuring.checking import breaches
from departments.restructuring.undoing import undo
from tests.factories import rows_of
from tests.formats.extracts import bureau
from tests.remembering import remember
from tests.views.people import account, own_design, signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "/designs/ours/draft/import/"
CHECK = f"{ADDRESS}check/"


@pytest.fixture
def draft(make_design) -> Edition:
    ours = remember(lambda: own_design(make_design(bureau()), in_force=False))
    return ours.editions.select_related("design").get()


@pytest.fixture
def browser() -> Client:
    return signed_in("editor")


def exported(draft: Edition, *edits: tuple[str, int, str, Any], drop: tuple[tuple[str, int], ...] = ()) -> bytes:
    """Return the draft's workbook after edits: (sheet, row, head, value); `drop`: (sheet, row)."""
    book = load_workbook(io.BytesIO(workbook(Extract(draft, Outline(draft), ""))))
    for sheet, row, head, value in edits:
        page = book[sheet]
        page.cell(row, [cell.value for cell in page[1]].index(head) + 1).value = value
    for sheet, row in drop:
        book[sheet].delete_rows(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send(browser: Client, content: bytes, name: str = "ours.xlsx", **data: Any) -> str:
    """Send a file and return the page of what it would do."""
    answer = browser.post(ADDRESS, {"file": SimpleUploadedFile(name, content), **data}, follow=True)
    assert answer.redirect_chain == [(CHECK, 302)]
    return answer.content.decode().partition("<main")[2]


def sums(page: str) -> list[int]:
    """Return how many rows are changed, moved, removed, added and faulty."""
    return [
        int(number) for number in re.findall(r"<b>(\d+)</b>", page.partition('class="sums"')[2].partition("</ul>")[0])
    ]


def confirm(browser: Client, page: str, **chosen: str) -> Any:
    found = re.search(r'name="sign" value="(\w+)"', page)
    assert found
    return browser.post(CHECK, {"sign": found[1], **chosen}, follow=True)


def plain(edition: Edition) -> list[dict[str, Any]]:
    """Return the rows without their versions, which count on."""
    return [{key: value for key, value in row.items() if key != "version"} for row in rows_of(edition)]


def test_three_cells_are_three_changes_written_as_one_and_taken_back_by_one_undo(draft, browser):
    before = plain(draft)
    edits = [("部门", 3, "名称", "一组"), ("岗位", 3, "定员下限", 3), ("职责", 2, "内容", "研究市场与客户")]
    page = send(browser, exported(draft, *edits))
    assert sums(page) == [3, 0, 0, 0, 0]
    assert "<ins>一</ins>组" in re.sub(r"\s+", "", page)
    assert plain(draft) == before
    assert confirm(browser, page).redirect_chain == [("/designs/ours/draft/history/", 302)]
    assert draft.nodes.get(title="一组").code == "G1"
    assert (ImportFile.objects.count(), breaches(draft)) == (0, [])
    with open_edition(draft) as room:
        undo(room, Change.objects.get(edition=draft, verb="group"))
    assert plain(draft) == before


def test_rows_are_added_moved_and_removed_only_where_that_was_asked(draft, browser):
    new = [("岗位", 5, "编码", "NEW"), ("岗位", 5, "岗位名称", "新岗"), ("岗位", 5, "所在编码", "G1")]
    content = exported(draft, *new, ("岗位", 4, "所在编码", "G1"), drop=(("职责", 2),))
    page = send(browser, content)
    assert sums(page) == [0, 1, 0, 1, 0]
    assert "草稿中有 1 行不在文件里，将保留。" in page
    page = browser.post(CHECK, {"again": "1", "remove": "1"}, follow=True).content.decode()
    assert sums(page) == [0, 1, 1, 1, 0]
    confirm(browser, page)
    titles = [entry.title for entry in Outline(draft).find("G1").positions]
    assert titles == ["专员1", "专员2", "新岗"]
    assert draft.nodes.filter(text="研究市场").count() == 0


def test_a_faulty_row_is_named_and_nothing_can_be_confirmed(draft, browser):
    page = send(browser, exported(draft, ("岗位", 3, "所在编码", "NOWHERE")))
    assert sums(page)[4] == 1
    assert re.sub(r"\s+", "", page).count("<td>岗位</td><td>3</td>") == 1
    assert 'name="sign"' not in page
    browser.post(CHECK, {"sign": "x"})
    assert Change.objects.filter(edition=draft).count() == 0


def test_what_both_changed_meanwhile_is_decided_row_by_row(draft, browser):
    page = send(browser, exported(draft, ("部门", 3, "名称", "一组"), ("部门", 4, "名称", "二组")))
    for code, title in (("G1", "甲组"), ("G2", "乙组")):
        with open_edition(draft) as room:
            room.edit(draft.nodes.get(code=code).uid, {"title": title})
    page = confirm(browser, page).content.decode()
    assert "其间草稿有了更改" in page
    assert sums(page) == [0, 0, 0, 0, 2, 0]
    assert re.findall(r'name="(take:[^"]+)" value="" checked', page) == ["take:部门:3", "take:部门:4"]
    assert "<del>甲</del>组" in page
    answer = confirm(browser, page, **{"take:部门:3": "1", "take:部门:4": ""})
    assert answer.redirect_chain == [("/designs/ours/draft/history/", 302)]
    assert list(draft.nodes.filter(code__in=["G1", "G2"]).values_list("title", flat=True)) == ["一组", "乙组"]


def test_what_was_chosen_and_cannot_be_is_said_and_can_be_chosen_otherwise(draft, browser):
    with open_edition(draft) as room:
        content = exported(draft, ("岗位", 3, "岗位名称", "改了名的"))
        room.remove(draft.nodes.get(code="G1").uid)
    page = confirm(browser, send(browser, content), **{"take:岗位:3": "1"}).content.decode()
    assert "所选的文件内容互相矛盾" in page
    assert re.search(r'name="take:岗位:3" value="1" checked', page)
    confirm(browser, page, **{"take:岗位:3": ""})
    assert draft.nodes.filter(title="改了名的").count() == 0


def test_a_file_is_its_senders_alone(draft, browser):
    send(browser, exported(draft))
    assert signed_in("administrator").get(CHECK).status_code == 302
    assert ImportFile.objects.get().user == account("editor")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_comes_as_csv_in_three_encodings(draft, browser, encoding):
    table = csv_tables(Extract(draft, Outline(draft), ""))["departments.csv"].lstrip("\ufeff")
    page = send(browser, table.replace("第1组", "一组").encode(encoding), "departments.csv")
    assert sums(page) == [1, 0, 0, 0, 0]
    assert ("GB18030" in page) == (encoding == "gb18030")


def test_a_design_document_goes_the_same_way(draft, browser):
    text = to_yaml(document(draft)).replace("第1组", "一组").replace("活动执行", "活动")
    page = send(browser, text.encode(), "ours.yaml")
    assert sums(page) == [2, 0, 0, 0, 0]
    confirm(browser, page)
    assert draft.nodes.get(code="G1").title == "一组"
    assert draft.relations.get(kind="assists").about == "活动"
    assert sums(send(browser, b"slug: [", "ours.yaml"))[4] == 1


@pytest.mark.parametrize("form", ["xlsx", "yaml"])
def test_a_design_is_made_of_a_file(draft, browser, form):
    content = exported(draft) if form == "xlsx" else to_yaml(document(draft)).encode()
    names = {"name": "新设计", "slug": "fresh"}
    file = SimpleUploadedFile(f"any.{form}", content)
    page = browser.post("/own/import/", {"file": file, **names}, follow=True).content.decode()
    assert Design.objects.filter(slug="fresh").count() == 0
    found = re.search(r'name="sign" value="(\w+)"', page)
    assert found
    answer = browser.post("/own/import/check/", {"sign": found[1]})
    assert answer["Location"] == "/designs/fresh/draft/"
    made = Design.objects.get(slug="fresh").editions.get()
    said = ("kind", "code", "title", "text", "headcount_min", "lft", "rght")
    assert list(made.nodes.order_by("lft").values(*said)) == list(draft.nodes.order_by("lft").values(*said))
    assert (made.relations.count(), breaches(made)) == (draft.relations.count(), [])


def test_who_edits_a_branch_imports_into_it_alone(draft):
    person = account("reader", "branch")
    Grant.objects.create(user=person, design=draft.design, department=draft.nodes.get(code="G1").uid)
    browser = signed_in("reader", "branch")
    assert sums(send(browser, exported(draft, ("岗位", 4, "岗位名称", "别人"))))[4] == 1
    page = send(browser, exported(draft, ("岗位", 3, "岗位名称", "自己")))
    confirm(browser, page)
    assert draft.nodes.get(code="G1-STAFF").title == "自己"


@pytest.mark.parametrize("name", ["ours.xls", "ours.docx", "ours"])
def test_files_of_other_kinds_are_not_taken(draft, browser, name):
    answer = browser.post(ADDRESS, {"file": SimpleUploadedFile(name, b"x")})
    assert (answer.status_code, ImportFile.objects.count()) == (200, 0)
    assert "不支持这种文件" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_check_costs_the_same_however_much_there_is(draft, browser, rows, django_assert_num_queries):
    edits = [("职责", row, "内容", f"新{row}") for row in range(2, 2 + rows)]
    send(browser, exported(draft, *edits))
    with django_assert_num_queries(11):
        assert sums(browser.get(CHECK).content.decode())[0] == rows
