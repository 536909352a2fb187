"""Designs of the library that fictional companies made their own and rewrote (rewritten.yaml), and what of them is found."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

import yaml

from tests.comparison.judged import HERE, Duty, duties

Pair = tuple[int, int]


class Rewritten(NamedTuple):
    """A design's duties and the company's; `same`: which say the same, by their places in both."""

    slug: str
    before: list[Duty]
    after: list[Duty]
    same: set[Pair]


@cache
def lots() -> dict[str, dict[str, Any]]:
    """Return the lots as they are written down."""
    found: dict[str, dict[str, Any]] = yaml.load(
        (HERE / "rewritten.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return found


def rewritten(lot: str) -> list[Rewritten]:
    """Return the designs of a lot. Whoever only assists says nothing of what others do."""
    found = []
    for slug, company in lots()[lot]["designs"].items():
        before = duties()[slug]
        after = [Duty(duty["text"], tuple(duty["functions"]), duty.get("auxiliary", False), slug) for duty in company]
        same = {
            (at, there)
            for there, duty in enumerate(company)
            for at, one in enumerate(before)
            if one.text in duty.get("says", ()) and one.auxiliary == after[there].auxiliary
        }
        found.append(Rewritten(slug, before, after, same))
    return found


def figures(designs: Iterable[Rewritten], taken: Callable[[Rewritten], set[Pair]]) -> tuple[float, float]:
    """Return precision and recall of the pairs taken for the same, of all designs together."""
    chosen = right = same = 0
    for design in designs:
        pairs = taken(design)
        chosen, right, same = chosen + len(pairs), right + len(pairs & design.same), same + len(design.same)
    return right / chosen, right / same
