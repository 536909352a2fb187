"""Designs of the library that fictional companies made their own and rewrote (rewritten.yaml), and what of them is found."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

import yaml

from tests.comparison.judged import HERE, Duty, duties

Pair = tuple[int, int]

# A small one: each duty and what a company made of it, in the same order.
REFERENCE = (
    "收集市场信息",
    "编制年度营销预算",
    "策划并组织促销活动",
    "维护媒体关系",
    "处理危机",
    "审核宣传物料的设计",
    "考核经销商",
    "培训导购员",
)
OURS = (
    "收集各区域的市场信息",
    "编制年度营销预算，报总经理审批",
    "策划并组织各类促销活动",
    "维护与媒体的关系",
    "公司遇有危机事件时牵头处置，重大情况两小时内上报",
    "宣传物料的设计审核",
    "按季度考核经销商",
    "定期给门店导购员培训产品知识",
)


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


def held_out() -> set[str]:
    """Return the names of the lots that nothing may be tuned with."""
    return {name for name, lot in lots().items() if lot.get("held_out")}


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
