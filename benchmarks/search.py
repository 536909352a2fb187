"""What a search over many nodes costs, against one indexed lookup; what writing the index adds to putting an edition in force.

Usage: python benchmarks/search.py [nodes] [repeats]. Sides take turns; medians of wall time. Databases as in trees.py. On
PostgreSQL the searches are made twice: with the index over pairs of characters, and without.
"""

import datetime
import random
import re
import sys
from typing import Any

from trees import scratch, take_turns

PER_DESIGN = 2_000
QUERIES = {
    "two characters, many hits": "市场",
    "two characters, few hits": "舆情",
    "a title": "市场部经理",
    "initials": "scbjl",
    "pinyin": "shichangjihua",
    "two words": "品牌 预算",
    "nothing, taken apart": "制定量子计算机采购办法",
}
THINGS = re.findall(
    "..", "市场品牌渠道广告媒体客户产品价格促销活动展会终端数据预算合同货款培训制度团队行业门店物料会员"
)
ACTS = re.findall("..", "制定编制收集分析组织策划执行监督协调维护评估管理提出审核跟踪整理")
ENDS = re.findall("..", "计划方案报告资料信息费用关系标准流程档案效果需求策略目标报表")


def rows(nodes: int, chance: random.Random) -> list[Any]:
    """Return so many rows of one design: departments of 8 positions with 11 duties each, worded like the library's."""
    from departments.restructuring import Row  # noqa: PLC0415  # Django must be set up first

    found = [Row(0, "department", {"title": "营销中心", "code": "D"})]
    while len(found) < nodes:
        number = len(found)
        place = (number - 1) % 97
        thing = chance.choice(THINGS)
        if place == 0:
            found.append(Row(1, "department", {"title": f"{thing}部", "code": f"D-{number}"}))
        elif place % 12 == 1:
            title = f"{thing}{chance.choice(('经理', '主管', '专员', '部经理'))}"
            found.append(Row(2, "position", {"title": title, "code": f"P-{number}"}))
        else:
            clauses = [
                "".join((chance.choice(ACTS), chance.choice(THINGS), chance.choice(ENDS)))
                for _ in range(chance.randint(1, 3))
            ]
            content = {"section": "responsibility", "weight": "primary", "text": "，".join(clauses)}
            found.append(Row(3, "duty", content))
    found[-1].content["text"] = "监测舆情并及时处理"
    return found


def fill(nodes: int) -> Any:
    """Put designs of 2,000 nodes in force until there are so many; return the last edition."""
    from departments.models import Design  # noqa: PLC0415
    from departments.restructuring import open_edition, put_in_force, start_edition  # noqa: PLC0415

    chance = random.Random(1)  # noqa: S311  # the same words every time
    edition: Any = None
    for number in range(max(1, nodes // PER_DESIGN)):
        edition = start_edition(Design.objects.create(slug=f"design-{number}", name=f"设计{number}"))
        with open_edition(edition) as tree:
            tree.insert_branch(rows(min(PER_DESIGN, nodes), chance))
        put_in_force(edition, on=datetime.date(2026, 1, 1))
    return edition


def searching(repeats: int) -> None:
    """Print what each query costs."""
    from departments.models import SearchEntry  # noqa: PLC0415
    from departments.search import Query, find  # noqa: PLC0415

    pk = SearchEntry.objects.latest("pk").pk
    sides = {"one indexed lookup": lambda: SearchEntry.objects.get(pk=pk)}
    sides |= {name: lambda text=text: find(Query.of(text)) for name, text in QUERIES.items()}
    medians = take_turns(sides, repeats)
    print(f"{SearchEntry.objects.count()} entries:")
    for name, milliseconds in medians.items():
        hits = find(Query.of(QUERIES[name])).total if name in QUERIES else 1
        print(
            f"  {name:<28}{milliseconds:8.1f} ms {milliseconds / medians['one indexed lookup']:8.0f} × {hits:>7} hits"
        )


def writing(edition: Any, repeats: int) -> None:
    """Print what writing the index of one design costs beside the whole of putting its edition in force."""
    from departments.models import Edition  # noqa: PLC0415
    from departments.restructuring import put_in_force  # noqa: PLC0415
    from departments.search.entries import rewrite  # noqa: PLC0415

    def again() -> None:
        Edition.objects.filter(pk=edition.pk).update(status=Edition.Status.DRAFT)
        put_in_force(edition, on=datetime.date(2026, 1, 1))

    medians = take_turns({"rewrite": lambda: rewrite(edition), "put_in_force": again}, repeats)
    print(f"an edition of {edition.nodes.count()} nodes:")
    for name, milliseconds in medians.items():
        print(f"  {name:<28}{milliseconds:8.1f} ms")


def main(nodes: int = 100_000, repeats: int = 5) -> None:
    """Print all."""
    with scratch():
        from departments.search import pairs  # noqa: PLC0415

        edition = fill(nodes)
        searching(repeats)
        if pairs.indexed():
            print("without the index:")
            pairs.indexed = lambda: False
            searching(repeats)
        writing(edition, repeats)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
