"""The pages that only somebody signed in sees: one visit each on which they fit a phone and a desk, and axe finds nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.company import Company, make_company, remove_company
from tests.browser.pages import SIGNED_IN, THEN, WIDTHS
from tests.browser.test_pages import FAULTS, visit


@pytest.fixture(scope="module")
def company(site: str) -> Iterator[Company]:
    """Let a company be at work, and nothing of it afterwards."""
    yield make_company()
    remove_company()


@pytest.mark.parametrize("name", SIGNED_IN)
def test_page_fits_and_is_accessible(page: Page, site: str, company: Company, name: str) -> None:
    role, path = SIGNED_IN[name]
    address = site + path.format(**company.places)
    page.context.add_cookies([{"name": "sessionid", "value": company.sessions[role], "url": site}])
    page.set_viewport_size({"width": 390, "height": WIDTHS[390]})
    if name == "queue-full":  # of any status but 200 the browser itself complains in the console
        page.route(address, lambda route: route.fulfill(response=route.fetch(), status=200))
    visit(page, address)
    if name in THEN:
        THEN[name](page)
    assert page.evaluate(FAULTS) == []
    assert violations(page) == ""
    page.set_viewport_size({"width": 1440, "height": WIDTHS[1440]})
    assert page.evaluate(FAULTS) == []
