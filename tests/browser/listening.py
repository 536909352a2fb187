"""What a window says that no page may say: in its console, of requests that failed, of another server."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Request

# The browser asks for a page's icon when it likes, and gives it up where the page is left before.
ICON, GIVEN_UP = "/icon.svg", "net::ERR_ABORTED"


class Said:
    """The faults of a window, from now on until told to leave."""

    def __init__(self, window: Page) -> None:
        self.faults: list[str] = []
        self._window = window
        self._listeners: dict[Any, Callable[[Any], None]] = {
            "console": lambda message: self.faults.append(f"console: {message.text}"),
            "pageerror": lambda error: self.faults.append(f"error: {error}"),
            "requestfailed": self._hear_failure,
            "request": self._hear_request,
        }
        for event, listener in self._listeners.items():
            window.on(event, listener)

    def leave(self) -> None:
        """Listen no longer."""
        for event, listener in self._listeners.items():
            self._window.remove_listener(event, listener)

    def _hear_failure(self, request: Request) -> None:
        if not (request.url.endswith(ICON) and request.failure == GIVEN_UP):
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _hear_request(self, request: Request) -> None:
        if _is_foreign(request.url):
            self.faults.append(f"left home: {request.url}")


def _is_foreign(url: str) -> bool:
    return url.startswith(("http:", "https:")) and not url.startswith(("http://127.0.0.1:", "http://localhost:"))
