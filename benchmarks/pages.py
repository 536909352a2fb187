"""Requests a second of the department page against an empty Django view, through the whole WSGI stack in one process.

Usage: .venv/bin/python benchmarks/pages.py [ROUNDS]. Its own temporary SQLite database with the library loaded; the two sides
take turns, and the ratio is that of the medians.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

PATH = "/designs/jewelry-franchise-brand-marketing-center/departments/BMC-PLAN/"
REQUESTS = 60


def main(rounds: int) -> None:
    """Print both sides' requests a second and the ratio."""
    from django.core.management import call_command  # noqa: PLC0415  # Django must be set up first
    from django.http import HttpResponse  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.urls import path  # noqa: PLC0415

    from departments import urls  # noqa: PLC0415

    urls.urlpatterns.append(path("empty/", lambda _request: HttpResponse("")))
    call_command("migrate", verbosity=0)
    call_command("load_designs", verbosity=0)
    client = Client()
    speeds: dict[str, list[float]] = {PATH: [], "/empty/": []}
    for page in speeds:
        assert client.get(page).status_code == 200  # noqa: S101  # also warms templates and caches
    for _round in range(rounds):
        for page, found in speeds.items():
            started = time.perf_counter()
            for _request in range(REQUESTS):
                client.get(page)
            found.append(REQUESTS / (time.perf_counter() - started))
    department, empty = (statistics.median(found) for found in speeds.values())
    print(f"department page {department:.0f}/s, empty view {empty:.0f}/s, ratio {department / empty:.3f}")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "orgdesign.settings",
            "DATA_DIR": folder,
            "DEBUG": "1",
            "ALLOWED_HOSTS": "testserver",
        }
        import django

        django.setup()
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
