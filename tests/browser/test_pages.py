"""Every kind of page, as it is seen: it fits the window, nothing is cut, axe finds nothing. See also `page`: it is silent."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.pages import PAGES, WIDTHS

FAULTS = (Path(__file__).parent / "faults.js").read_text()


def visit(page: Page, address: str) -> None:
    """Open the page and wait for its fonts."""
    response = page.goto(address)
    assert response
    assert response.status == 200
    page.evaluate("document.fonts.ready.then(() => null)")


@pytest.mark.parametrize("name", PAGES)
def test_page_fits_cuts_no_text_and_is_accessible(page: Page, site: str, name: str) -> None:
    """One visitor to a page sees it in both languages and at every width; at the desk axe looks, by day and by night."""
    faults: list[str] = []
    barriers: dict[str, str] = {}
    for language, widths in (("en", (390,)), ("zh-hans", (390, 768, 1440))):
        page.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
        page.set_viewport_size({"width": widths[0], "height": WIDTHS[widths[0]]})
        visit(page, site + PAGES[name])
        for width in widths:
            page.set_viewport_size({"width": width, "height": WIDTHS[width]})
            faults += [f"{width} {language}: {fault}" for fault in page.evaluate(FAULTS)]
    # A large page has the colours of its small one, which is looked at by night.
    schemes = ("light",) if name.endswith("-large") else ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        barriers[scheme] = violations(page, of_colour=scheme == "dark")
    assert (faults, barriers) == ([], dict.fromkeys(schemes, ""))


FAULTY = {
    "cut": '<p style="width: 4em; overflow: hidden; white-space: nowrap">医院市场部公关科主任</p>',
    "cut-by-a-grandparent": '<div style="width: 4em; overflow: clip"><p style="width: 20em">医院市场部公关科主任</p></div>',
    "cut-below": '<p style="height: 2em; width: 4em; overflow: hidden">医院市场部公关科主任兼营销科</p>',
    "cut-with-an-ellipsis": '<p style="width: 4em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap">医院市场部公关科</p>',
    "leaves-its-box": '<p style="width: 4em; white-space: nowrap">医院市场部公关科主任</p>',
    "scrolls-sideways": '<div style="width: 120vw; height: 1em"></div>',
    "leaves-its-box-in-a-chart": '<svg><g><rect width="30" height="20"/><text y="15">医院市场部</text></g></svg>',
}
SOUND = {
    "wraps": '<p style="width: 4em">医院市场部公关科主任</p>',
    "tight-lines": '<p style="line-height: 1; overflow: hidden">医院市场部</p>',
    "can-be-scrolled-to": '<div style="width: 4em; overflow-x: auto"><p style="width: 20em">医院市场部公关科主任</p></div>',
    "closed": "<details><summary>更多</summary><p style='width: 1em; white-space: nowrap'>医院市场部</p></details>",
    "only-read-aloud": '<span style="position: absolute; width: 1px; height: 1px; overflow: hidden">跳到正文</span>',
    "outside-until-focused": '<a href="#" style="position: absolute; top: -90px">跳到正文</a>',
    "fits-its-box-in-a-chart": '<svg><g><rect width="90" height="22"/><text x="2" y="15">医院市场部</text></g></svg>',
}


@pytest.mark.parametrize("markup", FAULTY.values(), ids=FAULTY)
def test_a_fault_is_found(page: Page, markup: str) -> None:
    page.set_content(f"<body>{markup}</body>")
    assert len(page.evaluate(FAULTS)) == 1


@pytest.mark.parametrize("markup", SOUND.values(), ids=SOUND)
def test_sound_markup_has_no_fault(page: Page, markup: str) -> None:
    page.set_content(f"<body>{markup}</body>")
    assert page.evaluate(FAULTS) == []


def test_pale_words_are_found_among_others_and_by_night_too(page: Page) -> None:
    words = "".join(f"<p style='color: {colour}'>市场部</p>" for colour in ("#111", "#aaa", "#111", "#aaa"))
    page.set_content(f"<html lang='zh'><title>页</title><main><h1>部门</h1>{words}</main>")
    for of_colour in (False, True):
        found = violations(page, of_colour=of_colour)
        assert ("color-contrast" in found, found.count("#aaaaaa")) == (True, 2), found
