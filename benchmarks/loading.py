"""Loading in bulk against saving node by node: in one transaction, and as people do, each through the room. Goal: 1/20.

Usage: python benchmarks/loading.py [nodes] [repeats]. Sides take turns; medians of wall time. Databases as in trees.py.
"""

import sys
from typing import Any

from trees import rows, scratch, take_turns


def insert(edition: Any, given: list[Any]) -> None:
    """Write the rows as the room does."""
    from departments.restructuring import open_edition  # noqa: PLC0415  # Django must be set up first

    with open_edition(edition) as tree:
        tree.insert_branch(given)


def save_each(edition: Any, given: list[Any]) -> None:
    """Write the rows as mptt does: each node saved under its parent."""
    from departments.models import Function, Node, NodeFunction  # noqa: PLC0415
    from departments.restructuring import open_edition  # noqa: PLC0415

    functions = {function.slug: function for function in Function.objects.all()}
    trail: list[Any] = []
    with open_edition(edition):
        for row in given:
            del trail[row.depth :]
            node = Node(edition=edition, kind=row.kind, uid=row.uid, **row.content)
            if trail:
                node.parent = trail[-1]
            else:
                node.lft, node.rght, node.level, node.tree_id = 1, 2, 0, edition.pk
            node.save()
            for order, slug in enumerate(row.functions):
                NodeFunction.objects.create(node=node, function=functions[slug], order=order)
            trail.append(node)


def insert_each(edition: Any, given: list[Any]) -> None:
    """Write the rows as a person does: a transaction, a lock and a line in the log for each."""
    from departments.restructuring import open_edition  # noqa: PLC0415

    trail: list[Any] = []
    for row in given:
        del trail[row.depth :]
        with open_edition(edition) as tree:
            node = tree.insert(row.kind, under=trail[-1] if trail else None, functions=row.functions, **row.content)
        trail.append(node.uid)


def undone(work: Any) -> Any:
    """Return a function that works in a transaction and takes everything back."""
    from django.db import transaction  # noqa: PLC0415

    def worked() -> None:
        with transaction.atomic():
            work()
            transaction.set_rollback(True)

    return worked


def empty_edition(slug: str) -> Any:
    """Return an empty draft of a new design."""
    from departments.models import Design  # noqa: PLC0415
    from departments.restructuring import start_edition  # noqa: PLC0415

    return start_edition(Design.objects.create(slug=slug, name=slug))


def one_tree(nodes: int, repeats: int) -> None:
    """Compare one tree."""
    edition, given = empty_edition("one"), rows(nodes)
    medians = take_turns(
        {
            "insert_rows": undone(lambda: insert(edition, given)),
            "save() each": undone(lambda: save_each(edition, given)),
            "tree.insert each": undone(lambda: insert_each(edition, given)),
        },
        repeats,
    )
    say(f"a tree of {nodes} nodes", medians)


def library(repeats: int) -> None:
    """Compare all fixtures: documents read before, everything a design holds against its nodes alone."""
    from departments.documents import files, vocabulary  # noqa: PLC0415
    from departments.documents.loading import _rows, load  # noqa: PLC0415
    from departments.documents.matching import match  # noqa: PLC0415

    vocabulary.load()
    designs = sorted(map(files.read, vocabulary.design_files()), key=lambda design: design.variant_of is not None)
    given = [list(_rows(design, match(design, None))) for design in designs]

    def load_all() -> None:
        for design in designs:
            load(design)

    def save_all() -> None:
        for number, one in enumerate(given):
            save_each(empty_edition(f"saved-{number}"), one)

    medians = take_turns({"load()": undone(load_all), "save() each": undone(save_all)}, repeats)
    say(f"{len(designs)} designs of {sum(map(len, given))} nodes", medians)


def say(what: str, medians: dict[str, float]) -> None:
    """Print the medians, and what the first is of each."""
    first = next(iter(medians.values()))
    print(f"{what}:")
    for name, milliseconds in medians.items():
        print(f"  {name:<18}{milliseconds:8.0f} ms   1/{milliseconds / first:.1f}")


def main(nodes: int = 2_000, repeats: int = 3) -> None:
    """Print both."""
    with scratch():
        one_tree(nodes, repeats)
        library(repeats)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
