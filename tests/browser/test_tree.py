"""The tree beside the page: the keys of a WAI-ARIA tree view, each with a test; what it remembers; without JavaScript."""

import pytest
from playwright.sync_api import Browser, Page, expect

DESIGN = "/designs/jewelry-franchise-brand-marketing-center"
ROOT, CENTER, PLANNING = "集团管理监督层", "品牌营销中心", "策划部"


@pytest.fixture
def tree(page: Page, site: str) -> Page:
    """Open the planning department's page with the focus on its item."""
    page.goto(f"{site}{DESIGN}/departments/BMC-PLAN/")
    page.locator('#tree [role="treeitem"][tabindex="0"]').focus()
    assert focused(page) == PLANNING
    return page


def focused(page: Page) -> str:
    """Return the title of the item that has the focus."""
    return page.evaluate("document.activeElement.querySelector(':scope > a, :scope > span:not(.twist)')?.textContent")


def expanded(page: Page, title: str) -> str | None:
    """Return aria-expanded of the item with that title."""
    return page.locator(
        '#tree [role="treeitem"]', has=page.locator(f':scope > a:text-is("{title}")')
    ).first.get_attribute("aria-expanded")


def test_tree_is_one_tab_stop(tree: Page) -> None:
    assert tree.locator('#tree [role="treeitem"][tabindex="0"]').count() == 1
    tree.keyboard.press("Tab")
    assert tree.evaluate("document.getElementById('tree').contains(document.activeElement)") is False


def test_the_current_page_is_marked_once(tree: Page) -> None:
    assert tree.locator("#tree li[aria-current=page]").count() == 1
    expect(tree.locator("#tree a[aria-current=page]")).to_have_text(PLANNING)


def test_down_and_up_go_to_the_next_item_in_view(tree: Page) -> None:
    tree.keyboard.press("ArrowDown")
    assert focused(tree) == "策划部经理"
    tree.keyboard.press("ArrowUp")
    tree.keyboard.press("ArrowUp")
    assert focused(tree) == "品牌营销副总经理"


def test_left_closes_then_goes_to_the_parent(tree: Page) -> None:
    tree.keyboard.press("ArrowLeft")
    assert (focused(tree), expanded(tree, PLANNING)) == (PLANNING, "false")
    tree.keyboard.press("ArrowLeft")
    assert focused(tree) == CENTER


def test_right_opens_then_goes_to_the_first_child(tree: Page) -> None:
    tree.keyboard.press("ArrowLeft")
    tree.keyboard.press("ArrowRight")
    assert (focused(tree), expanded(tree, PLANNING)) == (PLANNING, "true")
    tree.keyboard.press("ArrowRight")
    assert focused(tree) == "策划部经理"
    tree.keyboard.press("ArrowRight")
    assert focused(tree) == "策划部经理"


def test_down_passes_over_what_is_closed(tree: Page) -> None:
    tree.keyboard.press("ArrowLeft")
    tree.keyboard.press("ArrowDown")
    assert focused(tree) == "设计部"


def test_home_and_end_go_to_the_first_and_the_last_in_view(tree: Page) -> None:
    tree.keyboard.press("Home")
    assert focused(tree) == ROOT
    tree.keyboard.press("End")
    assert focused(tree) == "店面道具陈列组"


def test_enter_goes_to_the_page(tree: Page) -> None:
    tree.keyboard.press("ArrowDown")
    tree.keyboard.press("Enter")
    expect(tree.locator("h1")).to_contain_text("策划部经理")


def test_letters_find_by_pinyin_initials(tree: Page) -> None:
    tree.keyboard.type("yszz")
    assert focused(tree) == "影视制作部"


def test_the_same_letter_again_goes_on_to_the_next(tree: Page) -> None:
    tree.keyboard.press("Home")
    tree.keyboard.press("s")
    first = focused(tree)
    tree.wait_for_timeout(600)
    tree.keyboard.press("s")
    assert (first, focused(tree)) == ("设计部", "设计部经理")


def test_asterisk_opens_all_siblings(tree: Page) -> None:
    for letters in ("ArrowLeft",):
        tree.keyboard.press(letters)
    tree.keyboard.press("ArrowDown")
    tree.keyboard.press("ArrowLeft")
    assert (expanded(tree, PLANNING), expanded(tree, "设计部")) == ("false", "false")
    tree.keyboard.press("*")
    assert (expanded(tree, PLANNING), expanded(tree, "设计部")) == ("true", "true")


def test_expanded_stands_only_on_items_with_something_below(tree: Page) -> None:
    wrong = "#tree li[aria-expanded]:not(:has(> ul)), #tree li:has(> ul):not([aria-expanded])"
    assert tree.locator(wrong).count() == 0


def test_what_is_closed_stays_closed_on_the_next_page(tree: Page, site: str) -> None:
    tree.keyboard.press("End")
    tree.keyboard.press("ArrowLeft")
    tree.keyboard.press("ArrowLeft")
    assert expanded(tree, "品牌部") == "false"
    tree.goto(f"{site}{DESIGN}/departments/BMC-PLAN/")
    assert expanded(tree, "品牌部") == "false"


def test_the_way_to_the_current_page_is_open_whatever_was_closed(tree: Page, site: str) -> None:
    tree.keyboard.press("ArrowLeft")
    tree.goto(f"{site}{DESIGN}/positions/BMC-PLAN-A/")
    expect(tree.locator("#tree a[aria-current=page]")).to_be_visible()


def test_the_mouse_opens_and_closes(tree: Page) -> None:
    tree.locator("#tree a[aria-current=page] ~ .twist, #tree li[aria-current=page] > .twist").first.click()
    assert expanded(tree, PLANNING) == "false"


def test_without_javascript_it_is_a_list_of_links(browser: Browser, site: str) -> None:
    context = browser.new_context(locale="zh-CN", java_script_enabled=False, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{site}{DESIGN}/departments/BMC-PLAN/")
    assert page.locator("#tree [role=treeitem]").count() == 0
    page.locator("#tree a", has_text="影视制作部经理").click()
    expect(page.locator("h1")).to_contain_text("影视制作部经理")
    context.close()


def test_on_a_phone_it_is_a_drawer_that_opens_and_closes(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}{DESIGN}/departments/BMC-PLAN/")
    expect(page.locator("#tree")).to_be_hidden()
    page.get_by_role("link", name="目录").click()
    expect(page.locator("#tree")).to_be_visible()
    assert focused(page) == PLANNING
    page.keyboard.press("Escape")
    expect(page.locator("#tree")).to_be_hidden()
