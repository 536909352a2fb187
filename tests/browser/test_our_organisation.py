"""“Who does this here?” on a phone, by a stranger: typed at home, one tap, and the answer is on the screen."""

import datetime
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from departments.models import Design, Edition, Organisation
from departments.restructuring.adopting import adopt
from departments.restructuring.removing import remove_design
from departments.restructuring.transitions import approve, publish, submit
from tests.browser.pages import WIDTHS


@pytest.fixture
def organisation(site: str) -> Iterator[Organisation]:
    """Let the hospital's design be our own and in force, and nothing of it afterwards."""
    editor, approver = (User.objects.create_user(name) for name in ("writes", "approves"))
    source = Edition.objects.in_force().get(design__slug="hospital-marketing-dept")
    design = adopt(source, name="华新医院市场部", slug="ours", by=editor)
    edition = design.editions.get()
    submit(edition, by=editor)
    approve(edition, by=approver)
    publish(edition, by=approver, on=datetime.date(2026, 1, 1))
    yield Organisation.objects.create(design=design, name="华新医院")
    Organisation.objects.all().delete()
    for design in Design.objects.own():
        remove_design(design, confirm=design.slug)
    User.objects.all().delete()


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def phone(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Return a phone in which nobody is signed in, with scripts and without."""
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 390, "height": WIDTHS[390]}, java_script_enabled=request.param
    )
    yield context.new_page()
    context.close()


def test_who_does_it_is_on_the_screen_after_typing_and_one_tap(
    phone: Page, site: str, organisation: Organisation
) -> None:
    edition = Edition.objects.in_force().get(design__slug="ours")
    duty = edition.nodes.filter(kind="duty", section="responsibility", parent__kind="position").order_by("lft")[0]
    phone.goto(f"{site}/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("华新医院")
    phone.locator("#find-big").fill(duty.text[:12])
    phone.locator("form.big button").click()
    answer = phone.locator("#found-duty li").first
    for fact in (duty.parent.title, "主责", "上级"):
        expect(answer.get_by_text(fact, exact=True).first).to_be_in_viewport()
    expect(answer.locator("dl.answer div")).to_have_count(4)
    expect(answer.locator("dl.answer div").last).to_be_in_viewport()
    assert phone.locator("html").bounding_box()["width"] <= 390
