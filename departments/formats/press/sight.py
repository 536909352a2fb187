"""What the selectors of style sheets can see of an element: where that is the same, its style is the same.

An element is seen by its name, some attributes, whether it is the first or the last child, and the one before it; so are
its ancestors. Selectors that look further (`~`, `:nth-child()`, an id …) are found here.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import tinycss2  # type: ignore[import-untyped]  # it carries no types

ALWAYS_SEEN = frozenset({"class", "dir", "lang", "style"})
SEEN_PSEUDO = frozenset({"first-child", "last-child", "root", "link", "visited", "before", "after"})
INSIDE = frozenset({"is", "not", "where"})
RULES = ("page", "counter-style")
OF_THE_PAGE = ("vw", "vh", "vi", "vb", "vmin", "vmax")  # lengths by a document's first page
COMBINATORS = (">", "+", "~")


class Sight:
    """What the selectors of style sheets look at: the attributes `seen`; `beyond` are elements of which they look at more."""

    def __init__(self, sheets: Iterable[str]):
        self.seen = set(ALWAYS_SEEN)
        self.beyond: set[str] = set()
        self.everywhere = False  # whether a selector looks at more of any element
        for sheet in sheets:
            for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
                self._read(rule)

    def covers(self, tags: Iterable[str]) -> bool:
        """Whether all that matters for elements of these names is seen."""
        return not self.everywhere and self.beyond.isdisjoint(tags)

    def _read(self, rule: Any) -> None:
        if rule.type == "at-rule":
            self.everywhere |= rule.lower_at_keyword not in RULES  # @media, @layer …: none of our sheets has one
            return
        for selector in _split(rule.prelude):
            if not self._sees(selector):
                self._give_up(selector)
        self.everywhere |= any(
            token.type == "dimension" and token.lower_unit.endswith(OF_THE_PAGE) for token in rule.content
        )

    def _sees(self, selector: Sequence[Any]) -> bool:
        """Whether a selector looks at what is seen of an element; the attributes it looks at are noted."""
        if sum(one == "+" for one in selector) > 1:
            return False
        for at, one in enumerate(selector):
            if one.type == "[] block":
                self.seen.add(next(part.value for part in one.content if part.type == "ident"))
            if one.type == "hash" or one in ("~", "|"):
                return False
            if one == ":" and not self._sees_pseudo(selector[at + 1], element=at > 0 and selector[at - 1] == ":"):
                return False
        return True

    def _sees_pseudo(self, one: Any, *, element: bool) -> bool:
        if one.type == "function":
            return one.lower_name in INSIDE and all(map(self._sees, _split(one.arguments)))
        return element or one == ":" or one.lower_value in SEEN_PSEUDO

    def _give_up(self, selector: Sequence[Any]) -> None:
        """Note what elements a selector is about that looks further."""
        last: list[Any] = []
        for one in selector:
            last = [] if one.type == "whitespace" or one in COMBINATORS else [*last, one]
        if last and last[0].type == "ident":
            self.beyond.add(last[0].lower_value)
        else:
            self.everywhere = True


def _split(tokens: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield the selectors of a list of them."""
    selector: list[Any] = []
    for one in tokens:
        if one == ",":
            yield selector
            selector = []
        else:
            selector.append(one)
    while selector and selector[-1].type == "whitespace":
        selector.pop()
    yield selector
