"""Which titles name the same post: a rule for how titles are written, and fixtures/standard_positions.yaml for the rest."""

import re
from dataclasses import dataclass
from functools import cache

import yaml
from django.conf import settings

from departments.search.normal import key

BRACKETED = re.compile(r"[(（][^)）]*[)）]")
ENDINGS = re.compile(r"岗位?[a-z]?$")  # 市场调研岗, 品牌管理岗位, 企划岗A


@dataclass(frozen=True, slots=True)
class Standard:
    """A post that several designs have, by the name used for all of them."""

    key: str
    title: str
    title_en: str


@cache
def standards() -> dict[str, Standard]:
    """Return the posts by key, in the file's order."""
    return {entry["key"]: Standard(entry["key"], entry["title"], entry["title_en"]) for entry in _entries()}


def standard_of(title: str) -> Standard | None:
    """Return the post that a title names; None for a title that no other design has."""
    return _by_title().get(plain(title))


def plain(title: str) -> str:
    """Return a title in the form in which titles are the same post: no brackets, no 岗 at the end, one width, one case."""
    whole = key(BRACKETED.sub("", title))
    return ENDINGS.sub("", whole) or whole


@cache
def _by_title() -> dict[str, Standard]:
    found: dict[str, Standard] = {}
    for entry in _entries():
        for title in entry["titles"]:
            if found.setdefault(plain(title), standards()[entry["key"]]).key != entry["key"]:
                raise ValueError(f"standard_positions.yaml: {title} stands under two posts")
    return found


@cache
def _entries() -> list[dict[str, str]]:
    text = (settings.FIXTURES_DIR / "standard_positions.yaml").read_text(encoding="utf-8")
    entries: list[dict[str, str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return entries
