"""From Word and text on the page: read, corrected, kept, saved as one change that is taken back as one."""

import datetime
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document

from departments.models import Change, Design, Edition, Grant, SourceText
from departments.models.outlines import Outline
from departments.restructuring import open_edition
from departments.restructuring.checking import breaches
from departments.restructuring.undoing import undo
from tests.factories import drawn, entries
from tests.remembering import remember
from tests.views.conftest import office
from tests.views.people import account, own_design, signed_in

pytestmark = pytest.mark.django_db
TEXT = "采购部组织架构\n岗位职责：\n1. 采购经理：审批订单。\n2. 采购专员：询价。\n二、采购专员\n直接上级：采购经理"
SEALED = b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")
PART = "部门：采购部\n  职责：\n  - 管采购\n  岗位：采购经理\n    - 审批订单\n  岗位：采购专员\n    直接上级：采购经理\n    定员：2-3\n    - 询价"


@pytest.fixture
def draft(make_design) -> Edition:
    return remember(lambda: own_design(make_design(office()), in_force=False)).editions.get()


def stored(text: str = PART, **more: Any) -> SourceText:
    """Return a text that was read and waits to be saved."""
    blocks = [{"source": 0, "lines": [1], "text": text}]
    sources = [{"name": "采购.docx", "lines": {"1": "采购部的原文"}}]
    return SourceText.objects.create(user=account("editor"), name="采购.docx", sources=sources, blocks=blocks, **more)


def send(one: SourceText, **data: str) -> Any:
    return signed_in("editor").post(f"/own/read/{one.pk}/", {"block-0": one.blocks[0]["text"], **data})


def place(draft: Edition, code: str = "MKT") -> str:
    return f"{draft.pk}:{draft.nodes.get(code=code).uid.hex}"


def test_a_pasted_text_is_shown_beside_what_was_recognised(client):
    answer = signed_in("editor").post("/own/read/", {"text": TEXT}, follow=True)
    page = answer.content.decode().partition("<main")[2]
    assert answer.redirect_chain == [(f"/own/read/{SourceText.objects.get().pk}/", 302)]
    assert ('<li value="3">1. 采购经理：审批订单。</li>' in page, "岗位：采购经理\n" in page) == (True, True)


def test_several_word_files_are_read_together():
    files = []
    for title in ("出纳", "会计"):
        document, file = Document(), io.BytesIO()
        table = document.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "岗位名称", title
        document.save(file)
        files.append(SimpleUploadedFile(f"{title}.docx", file.getvalue()))
    signed_in("editor").post("/own/read/", {"documents": files})
    one = SourceText.objects.get()
    assert (one.name, [block["text"] for block in one.blocks]) == ("出纳.docx、会计.docx", ["岗位：出纳", "岗位：会计"])


@pytest.mark.parametrize("data", [{}, {"text": " "}, {"documents": SimpleUploadedFile("a.docx", b"PK\x03\x04x")}])
def test_what_cannot_be_read_is_said(data):
    answer = signed_in("editor").post("/own/read/", data)
    assert (answer.status_code, "errorlist" in answer.content.decode(), SourceText.objects.count()) == (422, True, 0)


def test_what_can_be_read_is_not_lost_over_what_cannot():
    files = [SimpleUploadedFile(f"{n}.txt", f"岗位：出纳{n}".encode()) for n in range(4)]
    files += [SimpleUploadedFile("坏.docx", b"PK\x03\x04x"), SimpleUploadedFile("锁.docx", SEALED)]
    page = signed_in("editor").post("/own/read/", {"documents": files}, follow=True).content.decode()
    said = re.findall(r'<li class="warning">([^<]*)</li>', page)
    assert said == [
        "未读取：坏.docx：这不是 Word 文档（.docx）。",
        "未读取：锁.docx：文件设有密码。请另存为不加密的文件再上传。",
    ]
    one = SourceText.objects.get()
    assert (one.name, len(one.blocks)) == ("0.txt 等 4 个", 4)


def test_all_of_it_is_saved_below_a_department_as_one_change(draft):
    before = drawn(draft)
    answer = send(stored(), into=place(draft, "G1"), save="1")
    assert (answer.status_code, answer["Location"]) == (302, "/designs/ours/draft/")
    new = drawn(draft)
    at = new.index("    采购部")
    assert new[at - 3 : at + 6] == [
        "  第1组",
        "    专员1",
        "      收集第1类市场信息",
        "    采购部",
        "      管采购",
        "      采购经理",
        "        审批订单",
        "      采购专员",
        "        询价",
    ]
    found = entries(draft)
    assert [found[title].code for title in ("采购部", "采购经理", "采购专员")] == ["G1-D01", "G1-D01-01", "G1-D01-02"]
    assert [line.end for line in found["采购专员"].superiors] == [found["采购经理"]]
    assert (found["采购专员"].headcount.min, found["采购专员"].headcount.max) == (2, 3)
    assert (breaches(draft), SourceText.objects.count()) == ([], 0)
    (change,) = Change.objects.filter(edition=draft, group=None)
    with open_edition(draft) as tree:
        undo(tree, change)
    assert drawn(draft) == before


def test_a_department_of_the_chosen_one_s_name_is_that_one(draft):
    send(stored("部门：市场部\n  岗位：出纳"), into=place(draft), save="1")
    assert [entry.title for entry in Outline(draft).root.positions] == ["市场部经理", "出纳"]


def test_a_new_design_takes_it(db):
    send(stored(), into="new", name="本公司", slug="Ours-2", code="GX", save="1")
    edition = Edition.objects.get(design__slug="ours-2")
    assert drawn(edition)[:3] == ["本公司", "  采购部", "    管采购"]
    assert [entry.code for entry in Outline(edition).entries if not entry.is_duty] == [
        "GX",
        "GX-D01",
        "GX-D01-01",
        "GX-D01-02",
    ]


@pytest.mark.parametrize(
    "data",
    [
        {"block-0": "岗位：甲\n乱写一行", "into": "new", "name": "甲", "slug": "a"},
        {"into": "new", "name": "", "slug": "a"},
        {"into": "new", "name": "", "slug": ""},
        {"into": "new", "name": "甲", "slug": "OURS"},
        {"into": "new", "name": "甲", "slug": "地址"},
        {"into": "new", "name": "甲", "slug": "a", "code": "编号"},
        {"into": "9:0"},
        {"block-0": "岗位：甲 [HEAD]"},
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_is_kept(draft, data):
    one, before = stored(), drawn(draft)
    answer = send(one, **{"into": place(draft), "save": "1", **data})
    one.refresh_from_db()
    assert (answer.status_code, "errorlist" in answer.content.decode()) == (422, True)
    assert one.blocks[0]["text"] == data.get("block-0", PART)
    assert (drawn(draft), Design.objects.count()) == (before, 2)


def test_it_is_kept_for_later_and_put_away(db):
    one = stored()
    assert send(one, **{"block-0": "岗位：乙", "keep": "1"}).status_code == 200
    one.refresh_from_db()
    assert one.blocks[0]["text"] == "岗位：乙"
    assert f"/own/read/{one.pk}/" in signed_in("editor").get("/own/read/").content.decode()
    assert (send(one, remove="1")["Location"], SourceText.objects.count()) == ("/own/read/", 0)


def test_what_nobody_touched_for_a_month_goes_with_the_next(db):
    old = stored()
    SourceText.objects.filter(pk=old.pk).update(changed_at=timezone.now() - datetime.timedelta(days=31))
    signed_in("editor").post("/own/read/", {"text": TEXT})
    assert not SourceText.objects.filter(pk=old.pk).exists()


def test_who_edits_a_branch_reads_texts_into_it_alone(draft):
    person = account("reader", "branch")
    Grant.objects.create(user=person, design=draft.design, department=draft.nodes.get(code="G1").uid)
    browser = signed_in("reader", "branch")
    browser.post("/own/read/", {"text": TEXT})
    one = SourceText.objects.get(user=person)
    address, block = f"/own/read/{one.pk}/", {"block-0": PART}
    page = browser.get(address).content.decode()
    assert re.findall(r'<option value="(\w+):(\w+)"', page) == [tuple(place(draft, "G1").split(":"))]
    assert 'value="new"' not in page
    for elsewhere in (place(draft), "new"):
        answer = browser.post(address, {**block, "into": elsewhere, "name": "甲", "slug": "a", "save": "1"})
        assert (answer.status_code, Design.objects.count()) == (422, 2)
    assert browser.post(address, {**block, "into": place(draft, "G1"), "save": "1"}).status_code == 302
    assert [entry.title for entry in entries(draft)["第1组"].departments] == ["采购部"]
    assert breaches(draft) == []


@pytest.mark.parametrize("blocks", [1, 3])
def test_the_page_costs_the_same_for_any_length(draft, django_assert_num_queries, blocks):
    one = stored()
    SourceText.objects.filter(pk=one.pk).update(blocks=one.blocks * blocks)
    editor = signed_in("editor")
    with django_assert_num_queries(5):
        assert editor.get(f"/own/read/{one.pk}/").status_code == 200
