"""Designs written out as such texts come: half-width punctuation, lists run together on one line, lines broken anywhere.

The words are the fixtures' own; only the setting is that of the collections they come from.
"""

import random
from collections.abc import Iterator

from departments.documents import schema

HALF = str.maketrans({"，": ",", "；": ";", "：": ":", "。": ".", "（": "(", "）": ")"})


def reset(design: schema.Design, seed: int) -> str:
    """Return the design as a text: departments with their duties, then positions with theirs, in one of three manners."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    places = list(_places(design.tree))
    departments = [one for one in places if isinstance(one, schema.Department) and not one.frame]
    positions = [one for one in places if isinstance(one, schema.Position)]
    manner = (numbered, bulleted, chapters)[seed % 3]
    text = (
        f"{design.tree.title}组织架构及岗位职责\n"
        + manner(departments, "部门职责", chance)
        + manner(positions, "岗位描述", chance)
    )
    return "\n".join(broken(line, chance) for line in text.translate(HALF).split("\n"))


def _places(node: schema.Department | schema.Position) -> Iterator[schema.Department | schema.Position]:
    yield node
    for child in node.children:
        if not isinstance(child, schema.Duty):
            yield from _places(child)


def duties(place: schema.Department | schema.Position) -> list[str]:
    """Return the leaf statements of section responsibility below a department or position."""
    waiting = [
        child for child in place.children if isinstance(child, schema.Duty) and child.section == "responsibility"
    ]
    found = []
    while waiting:
        duty = waiting.pop(0)
        waiting = [*duty.children, *waiting]
        if not duty.children:
            found.append(duty.text)
    return found


def numbered(places, heading: str, chance: random.Random) -> str:
    """六、部门职责1.营销部(1)…(2)…2.销售部(1)… all on one line."""
    lists = [
        f"{at}.{place.title}" + "".join(f"({number}){text}" for number, text in enumerate(duties(place), 1))
        for at, place in enumerate(places, 1)
    ]
    return f"{chance.choice('三四五')}、{heading}" + "".join(lists) + "\n"


def bulleted(places, heading: str, chance: random.Random) -> str:
    """A line for the name, then its duties behind one another, each with a star or an arrow."""
    sign = chance.choice("➢☆●")
    lines = [f"{place.title}职责\n" + " ".join(f"{sign} {text}。" for text in duties(place)) for place in places]
    return "\n".join(lines) + "\n"


def chapters(places, heading: str, chance: random.Random) -> str:
    """(一)市场部经理1、…;2、…。 with the stops of a list, each place on a line."""
    lines = [
        f"（{'一二三四五六七八九十'[at % 10] if at < 10 else '十' + '一二三四五六七八九十'[at - 10]}）{place.title}"
        + "".join(f"{number}、{text}；" for number, text in enumerate(duties(place), 1))
        for at, place in enumerate(places)
    ]
    return f"{chance.choice('二三')}、{heading}\n" + "\n".join(lines) + "\n"


def broken(line: str, chance: random.Random) -> str:
    """Break a line at a margin now and then, where it is neither number nor Latin."""
    if len(line) < 60 or chance.random() < 0.5:
        return line
    at = chance.randint(40, 55)
    while at < len(line) - 1 and not ("\u4e00" <= line[at - 1] <= "\u9fff" and "\u4e00" <= line[at] <= "\u9fff"):
        at += 1
    return line[:at] + "\n" + line[at:]
