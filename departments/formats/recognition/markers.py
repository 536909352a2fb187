"""Markers of list items: 一、 （一） 1. （1） 1） ① ☆ – a） i. 第一条, wherever they stand in a line.

A number counts as a marker where it begins a list or follows on in one that is open, so that 2012年 and 1.5倍 stay text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

CHINESE = "[一二三四五六七八九十]{1,3}"
NUMBERED = re.compile(
    rf"(?P<chapter>第{CHINESE}[章篇部])(?![分门])|(?P<article>第{CHINESE}条|第{CHINESE}(?=[:：]))"
    rf"|[（(](?P<round>{CHINESE})[）)][、.]?|(?P<half>{CHINESE})[）)]|(?P<comma>{CHINESE})[、，,.．]"
    r"|[（(](?P<bracket>\d{1,2})[）)][、.]?|[\[【](?P<square>\d{1,2})[\]】]"
    r"|(?P<dotted>\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)(?=[\s、\u4e00-\u9fff])(?!年|月|日|万|亿|元|倍|米|%)[、.]?"
    r"|(?P<point>\d{1,2})[.．、，,](?!\d)|(?P<paren>\d{1,2})[）)]"
    r"|(?P<circle>[①-⑳])[、.]?|(?P<letter>[a-h])[）)]|(?P<roman>i{1,3}|iv|vi{0,3})[.、](?![a-z])"
)
BULLETS = re.compile(
    r"(?P<star>[☆★●◆◇■□○◎➢➤►▶▪•·※✓√])\s*|(?:(?<=\s)|(?<=[；;。:：）)])|^)(?P<dash>[-–—])(?![-–—\d])\s*(?=[\u4e00-\u9fff《“A-Z])"
    r"|(?<=[\u4e00-\u9fff）)])(?P<spaced>[-–—])\s+(?=[\u4e00-\u9fff])"
)
RUN_ON = re.compile(r"(?<=[\u4e00-\u9fff）)])[-–](?=[\u4e00-\u9fff])")
SHORTEST = 5  # characters of an item that runs on; 洞察-策略-执行 is one name
RANKS = ("chapter", "article", "comma", "half", "round")  # styles of headings, from the top


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of a line: the style of its marker, empty for none, and the text behind it."""

    style: str
    number: int
    text: str


def items(text: str, open_lists: dict[str, int]) -> Iterator[Item]:
    """Yield the items that a line holds. `open_lists` (style → last number) is carried from line to line."""
    start, style, number = 0, "", 0
    for found in _markers(text, open_lists):
        before = text[start : found[0]].strip()
        if before or style:
            yield from _run_on(Item(style, number, before))
        start, style, number = found[1], found[2], found[3]
    rest = text[start:].strip()
    if rest or style:
        yield from _run_on(Item(style, number, rest))


def _run_on(item: Item) -> Iterator[Item]:
    """Yield an item, and those that hyphens without blanks begin in it: ☆客户调查-需求与偏好-来源与分布."""
    first, *others = RUN_ON.split(item.text)
    if item.style and len(others) > 1 and min(map(len, (first, *others))) >= SHORTEST:
        yield Item(item.style, item.number, first)
        yield from (Item("dash", 0, one.strip()) for one in others)
    else:
        yield item


def _markers(text: str, open_lists: dict[str, int]) -> Iterator[tuple[int, int, str, int]]:
    """Yield (begin, end, style, number) of what are markers in a line."""
    at = 0
    while at < len(text):
        numbered, bullet = NUMBERED.search(text, at), BULLETS.search(text, at)
        found = min((one for one in (numbered, bullet) if one), key=lambda one: one.start(), default=None)
        if found is None:
            return
        style = found.lastgroup or ""
        word = found[style]
        begin = found.start()
        if style in ("star", "dash", "spaced"):
            yield begin, found.end(), "dash" if style == "spaced" else f"star{word}" if style == "star" else style, 0
            at = max(found.end(), at + 1)
            continue
        number = value(word)
        if _is_marker(text, begin, style, number, open_lists):
            for other in list(open_lists):  # what stood below a heading ends with it
                if style in RANKS and (other not in RANKS or RANKS.index(other) > RANKS.index(style)):
                    del open_lists[other]
            open_lists[style] = number
            yield begin, found.end(), style, number
            at = found.end()
        else:
            at = begin + 1


def _is_marker(text: str, begin: int, style: str, number: int, open_lists: dict[str, int]) -> bool:
    before = text[begin - 1] if begin else ""
    if before and (before.isdigit() or before in ".．%％$￥~～+" or (before.isascii() and before.isalpha())):
        return False
    if (
        style in ("comma", "half")
        and before
        and (before in "第之十百千万统唯同单某每" or before in "一二三四五六七八九")
    ):
        return False
    if (
        style == "comma"
        and text[begin + 1 : begin + 2] in "，,.．"
        and begin
        and open_lists.get("comma", 0) + 1 != number
    ):
        return False  # “一,” inside a sentence
    if style == "dotted" and begin and before not in "。；;：:":
        return False
    if not begin or style in ("chapter", "article", "circle", "dotted"):
        return True
    last = open_lists.get(style, 0)
    if number in (1, last + 1):
        return True
    return (number == last + 2 and last > 0) or before in " 。；;：:"


def value(word: str) -> int:
    """Return the number a marker's word stands for: 十二 is 12, ③ 3, b 2, iv 4, 2.1 1."""
    word = word.strip("第章篇部条")
    if word and "①" <= word <= "⑳":
        return ord(word) - ord("①") + 1
    if re.fullmatch(r"[\d.]+", word):
        return int(word.rpartition(".")[2])
    if word in ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii"):
        return ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii").index(word) + 1
    if len(word) == 1 and "a" <= word <= "h":
        return ord(word) - ord("a") + 1
    tens, ten, ones = word.partition("十")
    digits = "〇一二三四五六七八九"
    if not ten:
        return digits.find(word[-1:]) if word else 0
    return 10 * (digits.find(tens[-1:]) if tens else 1) + (digits.find(ones[-1:]) if ones else 0)
