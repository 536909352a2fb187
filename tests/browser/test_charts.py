"""The chart in the browser: hands, keys, branches, phones, and what is left without the script."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import JEWELLERY

CHART = f"{JEWELLERY}/chart/"
BOXES = "svg a.department, svg a.position"
PLACE = "(box) => { const { x, y, width } = box.getBoundingClientRect(); return { x, y, width }; }"


@pytest.fixture
def chart(page: Page, site: str) -> Page:
    """The chart of the jewellery centre, at a desk."""
    page.goto(f"{site}{CHART}")
    page.wait_for_selector(".chart.live")
    return page


def place(page: Page, code: str) -> dict[str, float]:
    """Return where a department's box is in the window, and how wide."""
    return page.eval_on_selector(f"#box-department-{code}", PLACE)


def settled(page: Page) -> None:
    """Wait until nothing moves any more."""
    page.wait_for_selector(".chart-view:not(.moving)")


def test_dragging_moves_the_chart_and_follows_no_link(chart: Page):
    before, address = place(chart, "BMC"), chart.url
    chart.mouse.move(before["x"] + 30, before["y"] + 20)
    chart.mouse.down()
    chart.mouse.move(before["x"] + 90, before["y"] + 60, steps=4)
    chart.mouse.up()
    settled(chart)
    after = place(chart, "BMC")
    assert (round(after["x"] - before["x"]), round(after["width"] - before["width"])) == (60, 0)
    assert chart.url == address


def test_a_click_follows_the_link_of_a_box(chart: Page):
    chart.locator("#box-department-BMC .title").first.click()
    chart.wait_for_url(f"**{JEWELLERY}/departments/BMC/")


def test_a_head_has_a_link_of_its_own(chart: Page):
    chart.locator("a.leader").first.click()
    chart.wait_for_url(f"**{JEWELLERY}/positions/BMC-VP/")


def test_the_wheel_zooms_around_the_pointer(chart: Page):
    before = place(chart, "BMC")
    chart.mouse.move(before["x"], before["y"])
    chart.mouse.wheel(0, -300)
    settled(chart)
    after = place(chart, "BMC")
    assert after["width"] > before["width"] * 1.2
    assert abs(after["x"] - before["x"]) <= 2


def test_buttons_zoom_and_fit(chart: Page):
    before = place(chart, "BMC")["width"]
    chart.locator("[data-do=in]").click()
    settled(chart)
    assert place(chart, "BMC")["width"] == pytest.approx(before * 1.3, abs=0.1)
    chart.locator("[data-do=out]").click()
    settled(chart)
    assert place(chart, "BMC")["width"] == pytest.approx(before, abs=0.1)
    chart.locator("[data-do=fit]").click()
    settled(chart)
    view, svg = (chart.locator(part).bounding_box() for part in (".chart-view", ".chart-stage"))
    assert view
    assert svg
    assert svg["width"] <= view["width"]
    assert svg["height"] <= view["height"]


def focused(page: Page) -> str:
    """Return the id of the box, or the address of the head, that has the focus."""
    return page.evaluate("document.activeElement.id || document.activeElement.getAttribute('href').split('/').at(-2)")


def test_arrow_keys_go_from_box_to_box(chart: Page):
    chart.locator("#box-department-BMC").focus()
    steps = [
        ("ArrowDown", "BMC-VP"),
        ("ArrowDown", "box-department-BMC-DSGN"),
        ("ArrowRight", "box-department-BMC-FILM"),
        ("ArrowLeft", "box-department-BMC-DSGN"),
        ("ArrowUp", "box-department-BMC"),
        ("Home", "box-department-GROUP"),
    ]
    went = []
    for key, _to in steps:
        chart.keyboard.press(key)
        went.append((key, focused(chart)))
    assert went == steps


def test_the_chart_is_one_stop_for_the_tab_key(chart: Page):
    chart.locator("#box-department-BMC").focus()
    chart.keyboard.press("Tab")
    assert chart.evaluate("document.activeElement.closest('svg')") is None
    chart.keyboard.press("Shift+Tab")
    assert focused(chart) == "box-department-BMC"


def test_the_focus_is_seen_and_in_the_window(chart: Page):
    chart.locator("#box-department-GROUP").focus()
    chart.keyboard.press("End")
    box, view = chart.locator("svg a:focus").bounding_box(), chart.locator(".chart-view").bounding_box()
    assert box
    assert view
    assert view["y"] <= box["y"]
    assert box["y"] + box["height"] <= view["y"] + view["height"]
    width = "(link) => getComputedStyle(link.querySelector('.frame')).strokeWidth"
    assert chart.eval_on_selector("svg a:focus", width) == "2px"


def test_keys_zoom_and_fit(chart: Page):
    chart.locator("#box-department-BMC").focus()
    before = place(chart, "BMC")["width"]
    chart.keyboard.press("+")
    assert place(chart, "BMC")["width"] > before
    chart.keyboard.press("-")
    assert place(chart, "BMC")["width"] == pytest.approx(before, abs=0.1)


def test_a_branch_closes_and_opens_where_it_stands(chart: Page):
    boxes = chart.locator(BOXES).count()
    before = place(chart, "BMC-DSGN")
    chart.locator("a.fold[href$='BMC-DSGN']").click()
    expect(chart.locator(BOXES)).to_have_count(boxes - 3)
    after = place(chart, "BMC-DSGN")
    assert (round(after["x"] - before["x"]), round(after["y"] - before["y"])) == (0, 0)
    assert "closed=BMC-DSGN" in chart.url
    assert "closed=BMC-DSGN" in str(chart.locator(".chart-head .button").first.get_attribute("href"))
    chart.locator("#box-department-BMC-DSGN").focus()
    chart.keyboard.press(" ")
    expect(chart.locator(BOXES)).to_have_count(boxes)
    assert focused(chart) == "box-department-BMC-DSGN"


def test_an_address_with_a_box_opens_at_its_branch(page: Page, site: str):
    page.goto(f"{site}{CHART}#box-department-BMC-BRAND")
    page.wait_for_selector(".chart.live")
    box, view = page.locator("#box-department-BMC-BRAND").bounding_box(), page.locator(".chart-view").bounding_box()
    assert box
    assert view
    assert view["x"] <= box["x"] <= view["x"] + view["width"]
    assert view["y"] <= box["y"] <= view["y"] + view["height"] / 2


def test_on_a_phone_the_list_is_first_and_the_chart_opens_over_it(page: Page, site: str):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}{CHART}#box-department-BMC-PLAN")
    page.wait_for_selector(".chart.live")
    assert page.locator(".chart-list a").first.is_visible()
    assert not page.locator(".chart-view").is_visible()
    page.locator(".chart-opener button").click()
    assert page.locator("dialog .chart-view").is_visible()
    box = page.locator("#box-department-BMC-PLAN").bounding_box()
    assert box
    assert 0 <= box["x"] <= 390 - box["width"]
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert not page.locator(".chart-view").is_visible()


def test_two_fingers_zoom(browser: Browser, site: str):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site}{CHART}")
    page.wait_for_selector(".chart.live")
    page.locator(".chart-opener button").tap()
    before = place(page, "BMC")["width"]
    session = context.new_cdp_session(page)
    for kind, apart in (("touchStart", 40), ("touchMove", 60), ("touchMove", 90), ("touchEnd", 0)):
        points = [{"x": 195 - apart, "y": 420, "id": 1}, {"x": 195 + apart, "y": 420, "id": 2}] if apart else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    settled(page)
    assert place(page, "BMC")["width"] > before * 1.5
    context.close()


def test_without_the_script_picture_and_list_are_there(browser: Browser, site: str):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{site}{CHART}")
    assert page.locator("#box-department-BMC").is_visible()
    assert page.locator(".chart-list li a").first.is_visible()
    assert not page.locator(".chart-tools").is_visible()
    page.locator("a.fold[href$='BMC-DSGN']").click()
    assert "closed=BMC-DSGN" in page.url
    context.close()


@pytest.mark.parametrize("query", ["?direction=right", "?show=reporting", "?compact=0&english=0", "?show=departments"])
def test_no_text_leaves_its_box_and_no_box_another(page: Page, site: str, query: str):
    """The estimate of widths holds in a browser with real fonts."""
    page.goto(f"{site}{CHART}{query}")
    beyond = """() => [...document.querySelectorAll("svg a text")].filter((text) => {
        const frame = text.closest("a").querySelector("rect").getBBox();
        const box = text.getBBox();
        return box.x < frame.x || box.x + box.width > frame.x + frame.width || box.y + box.height > frame.y + frame.height + 2;
    }).map((text) => text.textContent)"""
    assert page.evaluate(beyond) == []
