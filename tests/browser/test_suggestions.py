"""Suggestions under the search field: by keyboard, with an input method, and as a plain form without JavaScript."""

from playwright.sync_api import Browser, Page, expect

ASKED = "/search/suggestions/"


def field(page: Page, site: str) -> list[str]:
    """Open a page, put the cursor into its search field, and return the list that every question to the server enters."""
    asked: list[str] = []
    page.goto(f"{site}/functions/")
    page.on("request", lambda request: asked.append(request.url) if ASKED in request.url else None)
    page.locator("#find").focus()
    return asked


def test_arrows_enter_and_escape(page: Page, site: str) -> None:
    asked = field(page, site)
    box, options = page.get_by_role("combobox"), page.get_by_role("option")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("ppjl", delay=20)
    expect(options.first).to_contain_text("品牌经理")
    assert len(asked) == 1  # one question for what was typed in one go
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None  # back in the field
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("ppjl")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("品牌经理")


def test_enter_without_a_choice_sends_the_form(page: Page, site: str) -> None:
    field(page, site)
    page.keyboard.type("品牌经理")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.get_by_role("status")).to_contain_text("品牌经理")


def test_nothing_is_asked_while_an_input_method_composes(page: Page, site: str) -> None:
    asked = field(page, site)
    session = page.context.new_cdp_session(page)
    for typed in ("p", "pin", "pinpai"):
        session.send(
            "Input.imeSetComposition", {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)}
        )
        page.wait_for_timeout(250)
    assert asked == []
    session.send("Input.insertText", {"text": "品牌"})
    expect(page.get_by_role("option").first).to_contain_text("品牌")
    assert len(asked) == 1


def test_without_javascript_it_is_a_form(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site}/functions/")
    page.fill("#find", "scb")
    page.press("#find", "Enter")
    expect(page.locator("mark").first).to_have_text("市场部")
    context.close()
