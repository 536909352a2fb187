"""A company makes a design its own, guided by the screen alone: adopt, edit, submit, be returned, mend, be approved, publish.

On both databases: on PostgreSQL with the one design that it begins with. Set PICTURES to a folder to have the screens of the
way as pictures.
"""

import os

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from departments.models import Design
from departments.restructuring.checking import breaches

EIGHT = "\n".join(f"{n}. 处理第{n}类患者来信" for n in range(1, 9))
PICTURES = os.environ.get("PICTURES", "")


def press(page: Page, name: str) -> None:
    """Press the button of that name in the content of the page, and wait for what it leads to."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).last.click()


def follow(page: Page, name: str) -> None:
    """Follow the link of that name, in the content or in the tree beside it."""
    with page.expect_navigation():
        page.locator(".columns, main").get_by_role("link", name=name, exact=True).first.click()


def see(page: Page, name: str) -> None:
    """Take a picture where they are wanted."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/way-{name}.png", full_page=True)


def add(page: Page, kind: str, title: str, code: str) -> None:
    """Add a department or position to the page that is open, in place."""
    place = page.locator(f"#add-{kind}")
    place.locator(".change").click()
    place.locator("input[name=title]").fill(title)
    place.locator("input[name=code]").fill(code)
    place.locator("input[name=code]").press("Enter")
    expect(page.locator("#said")).to_contain_text(f"已新增“{title}”")


def move(page: Page, to: str) -> None:
    """Move the department or position of the page that is open, with the keyboard."""
    branch = page.locator("#part-branch")
    branch.get_by_role("link", name="移到…").press("Enter")
    option = branch.locator("select[name=under] option").filter(has_text=to).first
    branch.locator("select[name=under]").select_option(option.get_attribute("value"))
    branch.get_by_role("button", name="移动").press("Enter")
    expect(page.locator("#said")).to_contain_text(f"已移到“{to}”")


def submit(editor: Page) -> None:
    """Hand the draft in, from any page of it."""
    follow(editor, "版本")
    press(editor, "提交审核")


def open_todo(page: Page, design: str) -> None:
    """Open what waits for one."""
    with page.expect_navigation():
        page.get_by_role("link", name="待办").click()
    follow(page, design)


def approve(approver: Page) -> None:
    """Approve what waits and put it in force."""
    open_todo(approver, "本院市场部")
    see(approver, "review")
    press(approver, "批准")
    press(approver, "发布")


@pytest.mark.postgresql
def test_a_design_becomes_the_companys_own_and_its_second_edition_is_printed(sign_in, site, tmp_path) -> None:
    editor, approver = sign_in("editor"), sign_in("approver")
    editor.goto(f"{site}/designs/hospital-marketing-dept/")
    follow(editor, "采用")
    editor.locator("input[name=name]").fill("本院市场部")
    editor.locator("input[name=slug]").fill("ours")
    press(editor, "采用")
    expect(editor.locator("h1")).to_have_text("本院市场部")

    follow(editor, "编辑")
    names = editor.locator("#part-names")
    names.locator(".change").click()
    names.locator("input[name=title]").fill("本院市场部")
    names.locator("input[name=title]").press("Enter")
    expect(editor.locator("#tree .department > a").first).to_have_text("本院市场部")
    add(editor, "department", "客户服务科", "MKT-CS")
    see(editor, "department")
    follow(editor, "客户服务科")
    add(editor, "position", "客服主任", "MKT-CS-HEAD")
    add(editor, "position", "客服专员", "MKT-CS-1")
    follow(editor, "客服主任")
    duties = editor.locator("#add-responsibility-primary")
    duties.locator(".change").first.click()
    duties.locator("textarea").fill(EIGHT)
    see(editor, "pasting")
    duties.locator("textarea").press("Enter")
    expect(editor.locator(".duties > li .text")).to_have_text([f"处理第{n}类患者来信" for n in range(1, 9)])
    expect(duties.locator("textarea")).to_be_focused()
    see(editor, "pasted")
    follow(editor, "客服专员")
    move(editor, "公关科")
    see(editor, "moved")

    submit(editor)
    open_todo(approver, "本院市场部")
    approver.locator("#back-note").fill("客服专员请放回客户服务科")
    press(approver, "退回编辑")
    open_todo(editor, "本院市场部")
    expect(editor.locator("main")).to_contain_text("客服专员")
    see(editor, "returned")
    follow(editor, "客服专员")
    move(editor, "客户服务科")
    submit(editor)
    approve(approver)

    editor.goto(f"{site}/designs/ours/")
    press(editor, "开始修订")
    follow(editor, "客服主任")
    names.locator(".change").click()
    names.locator("input[name=title]").fill("客户服务科主任")
    names.locator("input[name=title]").press("Enter")
    expect(editor.locator("#said")).to_contain_text("已保存")
    reader = approver
    reader.goto(f"{site}/designs/ours/positions/MKT-CS-HEAD/")
    expect(reader.locator("h1")).to_have_text("客服主任")  # readers see the edition in force
    submit(editor)
    approve(approver)

    editor.goto(f"{site}/designs/ours/")
    see(editor, "in-force")
    call_command("print_worker", batch=True, interval=0.0)  # as beside the server: what is in force is there at once
    booklet = editor.get_by_role("link", name="岗位说明书汇编（PDF）").get_attribute("href")
    answer = editor.request.get(f"{site}{booklet}", timeout=120_000)
    paper = tmp_path / "booklet.pdf"
    paper.write_bytes(answer.body())
    text = "".join("".join(page.extract_text() for page in PdfReader(paper).pages).split())
    assert answer.status == 200
    assert {word: word in text for word in ("客户服务科主任", "处理第8类患者来信")} == {
        "客户服务科主任": True,
        "处理第8类患者来信": True,
    }
    design = Design.objects.get(slug="ours")
    assert [(edition.number, edition.status) for edition in design.editions.order_by("number")] == [
        (1, "superseded"),
        (2, "in_force"),
    ]
    assert [breach for edition in design.editions.all() for breach in breaches(edition)] == []
