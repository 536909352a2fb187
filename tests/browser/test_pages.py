"""Every kind of page, as it is seen: it fits the window, nothing is cut, axe finds nothing. See also `page`: it is silent."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.pages import PAGES, WIDTHS

FAULTS = (Path(__file__).parent / "faults.js").read_text()

every_page = pytest.mark.parametrize("path", [pytest.param(path, id=name) for name, path in PAGES.items()])


def visit(page: Page, address: str) -> None:
    """Open the page and wait for its fonts."""
    response = page.goto(address)
    assert response
    assert response.status == 200
    page.evaluate("document.fonts.ready.then(() => null)")


@every_page
@pytest.mark.parametrize(("width", "language"), [(390, "zh-hans"), (390, "en"), (768, "zh-hans"), (1440, "zh-hans")])
def test_page_fits_and_cuts_no_text(page: Page, site: str, path: str, width: int, language: str) -> None:
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    visit(page, site + path)
    assert page.evaluate(FAULTS) == []


@every_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_is_accessible(page: Page, site: str, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    visit(page, site + path)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


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
