"""A browser, the app with the whole library behind it, and a page that tells on anything it should not do."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from departments.models import Design
from departments.permissions import give
from departments.restructuring.removing import remove_design
from tests.browser.chromium import chromium
from tests.browser.listening import Said

HERE = Path(__file__).parent
PASSWORD = "in-the-morning-9"
DESK: ViewportSize = {"width": 1440, "height": 900}

# Playwright runs an event loop in the thread of the tests, and Django would then refuse to query there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, before pytest deselects by mark."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Keep SQLite's database in a file: the server answers several requests at once, each with its own connection."""
    if connection.vendor == "sqlite":
        settings.DATABASES["default"]["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "browser.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Load the library once for all tests of this folder. They read it; whoever writes puts it back as it was.

    What runs on PostgreSQL too needs but one design of it there.
    """
    files = [settings.FIXTURES_DIR / "designs" / "hospital-marketing-dept.yaml"]
    with django_db_blocker.unblock():
        databases = setup_databases(verbosity=0, interactive=False)
        call_command("load_designs", *(files if connection.vendor == "postgresql" else []), verbosity=0)
        yield
        teardown_databases(databases, verbosity=0)


@pytest.fixture(scope="session")
def site(django_db_setup: None) -> Iterator[str]:
    """Return the address of the running app, without a slash at the end."""
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return one Chromium for all tests."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Page]:
    """Return one window for all visitors: to open another takes Chromium longer than most pages do."""
    context = browser.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def page(window: Page) -> Iterator[Page]:
    """Return the window of a visitor who was never here: Chinese, at a desk.

    The test fails if the page says anything in the console, fails a request, or asks another server.
    """
    window.context.clear_cookies()
    window.set_viewport_size(DESK)
    window.emulate_media(color_scheme="light")
    said = Said(window)
    yield window
    window.evaluate("() => { try { localStorage.clear(); } catch {} }")  # a page of no server has none
    said.leave()
    window.unroute_all()
    window.goto("about:blank")  # what it was still about is no business of the next visitor
    assert said.faults == []


@pytest.fixture
def people(site: str) -> Iterator[None]:
    """Let an editor and an approver exist, and nothing of theirs afterwards."""
    for role in ("editor", "approver"):
        give(User.objects.create_user(role, password=PASSWORD, first_name=role), role)
    yield
    for design in Design.objects.filter(origin="own"):
        remove_design(design, confirm=design.slug)
    User.objects.all().delete()


@pytest.fixture
def sign_in(browser: Browser, site: str, people: None) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page as somebody, with a browser of their own."""
    contexts = []

    def enter(name: str, **options: object) -> Page:
        context = browser.new_context(**{"locale": "zh-CN", "viewport": DESK} | options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{site}/sign-in/")
        fill_in(page, name)
        expect(page.get_by_role("button", name="退出")).to_be_visible()
        return page

    yield enter
    for context in contexts:
        context.close()


def fill_in(page: Page, name: str) -> None:
    """Sign in on the page that asks for it."""
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
