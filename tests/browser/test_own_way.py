"""A company makes a design its own, guided by the screen alone: adopt, edit, submit, be returned, mend, be approved, publish."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from departments.models import Design
from departments.permissions import give
from departments.restructuring.checking import breaches

PASSWORD = "in-the-morning-9"
EIGHT = "\n".join(f"{n}. 处理第{n}类患者来信" for n in range(1, 9))


@pytest.fixture
def people(site: str) -> Iterator[None]:
    """Let an editor and an approver exist, and nothing of theirs afterwards."""
    for role in ("editor", "approver"):
        give(User.objects.create_user(role, password=PASSWORD, first_name=role), role)
    yield
    Design.objects.filter(origin="own").delete()
    User.objects.all().delete()


@pytest.fixture
def sign_in(browser: Browser, site: str, people: None) -> Iterator:
    """Return a function that opens a page as somebody."""
    contexts = []

    def enter(name: str) -> Page:
        context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{site}/sign-in/")
        page.locator("input[name=username]").fill(name)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        expect(page.get_by_role("button", name="退出")).to_be_visible()
        return page

    yield enter
    for context in contexts:
        context.close()


def press(page: Page, name: str) -> None:
    """Press the button of that name in the content of the page, and wait for what it leads to."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).last.click()


def follow(page: Page, name: str) -> None:
    """Follow the link of that name."""
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def said(page: Page) -> str:
    """Return what the last step was answered with."""
    return page.locator(".messages").inner_text()


def add_place(page: Page, kind: str, title: str, code: str) -> None:
    """Put a department or position below the one that is edited."""
    form = page.locator("#below form")
    form.locator("select[name=kind]").select_option(kind)
    form.locator("input[name=title]").fill(title)
    form.locator("input[name=code]").fill(code)
    with page.expect_navigation():
        form.get_by_role("button", name="新增").click()


def publish(approver: Page, site: str) -> None:
    """Approve what was submitted and put it in force."""
    approver.goto(f"{site}/designs/ours/editions/")
    press(approver, "批准")
    press(approver, "发布")


def test_a_design_becomes_the_companys_own_and_its_second_edition_is_printed(sign_in, site: str) -> None:
    editor, approver = sign_in("editor"), sign_in("approver")
    editor.goto(f"{site}/designs/hospital-marketing-dept/")
    follow(editor, "采用")
    editor.locator("input[name=name]").fill("本院市场部")
    editor.locator("input[name=slug]").fill("ours")
    press(editor, "采用")
    expect(editor.locator("h1")).to_have_text("本院市场部")

    follow(editor, "编辑")
    add_place(editor, "department", "客户服务科", "MKT-CS")
    add_place(editor, "position", "客服专员", "MKT-CS-1")
    editor.goto(f"{site}/designs/ours/draft/edit/MKT-CS/")
    add_place(editor, "position", "客服主任", "MKT-CS-HEAD")
    editor.locator("#statements textarea[name=lines]").fill(EIGHT)
    with editor.expect_navigation():
        editor.locator("#statements").get_by_role("button", name="新增").click()
    expect(editor.locator("#statements .duties > li")).to_have_count(8)
    editor.goto(f"{site}/designs/ours/draft/edit/MKT-CS-1/")
    editor.locator("#under").select_option("MKT-PR")
    with editor.expect_navigation():
        editor.locator("#elsewhere").get_by_role("button", name="移动").click()

    editor.goto(f"{site}/designs/ours/editions/")
    press(editor, "提交审核")
    approver.goto(f"{site}/designs/ours/editions/")
    approver.locator("#back-note").fill("客服专员请放回客户服务科")
    press(approver, "退回编辑")
    editor.goto(f"{site}/todo/")
    expect(editor.locator("main")).to_contain_text("本院市场部")
    editor.goto(f"{site}/designs/ours/draft/edit/MKT-CS-1/")
    editor.locator("#under").select_option("MKT-CS")
    with editor.expect_navigation():
        editor.locator("#elsewhere").get_by_role("button", name="移动").click()
    editor.goto(f"{site}/designs/ours/editions/")
    press(editor, "提交审核")
    publish(approver, site)

    editor.goto(f"{site}/designs/ours/")
    press(editor, "开始修订")
    editor.goto(f"{site}/designs/ours/draft/edit/MKT-CS-HEAD/")
    editor.locator("#fields input[name=title]").fill("客户服务科主任")
    press(editor, "保存")
    editor.goto(f"{site}/designs/ours/positions/MKT-CS-HEAD/")
    expect(editor.locator("h1")).to_have_text("客服主任")  # readers see the edition in force
    editor.goto(f"{site}/designs/ours/editions/")
    press(editor, "提交审核")
    approver.goto(f"{site}/designs/ours/review/")
    expect(approver.locator("main")).to_contain_text("客户服务科主任")
    publish(approver, site)

    editor.goto(f"{site}/designs/ours/positions/MKT-CS-HEAD/")
    expect(editor.locator("h1")).to_have_text("客户服务科主任")
    answer = editor.request.get(f"{site}/designs/ours/booklet.pdf", timeout=120_000)
    assert (answer.status, answer.body()[:5]) == (200, b"%PDF-")
    design = Design.objects.get(slug="ours")
    assert [(edition.number, edition.status) for edition in design.editions.order_by("number")] == [
        (1, "superseded"),
        (2, "in_force"),
    ]
    assert [breach for edition in design.editions.all() for breach in breaches(edition)] == []


def test_two_editors_meet_and_nothing_is_lost(sign_in, site: str) -> None:
    first, second = sign_in("editor"), sign_in("editor")
    first.goto(f"{site}/designs/hospital-marketing-dept/adopt/")
    first.locator("input[name=slug]").fill("ours")
    press(first, "采用")
    for page in (first, second):
        page.goto(f"{site}/designs/ours/draft/edit/MKT-HEAD/")
    second.locator("#fields input[name=title]").fill("市场总监")
    press(second, "保存")
    first.locator("#fields input[name=title]").fill("市场部部长")
    with first.expect_navigation():
        first.locator("#fields").get_by_role("button", name="保存").click()
    expect(first.locator(".clash")).to_contain_text("市场总监")
    expect(first.locator("#fields input[name=title]")).to_have_value("市场部部长")
    first.locator(".clash input[type=checkbox]").check()
    with first.expect_navigation():
        first.locator("#fields").get_by_role("button", name="保存").click()
    expect(first.locator("h1")).to_have_text("市场部部长")
    expect(first.locator(".clash")).to_have_count(0)
