"""A database of its own for a benchmark, and designs of any size in it: 8 below each, heads and headcounts included."""

import datetime
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def database() -> Iterator[None]:
    """Set Django up over an empty SQLite database in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="orgdesign-benchmark-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "orgdesign.settings",
            "DATA_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/benchmark.sqlite3",
            "DEBUG": "0",
        }
        root = Path(__file__).resolve().parent.parent
        sys.path.insert(0, str(root))
        # By another process: what it loads, tens of megabytes, is not to be held by the one that is measured.
        subprocess.run([sys.executable, str(root / "manage.py"), "migrate", "--verbosity", "0"], check=True)
        import django  # noqa: PLC0415  # it reads the environment set above
        from django.db import connection  # noqa: PLC0415

        django.setup()
        yield
        connection.close()


def make_design(slug: str, size: int) -> None:
    """Put a design in force whose chart has `size` boxes: departments with a head and eight boxes below, leaves positions."""
    from departments.models import Design, Kind  # noqa: PLC0415  # Django must be set up first
    from departments.restructuring import Row, open_edition, put_in_force, start_edition  # noqa: PLC0415

    rows: list[Row] = []
    queue = [(0, 0)]
    while queue:
        box, depth = queue.pop()
        below = [child for child in range(8 * box + 1, 8 * box + 9) if child < size]
        one = {"headcount_form": "number", "headcount_min": 1, "headcount_max": 1}
        if below or box == 0:
            rows.append(Row(depth, Kind.DEPARTMENT, _named(box, "区域市场推广部", "Regional promotion department")))
            rows.append(Row(depth + 1, Kind.POSITION, _named(box + size, "部长", "Head") | one | {"head": True}))
        else:
            rows.append(Row(depth, Kind.POSITION, _named(box, "推广专员", "Promotion specialist") | one))
        queue += [(child, depth + 1) for child in reversed(below)]
    design = Design.objects.create(slug=slug, name=f"{size} 个方框", kind="complete")
    with open_edition(start_edition(design)) as tree:
        tree.insert_branch(rows)
    put_in_force(design.editions.get(), on=datetime.date(2026, 1, 1))


def _named(number: int, title: str, english: str) -> dict[str, str]:
    return {"title": f"{title}{number}", "title_en": f"{english} {number}", "code": f"N-{number}"}
