"""The listener at the window hears what a page may not do, and nothing else."""

import pytest
from playwright.sync_api import Page

from tests.browser.listening import Said


@pytest.mark.parametrize(
    ("name", "error", "faults"),
    [
        ("a.png", "connectionrefused", ["failed: http://127.0.0.1:9/a.png net::ERR_CONNECTION_REFUSED"]),
        ("a.png", "aborted", ["failed: http://127.0.0.1:9/a.png net::ERR_ABORTED"]),
        ("icon.svg", "connectionrefused", ["failed: http://127.0.0.1:9/icon.svg net::ERR_CONNECTION_REFUSED"]),
        ("icon.svg", "aborted", []),
    ],
)
def test_a_request_that_fails_is_a_fault_unless_it_was_for_an_icon_that_was_given_up(
    window: Page, name: str, error: str, faults: list[str]
) -> None:
    window.route(f"**/{name}", lambda route: route.abort(error))
    said = Said(window)
    with window.expect_event("requestfailed"):
        window.set_content(f'<img src="http://127.0.0.1:9/{name}" alt="">')
    said.leave()
    window.unroute_all()
    assert [fault for fault in said.faults if not fault.startswith("console: ")] == faults


def test_another_server_the_console_and_an_error_are_faults(window: Page) -> None:
    window.route("https://example.com/**", lambda route: route.fulfill(body=""))
    said = Said(window)
    with window.expect_console_message():
        window.set_content(
            "<script>fetch('https://example.com/a', {mode: 'no-cors'}).then(() => console.log('here')); throw Error('there')</script>"
        )
    said.leave()
    window.unroute_all()
    assert sorted(said.faults) == ["console: here", "error: there", "left home: https://example.com/a"]
