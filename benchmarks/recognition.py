"""How much of ten designs is recognised without help in the very texts they were taken from.

Usage: python -m benchmarks.recognition SOURCES [SLUG…]. SOURCES is a folder with the documents that the designs cite; each
design's own lines are read, nothing is stored. Prints a line a design: positions and duties, found of all.

The rule is tests/formats/recognising.py's: a position is found where one was recognised by its title; a duty, a leaf
statement of section responsibility, where a statement under the same title has enough of its pairs of characters, one for one.
"""

import os
import sys
from pathlib import Path

import django
import yaml

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orgdesign.settings")
django.setup()

from departments.documents import schema  # noqa: E402
from departments.formats.recognition import recognise, text_lines  # noqa: E402
from tests.formats.recognising import measured  # noqa: E402

TEN = (
    "marketing-company-six-dept",
    "hospital-marketing-dept",
    "retail-stores-marketing-dept",
    "china-market-bilingual-teams",
    "group-marketing-centre",
    "four-department-with-sales",
    "marketing-dept-nine-step-six-post",
    "real-estate-agency-marketing-dept",
    "event-led-marketing-dept",
    "typical-marketing-team",
)
DESIGNS = Path(__file__).parent.parent / "fixtures" / "designs"


def main(folder: Path, slugs: tuple[str, ...]) -> None:
    """Print the figures of the designs, and of all together."""
    total = [0, 0, 0, 0]
    for slug in slugs:
        design = schema.Design.model_validate(
            yaml.load((DESIGNS / f"{slug}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        )
        cited = design.sources[0]
        lines = (folder / cited.document).read_text(encoding="utf-8").split("\n")
        first, last = cited.lines[0], cited.lines[-1]
        found = measured(design.tree, recognise(text_lines("\n".join(lines[first - 1 : last]))))
        figures = (found.positions, found.all_positions, found.duties, found.all_duties)
        total = [one + more for one, more in zip(total, figures, strict=True)]
        print(f"{slug:44} positions {figures[0]:3} of {figures[1]:3}   duties {figures[2]:3} of {figures[3]:3}")
    print(f"{'all':44} positions {total[0] / total[1]:.0%}   duties {total[2] / total[3]:.0%}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), tuple(sys.argv[2:]) or TEN)
