"""The words of `words.yaml`, and what a few characters are by them: a label, a department's name, a position's."""

import re
from pathlib import Path
from typing import Any

import yaml

DATA: dict[str, Any] = yaml.load(
    Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
)


def _words(name: str) -> tuple[str, ...]:
    return tuple(DATA[name].split())


def _meanings(name: str) -> dict[str, str]:
    return {word: key for key, words in DATA[name].items() for word in words.split()}


LABELS = {**_meanings("sections"), **_meanings("facts")}
ASPECT_OF = _meanings("aspects")
FOLLOWS = {
    **dict.fromkeys(_words("positions follow"), "position"),
    **dict.fromkeys(_words("departments follow"), "department"),
}
LABELS_BY_LENGTH = sorted(LABELS, key=len, reverse=True)
HEADINGS = sorted({*LABELS, *FOLLOWS, *_words("other headings")}, key=len, reverse=True)
DEPARTMENT_ENDS, POSITION_ENDS, STEMS = _words("department ends"), _words("position ends"), _words("stems")
CUTS, NO_NAMES = _words("cuts"), _words("no names")
VERBS, NAMING_VERBS = _words("verbs"), _words("verbs in names")

NEW_CLAUSE = re.compile("|".join(_words("new clause")))
BRACKETS = re.compile(r"（[^（）]{0,40}）")
COUNT = re.compile(r"[（(]?\s*(\d{1,4})\s*(?:[-—~～至到]\s*(\d{1,4})\s*)?(?:名|人|位|个)\s*[）)]?\s*(?:视.{0,20})?$")
NOT_IN_NAMES = re.compile(
    r"[，。；：！？“”《》（）\d]|包括|为主|以及|其他|相关|各个|职责|概述|任职|要求|资格|组织架构|架构图|中心架构|部架构|工作流程|^(?:各|每|该|本|其|或|及|和)"
)
HAN = "\u4e00-\u9fff"


def label_key(text: str) -> str:
    """Return what a text announces as a label, empty where it is none: “岗 位 名 称：” is title."""
    return LABELS.get(plain(text), "")


def plain(text: str) -> str:
    """Return the text without blanks, brackets at its ends and a colon."""
    return BRACKETS.sub("", re.sub(r"\s+", "", text)).strip("：:；;、。.【】[]<>《》*＊—-")


def is_department(title: str) -> bool:
    """Whether the words look like a department's name."""
    return title.endswith(DEPARTMENT_ENDS) and _is_name(title)


def is_position(title: str) -> bool:
    """Whether the words look like a position's name."""
    return title.endswith(POSITION_ENDS) and _is_name(title)


def _is_name(title: str) -> bool:
    if not 2 <= len(title) <= 24 or title in NO_NAMES or NOT_IN_NAMES.search(title):
        return False
    if not re.search(f"[{HAN}]", title):
        return False
    return not title.startswith(VERBS) or (len(title) <= 6 and title.startswith(NAMING_VERBS))
