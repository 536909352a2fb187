"""Reading a whole tree against mptt's own way, and what 199 other editions in the table cost a write.

Usage: python benchmarks/trees.py [nodes] [editions] [repeats]. Sides take turns; medians of wall time. On SQLite in a
temporary folder, or on the server of DATABASE_URL in databases of its own, which are dropped afterwards.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

DRAFT = 1_000


@contextmanager
def scratch() -> Iterator[None]:
    """Set Django up over an empty database that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="orgdesign-benchmark-") as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "orgdesign.settings", "DATA_DIR": folder, "DEBUG": "0"}
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/benchmark.sqlite3")
        sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
        import django  # noqa: PLC0415  # it reads the environment set above
        from django.db import connection  # noqa: PLC0415

        django.setup()
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = f"{folder}/scratch.sqlite3"
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


def rows(nodes: int) -> list[Any]:
    """Return so many rows: departments of 8 positions, each with 11 duties."""
    from departments.restructuring import Row  # noqa: PLC0415  # Django must be set up first

    found = [Row(0, "department", {"title": "总部", "code": "D"})]
    while len(found) < nodes:
        number = len(found)
        place = (number - 1) % 97
        if place == 0:
            found.append(Row(1, "department", {"title": f"部门{number}", "code": f"D-{number}"}))
        elif place % 12 == 1:
            found.append(Row(2, "position", {"title": f"岗位{number}", "code": f"P-{number}"}))
        else:
            content = {"section": "responsibility", "weight": "primary", "text": f"负责第 {number} 项工作并按月总结"}
            found.append(Row(3, "duty", content))
    return found


def create(nodes: int) -> Any:
    """Return a draft of so many nodes."""
    from departments.models import Design  # noqa: PLC0415
    from departments.restructuring import open_edition, start_edition  # noqa: PLC0415

    design = Design.objects.create(slug=f"design-{Design.objects.count()}", name="设计")
    edition = start_edition(design)
    with open_edition(edition) as tree:
        tree.insert_branch(rows(nodes))
    return edition


def take_turns(
    sides: dict[str, Callable[[], Any]], repeats: int, *, after: Callable[[], Any] | None = None
) -> dict[str, float]:
    """Let the sides work in turn and return the median of each, in milliseconds; `after` each turn is not in the time."""
    times: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(repeats):
        for name, work in sides.items():
            start = time.perf_counter()
            work()
            times[name].append(1000 * (time.perf_counter() - start))
            if after:
                after()
    return {name: statistics.median(taken) for name, taken in times.items()}


def reading(nodes: int, repeats: int) -> None:
    """Print what a whole tree costs to read."""
    from mptt.utils import get_cached_trees  # noqa: PLC0415

    from departments.models import Node  # noqa: PLC0415
    from departments.models.entries import NAMES  # noqa: PLC0415
    from departments.models.outlines import Outline  # noqa: PLC0415

    edition = create(nodes)
    tree = Node.tree.filter(tree_id=edition.pk).order_by("lft")
    medians = take_turns(
        {
            "Outline": lambda: Outline(edition),
            "values_list": lambda: list(tree.values_list(*NAMES)),
            "instances": lambda: list(tree.all()),
            "get_cached_trees": lambda: get_cached_trees(tree.all()),
        },
        repeats,
    )
    print(f"whole tree of {nodes} nodes:")
    for name, milliseconds in medians.items():
        print(f"  {name:<18}{milliseconds:8.1f} ms {milliseconds / medians['Outline']:8.2f} × Outline")


def writing(editions: int, repeats: int) -> None:
    """Print what an insertion into a draft costs alone in the table and among other editions."""
    from django.db import connection  # noqa: PLC0415

    from departments.restructuring import open_edition  # noqa: PLC0415

    draft = create(DRAFT)
    under = draft.nodes.get(code="D-1").uid
    connection.close()  # what is still in the write-ahead log goes into the file
    connection.creation.clone_test_db(suffix="crowd", verbosity=0)
    alone = connection.settings_dict["NAME"]
    crowd = connection.creation.get_test_db_clone_settings("crowd")["NAME"]

    def use(name: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = name
        connection.ensure_connection()

    def insert() -> None:
        with open_edition(draft) as tree:
            tree.insert("department", under=under, title="新部门")

    use(crowd)
    _multiply(draft, editions)
    times: dict[str, list[float]] = {alone: [], crowd: []}
    for _ in range(repeats):
        for name, taken in times.items():
            use(name)
            _tidy()
            insert()  # warm
            taken.append(take_turns({"insert": insert}, 3)["insert"])
    use(alone)
    connection.creation.destroy_test_db(verbosity=0, suffix="crowd", keepdb=False)
    one, many = (statistics.median(times[name]) for name in (alone, crowd))
    print(f"insertion into a draft of {DRAFT} nodes:")
    print(f"  1 edition in the table    {one:8.1f} ms")
    print(f"  {editions} editions              {many:8.1f} ms {many / one:8.2f} × 1 edition")


def _tidy() -> None:
    """Clear away what the turns before left behind, as a PostgreSQL server does by itself between an editor's writes."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE departments_node" if connection.vendor == "postgresql" else "ANALYZE")


def _multiply(draft: Any, editions: int) -> None:
    """Fill the table with copies of the draft's rows, in raw SQL: primary keys shifted, parents with them."""
    from django.core.management.color import no_style  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from departments.models import Design, Edition, Node  # noqa: PLC0415

    columns = [field.column for field in Node._meta.concrete_fields]
    shifted = {"id": "id + %s", "parent_id": "parent_id + %s", "edition_id": "%s", "tree_id": "%s"}
    values = ", ".join(shifted.get(column, f'"{column}"') for column in columns)
    order = [column for column in columns if column in shifted]
    names = ", ".join(f'"{column}"' for column in columns)
    query = f"INSERT INTO departments_node ({names}) SELECT {values} FROM departments_node WHERE tree_id = %s"  # noqa: S608
    step = Node.tree.count() + 1_000_000
    with connection.cursor() as cursor:
        for number in range(1, editions):
            design = Design.objects.create(slug=f"copy-{number}", name="副本")
            copy = Edition.objects.create(design=design, number=1)
            given = {"id": number * step, "parent_id": number * step, "edition_id": copy.pk, "tree_id": copy.pk}
            cursor.execute(query, [*(given[column] for column in order), draft.pk])
        for statement in connection.ops.sequence_reset_sql(no_style(), [Node]):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def main(nodes: int = 10_000, editions: int = 200, repeats: int = 5) -> None:
    """Print both."""
    with scratch():
        reading(nodes, repeats)
        writing(editions, repeats)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
