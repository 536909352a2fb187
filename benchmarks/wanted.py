"""How many of the written queries have what they want among the first three, group by group, over the whole library.

Usage: .venv/bin/python benchmarks/wanted.py. Its own temporary SQLite database. The queries are those of tests/search.
"""

import io
import os
import sys
import tempfile
from pathlib import Path

FILES = [Path(__file__).resolve().parent.parent / "tests" / "search" / f"queries{kind}.yaml" for kind in ("", "_fresh")]


def main() -> None:
    """Print the shares, and what is missed."""
    import yaml  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415  # Django must be set up first

    from departments.search import Query, find  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("load_designs", verbosity=0, stdout=io.StringIO())
    for path in FILES:
        missed: list[str] = []
        total = 0
        for group, queries in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            lost = []
            for text, kind, title, *design in queries:
                first = find(Query.of(str(text))).best[:3]
                fitting = [hit for hit in first if (hit.kind, hit.title) == (kind, title)]
                if not any(not design or (hit.design and hit.design.slug == design[0]) for hit in fitting):
                    lost.append(str(text))
            print(f"  {group:<40}{len(queries) - len(lost):>3} of {len(queries)}  {'  '.join(lost)}")
            missed += lost
            total += len(queries)
        print(f"{path.name}: {total - len(missed)} of {total}, {1 - len(missed) / total:.3f}")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "orgdesign.settings", "DATA_DIR": folder, "DEBUG": "1"}
        import django

        django.setup()
        main()
