"""Styles worked out once for all documents of a worker, not anew for each of them.

Our pages are made of few kinds of elements, thousands of times: where what selectors can see is the same (`sight`), the
style is the same. Style sheets are parsed once, and fonts looked up in one configuration.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

import weasyprint.css
from cssselect2 import ElementWrapper  # type: ignore[import-untyped]  # it carries no types
from weasyprint import CSS, HTML
from weasyprint.css import ComputedStyle, InitialStyle, StyleFor, declaration_precedence, preprocess_declarations
from weasyprint.html import UA, UA_STYLESHEET
from weasyprint.text.fonts import FontConfiguration

from departments.formats.press.assets import OwnFiles
from departments.formats.press.sight import Sight

SVG = "{http://www.w3.org/2000/svg}svg"
OURS = re.compile(r"stylesheet static:\S+")  # a link's attributes
SIZES = frozenset({"width", "height"})  # attributes of a drawing that are its style
NAMES = frozenset({"id", "name"})  # attributes that are an anchor
KINDS = 5000  # beyond so many, all are forgotten
LAST = float("inf")  # the place of what is in no layer

_all_stylesheets = weasyprint.css.find_stylesheets

Cascaded = dict[str, tuple[Any, tuple[Any, ...]]]


@cache
def font_configuration() -> FontConfiguration:
    """Return the one configuration of this process."""
    return FontConfiguration()


_sheets: dict[str, CSS] = {}


def sheet(address: str) -> CSS:
    """Return one of our style sheets. Raises FatalURLFetchingError for any other address."""
    if address not in _sheets:
        _sheets[address] = CSS(
            url=address, url_fetcher=OwnFiles(), font_config=font_configuration(), _check_mime_type=True
        )
    return _sheets[address]


def find_stylesheets(wrapper: ElementWrapper, *rest: Any, **named: Any) -> Iterator[CSS]:
    """Yield a document's style sheets; ours as they were parsed before, unless it has others too."""
    found = [one for one in wrapper.etree_element.iter() if one.tag in ("link", "style")]
    if all(set(one.attrib) == {"rel", "href"} and OURS.fullmatch(" ".join(one.attrib.values())) for one in found):
        yield from (sheet(one.get("href", "")) for one in found)
    else:
        yield from _all_stylesheets(wrapper, *rest, **named)


class Kind:
    """Elements that look the same: what is declared for them and their pseudo-elements, their style, the kinds below."""

    __slots__ = ("below", "cascaded", "style")

    def __init__(self, cascaded: dict[str | None, Cascaded], style: Any):
        self.cascaded = cascaded
        self.style = style
        self.below: dict[Any, Kind] = {}


class Ledger:
    """The kinds of elements that are known under our style sheets at these addresses."""

    def __init__(self, addresses: tuple[str, ...]):
        self.sight = Sight([UA, *(OwnFiles().fetch(address).read().decode() for address in addresses)])
        self.page_sizes: dict[str, Any] = {"box": None, "area": None}  # for lengths that no sheet of ours has
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.top, self.count = Kind({}, None), 0


@cache
def ledger(addresses: tuple[str, ...]) -> Ledger:
    """Return the ledger of these style sheets."""
    return Ledger(addresses)


class KeptStyles(StyleFor):
    """The styles of a document's elements, shared with all documents before it."""

    def __init__(self, html: HTML, sheets: Any, hints: Any, font_config: FontConfiguration, targets: Any):
        self.kinds: dict[Element, Kind] = {}
        (first, _origin, _weight), *others = sheets
        known = all(one is _sheets.get(one.base_url) for one, *_ in others) and first is UA_STYLESHEET
        book = ledger(tuple(one.base_url for one, *_ in others)) if known and not hints else None
        if book is None or not book.sight.covers({one.tag for one in html.etree_element.iter()}):
            super().__init__(html, sheets, hints, font_config, targets)
            return
        if book.count > KINDS:
            book.forget()
        self._cascaded_styles: dict[Any, Cascaded] = {}
        self._computed_styles: dict[Any, ComputedStyle] = {}
        self._sheets, self.font_config, self.initial_page_sizes = sheets, font_config, book.page_sizes
        self.html, self.targets, self.ledger = html, targets, book
        self.root_style: Any = None
        self.wrappers = {html.etree_element: html.wrapper_element}
        self.parents: dict[Element, Element] = {}
        self._look(html.etree_element, book.top, (), last=True)

    def __call__(self, element: Any, pseudo_type: str | None = None) -> ComputedStyle | None:
        """Return the style; that of a pseudo-element is worked out when it is asked for."""
        if pseudo_type and (kind := self.kinds.get(element)) and (element, pseudo_type) not in self._computed_styles:
            if (cascaded := kind.cascaded.get(pseudo_type)) is None:
                return None
            parent = self._computed_styles[element, None]
            self._computed_styles[element, pseudo_type] = self._computed(parent, cascaded, pseudo_type)
        return super().__call__(element, pseudo_type)

    def _look(self, element: Element, above: Kind, before: tuple[Any, ...], *, last: bool) -> tuple[Any, ...]:
        """Find the styles of an element and all below it; return how its next sibling sees it."""
        attributes, seen = element.attrib, self.ledger.sight.seen
        if element.tag == SVG:
            seen = seen | SIZES
        own = (
            element.tag,
            "href" in attributes,
            not before,
            tuple(pair for pair in attributes.items() if pair[0] in seen) if attributes else (),
        )
        key = (own, before, last)
        kind = above.below.get(key)
        if kind is None:
            kind = above.below[key] = self._new_kind(element, above)
            self.ledger.count += 1
        if self.root_style is None:
            self.root_style = kind.style
        style = kind.style
        if "id" in attributes or ("name" in attributes and element.tag == "a"):
            style = self._anchored(element, kind)
        self.kinds[element] = kind
        self._computed_styles[element, None] = style
        children = [child for child in element if isinstance(child.tag, str)]  # type: ignore[redundant-expr]  # or a comment
        previous: tuple[Any, ...] = ()
        end = len(children) - 1
        for place, child in enumerate(children):
            self.parents[child] = element
            previous = self._look(child, kind, previous, last=place == end)
        return own

    def _new_kind(self, element: Element, above: Kind) -> Kind:
        wrapper = self._wrapper(element)
        cascaded: dict[str | None, Cascaded] = {None: self._declared(element, anchor=False)}
        for one, origin, sheet_specificity in self._sheets:
            for own, _order, pseudo_type, (declarations, _layer) in one.matcher.match(wrapper):
                specificity = sheet_specificity or own
                style = cascaded.setdefault(pseudo_type, {})
                for name, values, importance in declarations:
                    _put(style, name, values, (declaration_precedence(origin, importance), LAST, specificity))
        return Kind(cascaded, self._computed(above.style, cascaded[None]))

    def _anchored(self, element: Element, kind: Kind) -> ComputedStyle:
        """Return the style of an element that has an anchor of its own."""
        cascaded = dict(kind.cascaded[None])
        for name, (values, weight) in self._declared(element, anchor=True).items():
            if name not in cascaded or weight > cascaded[name][1]:
                cascaded[name] = values, weight
        style = self._computed(kind.style.parent_style, cascaded)
        style.update(kind.style)
        style.specified = dict(kind.style.specified)
        style.pop("anchor", None)
        if self.targets and style["anchor"]:
            self.targets.collect_anchor(style["anchor"])
        return style

    def _declared(self, element: Element, *, anchor: bool) -> Cascaded:
        """Return what an element's attributes declare: its anchor, or all else."""
        bare = Element(
            element.tag, {name: element.attrib[name] for name in element.attrib if (name in NAMES) == anchor}
        )
        style: Cascaded = {}
        found = weasyprint.css.find_style_attributes(bare, False, self.html.base_url)  # noqa: FBT003  # theirs
        for specificity, _element, declarations, base_url in found:
            for name, values, importance in preprocess_declarations(base_url, declarations):
                _put(style, name, values, (declaration_precedence("author", importance), LAST, specificity))
        return style

    def _computed(
        self, parent: ComputedStyle | None, cascaded: Cascaded, pseudo_type: str | None = None
    ) -> ComputedStyle:
        root = InitialStyle(self.font_config) if parent is None else self.root_style
        return ComputedStyle(
            parent, cascaded, pseudo_type, root, self.html.base_url, self.font_config, self.initial_page_sizes
        )

    def _wrapper(self, element: Element) -> ElementWrapper:
        if element not in self.wrappers:
            children = self._wrapper(self.parents[element]).iter_children()
            self.wrappers |= {child.etree_element: child for child in children}
        return self.wrappers[element]


def _put(style: Cascaded, name: str, values: Any, weight: tuple[Any, ...]) -> None:
    """Declare a property, unless what is declared already weighs more."""
    if name not in style or style[name][1] <= weight:
        style[name] = values, weight


def keep_styles() -> None:
    """From now on keep styles."""
    weasyprint.css.find_stylesheets = find_stylesheets
    weasyprint.css.StyleFor = KeptStyles
