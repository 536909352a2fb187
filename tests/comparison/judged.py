"""What was judged by hand of duty statements.

pairs.yaml: chosen pairs; drawn.yaml: whole designs; written.yaml: statements in many wordings; companies.yaml: whole companies.
"""

from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any, NamedTuple

import yaml

HERE = Path(__file__).parent
DESIGNS = HERE.parent.parent / "fixtures" / "designs"


class Duty(NamedTuple):
    """A duty of the library; `design`: the first one, by its slug, that has it."""

    text: str
    functions: tuple[str, ...]
    auxiliary: bool
    design: str

    @property
    def weight(self) -> str:
        """As a node says it."""
        return "auxiliary" if self.auxiliary else "primary"


class Judged(NamedTuple):
    """Two duties, and whether they say the same."""

    left: Duty
    right: Duty
    same: bool

    @property
    def designs(self) -> tuple[str, str]:
        """The two designs, to keep all pairs of them together."""
        one, other = sorted((self.left.design, self.right.design))
        return one, other


@cache
def duties() -> dict[str, list[Duty]]:
    """Return the single responsibilities of every design, by its slug, in document order."""
    return {path.stem: list(_duties(_read(path)["tree"], path.stem)) for path in sorted(DESIGNS.glob("*.yaml"))}


@cache
def chosen() -> list[Judged]:
    """Return the pairs that were chosen one by one."""
    known: dict[str, Duty] = {}
    for duty in (duty for found in duties().values() for duty in found):
        known.setdefault(duty.text, duty)
    return [Judged(known[pair["left"]], known[pair["right"]], pair["same"]) for pair in _read(HERE / "pairs.yaml")]


@cache
def lots() -> dict[str, dict[str, Any]]:
    """Return the lots of whole designs as they are written down."""
    found: dict[str, dict[str, Any]] = _read(HERE / "drawn.yaml")
    return found


@cache
def drawn() -> dict[str, list[Judged]]:
    """Return the lots of whole designs: every pair of duties of two designs that was not judged before, once."""
    seen = {frozenset((pair.left.text, pair.right.text)) for pair in chosen()}
    found: dict[str, list[Judged]] = {}
    for name, lot in lots().items():
        same = {frozenset(pair) for pair in lot["same"]}
        found[name] = []
        for left, right in _against(lot["designs"]):
            if left.auxiliary == right.auxiliary and (pair := frozenset((left.text, right.text))) not in seen:
                seen.add(pair)
                if left.text != right.text:
                    found[name].append(Judged(left, right, pair in same))
    return found


@cache
def written() -> list[Judged]:
    """Return every two duties of two fictional companies of a lot: the same where all that the one does the other does too."""
    return [
        Judged(_written(left, one), _written(right, other), {*left[1:]} <= {*right[1:]} or {*right[1:]} <= {*left[1:]})
        for lot in _read(HERE / "written.yaml").values()
        for one, other in combinations(lot, 2)
        for left, right in product(lot[one], lot[other])
    ]


@cache
def lots_of_companies() -> dict[str, dict[str, Any]]:
    """Return the lots of whole companies as they are written down."""
    found: dict[str, dict[str, Any]] = _read(HERE / "companies.yaml")["lots"]
    return found


def held_out() -> set[str]:
    """Return the names of the lots of companies that nothing may be tuned with."""
    return {name for name, lot in lots_of_companies().items() if lot.get("held_out")}


@cache
def companies() -> dict[str, list[Judged]]:
    """Return the lots of whole companies: every pair of duties of two of a lot, or of one and a design, once."""
    known = {
        name: [Duty(duty["text"], tuple(duty["functions"]), duty.get("auxiliary", False), name) for duty in company]
        for name, company in _read(HERE / "companies.yaml")["companies"].items()
    }
    found: dict[str, list[Judged]] = {}
    for lot, told in lots_of_companies().items():
        pairs: dict[tuple[str, str, str], Judged] = {}
        for comparison, same in told["same"].items():
            one, other = (known.get(name) or duties()[name] for name in comparison.split("--"))
            said = {(left, right) for left, right in same}
            for left, right in product(one, other):
                if left.auxiliary == right.auxiliary:
                    pair = Judged(left, right, (left.text, right.text) in said)
                    pairs.setdefault((comparison, left.text, right.text), pair)
        found[lot] = [*pairs.values()]
    return found


def _written(duty: list[str], company: str) -> Duty:
    return Duty(duty[0], (), auxiliary=False, design=company)


def _against(designs: dict[str, list[str]]) -> Iterator[tuple[Duty, Duty]]:
    for one, others in designs.items():
        for other in others:
            yield from product(duties()[one], duties()[other])


def _duties(node: dict[str, Any], design: str) -> Iterator[Duty]:
    for child in node.get("children", ()):
        below = [each for each in child.get("children", ()) if each["kind"] == "duty"]
        if child["kind"] == "duty" and child.get("section", "responsibility") == "responsibility" and not below:
            auxiliary = child.get("weight", "primary") == "auxiliary"
            yield Duty(child["text"], tuple(child.get("functions", ())), auxiliary, design)
        else:
            yield from _duties(child, design)


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
