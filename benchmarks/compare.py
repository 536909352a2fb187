"""How long the largest comparison takes, against reading its two designs; and how well statements are told apart.

Usage: .venv/bin/python benchmarks/compare.py [ROUNDS]. Its own temporary SQLite database with the library loaded; the sides
take turns, and the ratio is that of the medians. Cold: nothing read of any statement yet; warm: as the server runs on.
"""

import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path


def main(rounds: int) -> None:
    """Print the times, the ratio, and precision and recall on the judged pairs."""
    from django.core.management import call_command  # noqa: PLC0415  # Django must be set up first
    from django.db.models import Count  # noqa: PLC0415

    from departments.comparison import matching, meanings, statements  # noqa: PLC0415
    from departments.comparison.diff import compare, duties  # noqa: PLC0415
    from departments.models import Edition  # noqa: PLC0415
    from departments.models.outlines import Outline  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("load_designs", verbosity=0, stdout=io.StringIO())
    outlines = [
        Outline(edition) for edition in Edition.objects.in_force().annotate(size=Count("nodes")).order_by("-size")
    ]
    left, right = sorted(outlines, key=lambda outline: -len(duties(outline.root)))[:2]
    cached = [
        value
        for module in (matching, meanings, statements)
        for name, value in vars(module).items()
        if hasattr(value, "cache_clear") and name != "lexicon"
    ]
    times: dict[str, list[float]] = {"read": [], "cold": [], "warm": []}
    for _round in range(rounds):
        times["read"].append(_timed(lambda: (Outline(left.edition), Outline(right.edition))))
        for one in cached:
            one.cache_clear()
        times["cold"].append(_timed(lambda: compare(left.root, right.root)))
        times["warm"].append(_timed(lambda: compare(left.root, right.root)))
    read, cold, warm = (statistics.median(found) for found in times.values())
    slugs = " and ".join(one.edition.design.slug for one in (left, right))
    print(f"{slugs}, {len(duties(left.root))} and {len(duties(right.root))} duties")
    print(
        f"read {read:.3f} s; compared cold {cold:.3f} s ({cold / read:.1f} ×), warm {warm:.3f} s ({warm / read:.1f} ×)"
    )
    _judged()


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _judged() -> None:
    from departments.comparison.kinship import Candidates  # noqa: PLC0415
    from departments.comparison.matching import ACCEPTED, DOUBTFUL, likeness, may_be_alike  # noqa: PLC0415
    from tests.comparison import judged, rewritten  # noqa: PLC0415

    unrelated = {f"companies, {_lot(lot, judged.held_out())}": pairs for lot, pairs in judged.companies().items()}
    for name, pairs in {"chosen": judged.chosen(), **judged.drawn(), **unrelated}.items():
        scored = [
            (likeness(left.text, right.text, left.functions, right.functions), truth)
            for left, right, truth in pairs
            if may_be_alike(left.text, right.text)
        ]
        taken = [truth for value, truth in scored if value >= ACCEPTED]
        asked = [truth for value, truth in scored if DOUBTFUL <= value < ACCEPTED]
        _print_figures(name, len(pairs), taken, asked, sum(pair.same for pair in pairs))
    for lot in rewritten.lots():
        taken, asked, same, compared = [], [], 0, 0
        for design in rewritten.rewritten(lot):
            compared += len(design.before) * len(design.after)
            same += len(design.same)
            for pair, value in Candidates(design.before, design.after).likely.items():
                (taken if value >= ACCEPTED else asked).append(pair in design.same)
        _print_figures(f"rewritten, {_lot(lot, rewritten.held_out())}", compared, taken, asked, same)


def _lot(name: str, held_out: set[str]) -> str:
    return f"{name} (held out)" if name in held_out else name


def _print_figures(name: str, pairs: int, taken: list[bool], asked: list[bool], same: int) -> None:
    precision, recall = (sum(taken) / max(1, whole) for whole in (len(taken), same))
    print(
        f"{name}: {pairs} pairs, precision {precision:.3f} ({sum(taken)} of {len(taken)}), "
        f"recall {recall:.3f} (of {same}), {sum(asked)} more asked about"
    )


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "orgdesign.settings", "DATA_DIR": folder, "DEBUG": "1"}
        import django

        django.setup()
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
