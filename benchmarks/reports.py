"""What coverage, RACI, spans and the health report of the largest design cost, against reading it; what they find in all.

Usage: .venv/bin/python benchmarks/reports.py [ROUNDS]. Its own temporary SQLite database with the library loaded; the sides
take turns, and the ratios are those of the medians of processor time. The figures below are over all designs in force.
"""

import io
import statistics
import sys
import time
from collections.abc import Callable

from designs import database


def main(rounds: int) -> None:
    """Print the ratios, then the figures."""
    from django.core.management import call_command  # noqa: PLC0415  # Django must be set up first

    from departments.comparison.coverage import coverage, library_coverage, single_functions  # noqa: PLC0415
    from departments.comparison.health import health  # noqa: PLC0415
    from departments.comparison.raci import raci  # noqa: PLC0415
    from departments.comparison.spans import Spans  # noqa: PLC0415
    from departments.models import Edition  # noqa: PLC0415
    from departments.models.outlines import Outline  # noqa: PLC0415

    call_command("load_designs", verbosity=0, stdout=io.StringIO())
    functions = single_functions()
    outlines = [Outline(edition) for edition in Edition.objects.in_force().select_related("design")]
    largest = max(outlines, key=lambda outline: len(outline.entries))
    sides: dict[str, Callable[[], object]] = {
        "reading it": lambda: Outline(largest.edition),
        "coverage by departments": lambda: coverage(largest, functions),
        "coverage by positions": lambda: coverage(largest, functions, by="positions"),
        "RACI": lambda: raci(largest, functions),
        "spans, derived lines too": lambda: Spans(largest, derived=True).branches,
        "health": lambda: health(largest, functions),
        "coverage of all designs": lambda: library_coverage(functions),
    }
    times: dict[str, list[float]] = {name: [] for name in sides}
    for _round in range(rounds):
        for name, work in sides.items():
            started = time.process_time()
            work()
            times[name].append(time.process_time() - started)
    medians = {name: statistics.median(found) for name, found in times.items()}
    print(f"{largest.edition.design.slug}, {len(largest.entries)} entries:")
    for name, seconds in medians.items():
        print(f"  {name:<28}{1000 * seconds:8.1f} ms {seconds / medians['reading it']:8.1f} ×")

    covered = [coverage(outline, functions) for outline in outlines]
    matrices = [raci(outline, functions) for outline in outlines]
    lines = [line for matrix in matrices for line in matrix.lines if not line.empty]
    print(f"{len(outlines)} designs, {len(functions)} functions:")
    rows = [line for one in covered for line in one.lines]
    held = [line for line in rows if not line.uncovered]
    figures = {
        "covered, of all": (len(held), len(rows)),
        "overlapping, of covered": (sum(bool(line.overlapping) for line in held), len(held)),
        "RACI lines with one who answers": (sum(len(line.having("A")) == 1 for line in lines), len(lines)),
        "… with somebody who does it": (sum(not line.undone for line in lines), len(lines)),
    }
    for name, (some, everything) in figures.items():
        print(f"  {name:<36}{some:>5} of {everything:<5}{some / everything:8.3f}")


if __name__ == "__main__":
    with database():
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
