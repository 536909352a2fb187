"""Editing in place in a real browser: keys, focus, dragging, two editors, a lost connection, an expired sign-in."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from departments.models import Design, Node
from departments.restructuring.adopting import adopt
from tests.browser.conftest import fill_in

HEAD = "/designs/ours/draft/positions/MKT-HEAD/"
DUTIES = ".duties[data-section=responsibility] > li > .text"


@pytest.fixture
def draft(people):
    """Return the draft of an own design."""
    source = Design.objects.get(slug="hospital-marketing-dept").editions.get(status="in_force")
    return adopt(source, name="本院市场部", slug="ours", by=User.objects.get(username="editor")).editions.get()


def texts(draft, code="MKT-HEAD"):
    found = Node.tree.filter(edition=draft, parent__code=code, kind="duty", section="responsibility").order_by("lft")
    return list(found.values_list("text", flat=True))


def open_form(page: Page, part: str, where: str):
    page.locator(f"#change-{part}").click()
    form = page.locator(f"#{where} form.in-place")
    expect(form).to_be_visible()
    return form


def drag(page: Page, statement, target) -> None:
    """Drag a statement by its handle to the upper edge of something."""
    statement.hover()
    start = statement.locator("xpath=../span[contains(@class, 'handle')]").bounding_box()
    end = target.bounding_box()
    page.mouse.move(start["x"] + 4, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 20, start["y"] + 20, steps=3)
    page.mouse.move(end["x"] + 5, end["y"] + 2, steps=5)
    page.mouse.up()


def test_a_form_obeys_as_soon_as_it_has_come(sign_in, site, draft) -> None:
    page = sign_in("editor")
    page.goto(site + HEAD)
    adding = page.locator("#add-responsibility-primary")
    adding.locator(".change").first.press("Enter")
    expect(adding.locator("textarea")).to_be_focused()
    page.evaluate("""() => {
        window.stayed = true;
        const escape = () => document.querySelector("#add-responsibility-primary textarea").dispatchEvent(
            new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
        document.body.addEventListener("htmx:afterSwap", () => setTimeout(escape, 0), { once: true });
    }""")
    page.keyboard.type("主持周例会")
    page.keyboard.press("Enter")
    expect(adding.locator("textarea")).to_have_count(0)
    expect(adding.locator(".change").first).to_be_focused()
    assert page.evaluate("window.stayed")
    assert "主持周例会" in texts(draft)


def test_keys_focus_and_dragging(sign_in, site, draft) -> None:
    page = sign_in("editor", viewport={"width": 1440, "height": 1600})
    page.goto(site + HEAD)
    before = texts(draft)

    adding = page.locator("#add-responsibility-primary")
    adding.locator(".change").first.press("Enter")
    for text in ("编制年度预算", "主持周例会"):
        expect(adding.locator("textarea")).to_be_focused()
        expect(adding.locator("textarea")).to_have_value("")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.locator(DUTIES).last).to_have_text(text)
    expect(adding.locator("textarea")).to_be_focused()
    page.keyboard.press("Escape")
    expect(adding.locator("textarea")).to_have_count(0)
    expect(adding.locator(".change").first).to_be_focused()
    assert texts(draft) == [*before, "编制年度预算", "主持周例会"]

    last = page.locator(DUTIES).last.locator("xpath=..")
    last.locator("summary").first.press("Enter")
    last.get_by_role("button", name="上移").press("Enter")
    expect(page.locator(DUTIES).last).to_have_text("编制年度预算")
    expect(page.locator("li", has_text="主持周例会").last.locator("summary").first).to_be_focused()
    page.get_by_role("button", name="撤销").press("Enter")
    expect(page.locator(DUTIES).last).to_have_text("主持周例会")

    summary = open_form(page, "summary", "part-summary")
    summary.locator("textarea").fill("写到一半的概述")
    drag(page, page.locator(DUTIES).last, page.locator(DUTIES).first)
    expect(page.locator(DUTIES).first).to_have_text("主持周例会")
    assert texts(draft)[0] == "主持周例会"
    expect(page.locator("#part-summary textarea")).to_have_value("写到一半的概述")  # another form stays as it was
    drag(page, page.locator(DUTIES).first, page.locator("#tree a", has_text="公关科主任"))
    expect(page.locator(DUTIES).first).not_to_have_text("主持周例会")
    assert texts(draft, "MKT-PR-HEAD")[-1] == "主持周例会"


def test_two_editors_meet_and_nothing_is_lost(sign_in, site, draft) -> None:
    first, second = sign_in("editor"), sign_in("editor")
    for page in (first, second):
        page.goto(site + HEAD)
    one, other = (open_form(page, "names", "part-names") for page in (first, second))
    other.locator("input[name=title]").fill("市场总监")
    other.locator("input[name=title]").press("Enter")
    expect(second.locator("h1")).to_contain_text("市场总监")
    one.locator("input[name=title]").fill("市场部部长")
    one.locator("input[name=aliases]").fill("市场主管")
    one.locator("input[name=title]").press("Enter")
    expect(first.locator(".clash")).to_contain_text("市场总监")
    expect(one.locator("input[name=title]")).to_have_value("市场部部长")
    expect(first.locator(".clash input:checked")).to_be_focused()
    one.get_by_role("button", name="保存我的文字").click()
    expect(first.locator("h1")).to_contain_text("市场部部长")
    expect(first.locator(".clash")).to_have_count(0)


def test_what_is_typed_outlives_the_connection_and_the_sign_in(sign_in, site, draft) -> None:
    page = sign_in("editor")
    page.goto(site + HEAD)
    form = open_form(page, "summary", "part-summary")
    form.locator("textarea").fill("主持市场部全面工作")
    page.context.set_offline(True)
    form.get_by_role("button", name="保存").click()
    expect(form.get_by_role("alert")).to_contain_text("网络断开了")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#kept")).to_contain_text("主持市场部全面工作")
    page.get_by_role("button", name="继续写").click()
    expect(form.locator("textarea")).to_have_value("主持市场部全面工作")

    page.context.clear_cookies(name="sessionid")
    form.get_by_role("button", name="保存").click()
    page.wait_for_url("**/sign-in/**")
    fill_in(page, "editor")
    expect(page.get_by_role("status").filter(has_text="登录前写的内容")).to_be_visible()
    expect(form.locator("textarea")).to_have_value("主持市场部全面工作")
    form.get_by_role("button", name="保存").click()
    expect(page.locator("#said")).to_contain_text("已保存")
    expect(page.locator("#part-summary")).to_contain_text("主持市场部全面工作")
    page.goto(site + HEAD)
    expect(page.locator("#kept")).to_be_hidden()
