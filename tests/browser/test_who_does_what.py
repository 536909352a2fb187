"""“Who does X at Y?”: from the home page in at most three steps, with the mouse, the keyboard alone, and on a phone.

What must be found is read from the fixtures: a holder of the function, with the wording of the duty. A step is a click,
Enter on a link, or words typed and sent; looking for the link is none.
"""

from functools import cache
from pathlib import Path

import pytest
import yaml
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Locator, Page, expect

from departments.documents import checks, files
from departments.documents.schema import Department, Design, Duty
from tests.browser.pages import WIDTHS

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
PAIRS = [
    ("market-research", "tech-company-marketing-dept"),
    ("public-relations", "hospital-marketing-dept"),
    ("customer-service", "dairy-marketing-center"),
    ("partner-management", "retail-stores-marketing-dept"),
    ("events", "six-department-from-zero"),
]
MOST_STEPS = 3
MOST_TABS = 150  # to a link on a page with all functions or all designs


@cache
def design(slug: str) -> Design:
    return files.read(FIXTURES / "designs" / f"{slug}.yaml")


@cache
def function_name(slug: str) -> str:
    functions = yaml.safe_load((FIXTURES / "functions.yaml").read_text(encoding="utf-8"))
    return next(function["name"] for function in functions if function["slug"] == slug)


def answer(function: str, slug: str) -> tuple[str, str]:
    """Return who does it and in which words: the first duty tagged, else the first department, by its remit."""
    nodes = list(checks.walk(design(slug).tree))
    for node, trail in nodes:
        if isinstance(node, Duty) and function in node.functions:
            return next(one.title for one in reversed(trail) if not isinstance(one, Duty)), node.text
    remit = next(node.title for node, _trail in nodes if isinstance(node, Department) and function in node.functions)
    with translation.override("zh-hans"):
        return remit, gettext("by its remit; no single duty is stated")


class Visitor:
    """Somebody who begins at the home page and counts the steps."""

    def __init__(self, page: Page, site: str):
        self.page = page
        self.steps = 0
        page.goto(f"{site}/")

    def function(self, slug: str) -> Locator:
        """The link to a function on the home page."""
        return self.page.get_by_role("main").get_by_role("link", name=function_name(slug), exact=True)

    def design(self, slug: str) -> Locator:
        """The link to a design's part of a function's page."""
        return self.page.locator("nav.jump").get_by_role("link", name=design(slug).name, exact=True)

    def click(self, link: Locator) -> None:
        link.click()
        self.steps += 1

    def enter(self, link: Locator) -> None:
        """Go to the link with Tab, which must show where it is, and press Enter."""
        link.wait_for()
        for _tab in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if link.evaluate("link => link === document.activeElement"):
                break
        expect(link).to_be_focused()
        expect(link).to_be_in_viewport()
        self.page.keyboard.press("Enter")
        self.steps += 1

    def sees(self, function: str, slug: str) -> None:
        """Check that the answer is on the screen, within the steps allowed."""
        holder, wording = answer(function, slug)
        part = self.page.locator(f"#design-{slug}")
        expect(part.get_by_role("link", name=holder, exact=True).first).to_be_in_viewport()
        expect(part.get_by_text(wording, exact=True).first).to_be_in_viewport()
        assert self.steps <= MOST_STEPS


@pytest.mark.parametrize(("function", "slug"), PAIRS)
def test_who_does_it_is_found_by_clicking(page: Page, site: str, function: str, slug: str) -> None:
    visitor = Visitor(page, site)
    visitor.click(visitor.function(function))
    visitor.click(visitor.design(slug))
    visitor.sees(function, slug)


def test_who_does_it_is_found_with_the_keyboard_alone(page: Page, site: str) -> None:
    function, slug = "public-relations", "hospital-marketing-dept"
    visitor = Visitor(page, site)
    visitor.enter(visitor.function(function))
    visitor.enter(visitor.design(slug))
    visitor.sees(function, slug)


def test_who_does_it_is_found_on_a_phone(page: Page, site: str) -> None:
    function, slug = "customer-service", "dairy-marketing-center"
    page.set_viewport_size({"width": 390, "height": WIDTHS[390]})
    visitor = Visitor(page, site)
    visitor.click(visitor.function(function))
    visitor.click(visitor.design(slug))
    visitor.sees(function, slug)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_third_step_opens_the_duty_where_it_stands(page: Page, site: str) -> None:
    function, slug = "partner-management", "retail-stores-marketing-dept"
    holder, wording = answer(function, slug)
    visitor = Visitor(page, site)
    visitor.click(visitor.function(function))
    visitor.click(visitor.design(slug))
    visitor.click(page.locator(f"#design-{slug}").get_by_role("link", name=wording, exact=True))
    expect(page.get_by_role("heading", level=1)).to_contain_text(holder)
    expect(page.get_by_text(wording).first).to_be_in_viewport()
    assert visitor.steps <= MOST_STEPS
