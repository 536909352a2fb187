"""The chart of 10,000 boxes as SVG text, against reading the same rows with values_list.

Goal: at most 4 times. Usage: python benchmarks/charts.py [boxes] [repeats]. Sides take turns; medians of processor
time.
"""

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from designs import database, make_design

GOAL = 4


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the processor seconds that work takes, and its result."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def main(boxes: int = 10_000, repeats: int = 5) -> None:
    """Print the medians and the ratios."""
    with database():
        make_design("benchmark", boxes)
        from django.utils import translation  # noqa: PLC0415  # Django must be set up first

        from departments.charts import Options, compose  # noqa: PLC0415
        from departments.formats.svg import draw  # noqa: PLC0415
        from departments.models import Edition, Node  # noqa: PLC0415
        from departments.models.entries import NAMES  # noqa: PLC0415
        from departments.models.outlines import Outline  # noqa: PLC0415
        from departments.views.charts import addresses  # noqa: PLC0415
        from departments.views.reading import reading_or_404  # noqa: PLC0415

        translation.activate("zh-hans")
        edition = Edition.objects.get()
        reading = reading_or_404("benchmark")
        options = Options()
        href = addresses(reading)
        taken: dict[str, list[float]] = {}
        for _repeat in range(repeats):
            sides: list[tuple[str, Callable[[], Any]]] = [
                ("values_list", lambda: list(Node.tree.of(edition).values_list(*NAMES))),
                ("outline", lambda: Outline(edition)),
                ("geometry", lambda: compose(reading.outline, options)),
                ("svg", lambda: draw(compose(reading.outline, options), label="", href=href)),
            ]
            for name, work in sides:
                taken.setdefault(name, []).append(seconds(work)[0])
        medians = {name: statistics.median(times) for name, times in taken.items()}
        picture = compose(reading.outline, options)
        size = len(draw(picture, label="", href=href))
        print(f"{len(picture.boxes)} boxes, SVG {size / 1024:.0f} KB, median processor ms of {repeats}:")
        for name, median in medians.items():
            print(f"  {name:12} {median * 1000:8.0f}")
        print(f"geometry and SVG text / values_list: {medians['svg'] / medians['values_list']:.2f} (goal ≤ {GOAL})")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
