"""What a draft of 10,000 nodes costs an editor against one of 1,000: the page, a form, a save in place, a save without scripts.

Usage: python benchmarks/large_drafts.py [repeats]. The two drafts take turns; medians of this process's processor time
(a PostgreSQL server's own is not in it). On SQLite in a temporary folder, or on the server of DATABASE_URL.
"""

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from trees import create, scratch

SMALL, LARGE = 1_000, 10_000


def draft(nodes: int) -> tuple[Any, str]:
    """Return the draft of an own design of so many nodes, and its address."""
    from departments.models import Design  # noqa: PLC0415  # Django must be set up first

    edition = create(nodes)
    Design.objects.filter(pk=edition.design_id).update(origin=Design.Origin.OWN)
    return edition, f"/designs/{edition.design.slug}/draft"


def editor() -> Any:
    """Return a browser in which an editor is signed in; static files are named as they lie there."""
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from departments.permissions import Role, give  # noqa: PLC0415

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    user = User.objects.create_user("editor")
    give(user, Role.EDITOR)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def works(browser: Any, nodes: int) -> dict[str, Callable[[int], Any]]:
    """Return what is measured of a draft of so many nodes; each takes the number of its turn."""
    edition, address = draft(nodes)
    position = edition.nodes.get(code="P-2")
    duty = position.children.first()
    page, form = f"{address}/positions/P-2/", f"{address}/edit/{duty.uid.hex}/statement/"
    in_place = {"hx-request": "true", "hx-current-url": f"http://localhost{page}"}

    def save(turn: int, **how: Any) -> Any:
        said = edition.nodes.get(pk=duty.pk)
        typed = {"text": f"负责第 {turn} 项工作", "weight": said.weight, "section": said.section, "page": position.code}
        seen = {f"initial-{name}": getattr(said, name) for name in ("text", "weight", "section")}
        return browser.post(form, typed | seen, **how)

    return {
        "page": lambda _turn: browser.get(page),
        "form": lambda _turn: browser.get(f"{form}?page=P-2", headers=in_place),
        "save in place": lambda turn: save(turn, headers=in_place),
        "save without scripts": lambda turn: save(turn + 1_000),
    }


def main(repeats: int = 7) -> None:
    """Print a line for each."""
    with scratch():
        browser = editor()
        sizes = {nodes: works(browser, nodes) for nodes in (SMALL, LARGE)}
        print(f"{'':<22}{SMALL:>10} nodes{LARGE:>10} nodes      ratio   (ms of processor time)")
        for name in sizes[SMALL]:
            times: dict[int, list[float]] = {SMALL: [], LARGE: []}
            for turn in range(repeats + 1):
                for nodes, taken in times.items():
                    start = time.process_time()
                    answer = sizes[nodes][name](turn)
                    taken.append(1000 * (time.process_time() - start))
                    if answer.status_code not in (200, 302):
                        raise SystemExit(f"{name}: {answer.status_code}")
            small, large = (statistics.median(taken[1:]) for taken in times.values())  # the first turn warms up
            print(f"{name:<22}{small:>13.0f}{large:>16.0f}{large / small:>13.1f} ×")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
