"""Loading in bulk against saving row by row. Goal: at most 1/20.

The baseline is what a user of django-mptt and Django writes without further thought: every row made with the model's default
manager and its own `save()`, parents first, each new node the last child of its parent; no `bulk_create`, no
`delay_mptt_updates`. Once with a transaction for each row, as Django does it when nothing is said, and once inside one
transaction. Both sides write the same rows into the same tables under the same constraints, and start from the same
empty tables, which are wiped between turns outside the time taken. After each turn the numbers of rows are compared and the
trees checked. The library is compared twice: without and with what the search keeps of an edition in force, which either side
derives from these rows and writes in bulk, or again row by row.

Usage: python benchmarks/loading.py [nodes] [repeats]. Sides take turns; medians of wall time and of this process's own
processor time. Databases as in trees.py.
"""

import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from trees import rows, scratch, take_turns

Given = dict[str, Any]


def save_nodes(edition: Any, given: list[Any]) -> dict[str, int]:
    """Save each node under its parent, then its functions; return hexadecimal uid → primary key."""
    from departments.models import Function, Node, NodeFunction  # noqa: PLC0415  # Django must be set up first

    functions = {function.slug: function for function in Function.objects.all()}
    trail: list[Any] = []
    pks = {}
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
        pks[row.uid.hex] = node.pk
    return pks


def save_design(given: Given, *, found: bool) -> None:
    """Save a design as `load` writes it, row by row; `found`: also what the search keeps of it."""
    from departments.models import Change, Classification, Design, Edition, Process, Relation, Step  # noqa: PLC0415
    from departments.models.guard import room  # noqa: PLC0415
    from departments.models.outlines import Outline  # noqa: PLC0415
    from departments.search.entries import rows_of  # noqa: PLC0415

    parent = Design.objects.filter(slug=given["variant_of"]).first()
    design = Design(variant_of=parent, **given["columns"])
    design.save()
    for one in given["classifications"]:
        Classification(design=design, **one).save()
    edition = Edition(design=design, number=1)
    edition.save()
    with room(edition.pk):
        pks = save_nodes(edition, given["rows"])
        for one in given["relations"]:
            plain = {key: value for key, value in one.items() if key not in ("start", "end")}
            Relation(edition=edition, start_id=pks[one["start"]], end_id=pks.get(one["end"]), **plain).save()
        for one in given["processes"]:
            process = Process(edition=edition, **{key: value for key, value in one.items() if key != "steps"})
            process.save()
            for step in one["steps"]:
                Step(process=process, **step).save()
        Change(edition=edition, number=1, verb="load").save()
    edition.status, edition.effective_on = Edition.Status.IN_FORCE, edition.created_at.date()
    edition.save()
    for outline in Outline.of([edition] if found else []):
        for entry in rows_of(outline):
            entry.save()


def given_of(document: Any) -> Given:
    """Return a document as plain rows, worked out beforehand: the baseline only has to save them."""
    from departments.documents import loading, planning  # noqa: PLC0415
    from departments.documents.matching import match  # noqa: PLC0415
    from departments.models import Design  # noqa: PLC0415

    uids = match(document, None)
    design = Design(slug=document.slug)
    loading.identify(design, document)
    facets = ("facet", "value", "inferred", "order")
    return {
        "variant_of": document.variant_of,
        "columns": {"slug": document.slug, **{name: getattr(design, name) for name in loading.WRITTEN}},
        "classifications": [
            dict(zip(facets, row[1:], strict=True)) for row in loading.classifications(0, document.fits)
        ],
        "rows": list(planning.rows(document, uids)),
        "relations": planning.relations(document, uids),
        "processes": planning.processes(document, uids),
    }


def counted() -> Counter[str]:
    """Return how many rows the tables hold, once every tree was found whole."""
    from departments import models  # noqa: PLC0415
    from departments.restructuring.checking import breaches  # noqa: PLC0415

    if found := breaches():
        sys.exit(f"broken trees: {found}")
    names = "Change Classification Design Edition Node NodeFunction Process Relation SearchEntry Step"
    tables = [getattr(models, name) for name in names.split()]
    return Counter({table.__name__: table._default_manager.count() for table in tables})  # noqa: SLF001


class Sides:
    """Sides that must leave the same rows; what one wrote is looked at and wiped before the next."""

    def __init__(self) -> None:
        self.seen: list[Counter[str]] = []
        self.processor: dict[str, list[float]] = defaultdict(list)

    def clocked(self, name: str, work: Callable[[], Any]) -> Callable[[], Any]:
        """Return the work, which notes the processor seconds of this process beside."""

        def worked() -> None:
            start = time.process_time()
            work()
            self.processor[name].append(time.process_time() - start)

        return worked

    def wipe(self) -> None:
        """Empty the tables of designs, in raw SQL: nothing of a side is left to the next."""
        from django.db import connection  # noqa: PLC0415

        self.seen.append(counted())
        if self.seen[-1] != self.seen[0]:
            sys.exit(f"not the same rows: {self.seen}")
        names = "searchentry change nodefunction step process relation node classification transition comment edition design"
        with connection.constraint_checks_disabled(), connection.cursor() as cursor:
            for name in names.split():
                cursor.execute(f"DELETE FROM departments_{name}")  # noqa: S608

    def one_transaction(self, work: Callable[[], Any]) -> Callable[[], Any]:
        """Return the work inside one transaction."""
        from django.db import transaction  # noqa: PLC0415

        def worked() -> None:
            with transaction.atomic():
                work()

        return worked


def one_tree(nodes: int, repeats: int) -> None:
    """Compare one tree: an empty draft, its nodes."""
    from departments.models import Design  # noqa: PLC0415
    from departments.models.guard import room  # noqa: PLC0415
    from departments.restructuring import open_edition, start_edition  # noqa: PLC0415

    given, sides = rows(nodes), Sides()

    def draft() -> Any:
        return start_edition(Design.objects.create(slug="one", name="one"))

    def insert() -> None:
        with open_edition(draft()) as tree:
            tree.insert_branch(given)

    def save() -> None:
        from departments.models import Change  # noqa: PLC0415

        edition = draft()
        with room(edition.pk):
            save_nodes(edition, given)
        Change(edition=edition, number=1, verb="insert").save()

    compare(f"a tree of {nodes} nodes", sides, {"insert_branch": insert}, save, repeats)


def library(repeats: int) -> None:
    """Compare all fixtures, read and checked before: everything that a design holds."""
    from departments.documents import files, vocabulary  # noqa: PLC0415
    from departments.documents.loading import load, load_all  # noqa: PLC0415
    from departments.models import SearchEntry  # noqa: PLC0415
    from departments.restructuring import whole  # noqa: PLC0415

    vocabulary.load()
    SearchEntry.objects.all().delete()  # the functions': no side writes them
    designs = sorted(map(files.read, vocabulary.design_files()), key=lambda design: design.variant_of is not None)
    given = [given_of(design) for design in designs]
    total = sum(len(one["rows"]) for one in given)
    bulk = {"load_all": lambda: load_all(designs), "load each": lambda: [load(design) for design in designs]}
    rewrite = whole.rewrite
    for found in (False, True):
        whole.rewrite = rewrite if found else lambda *_editions: None
        what = f"{len(designs)} designs of {total} nodes{' and what the search keeps of them' * found}"
        compare(what, Sides(), bulk, lambda found=found: [save_design(one, found=found) for one in given], repeats)


def compare(what: str, sides: Sides, bulk: dict[str, Callable[[], Any]], save: Callable[[], Any], repeats: int) -> None:
    """Let the sides take turns and print the medians, and what the first is of each."""
    works = bulk | {"save(), one transaction": sides.one_transaction(save), "save(), as it comes": save}
    medians = take_turns({name: sides.clocked(name, work) for name, work in works.items()}, repeats, after=sides.wipe)
    processor = {name: statistics.median(taken) for name, taken in sides.processor.items()}
    first = next(iter(works))
    print(f"{what}, {sides.seen[0].total()} rows:{'processor':>40}")
    for name, milliseconds in medians.items():
        ratio, own = milliseconds / medians[first], processor[name] / processor[first]
        print(f"  {name:<24}{milliseconds:8.0f} ms   1/{ratio:<6.1f}{1000 * processor[name]:12.0f} ms   1/{own:.1f}")


def main(nodes: int = 2_000, repeats: int = 3) -> None:
    """Print both."""
    with scratch():
        one_tree(nodes, repeats)
        library(repeats)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
