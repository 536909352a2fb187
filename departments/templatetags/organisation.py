"""How departments, positions and duties look in templates: addresses, names, the tree beside the page."""

from functools import lru_cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from departments.models.entries import Entry
from departments.models.facets import Aspect
from departments.models.headcount import Headcount
from departments.models.nodes import Section
from departments.models.titles import titled
from departments.pinyin import Style, lazy_pinyin
from departments.search.marking import spans
from departments.views.reading import Reading
from departments.wording import Hint

register = template.Library()


@register.simple_tag
def entry_url(reading: Reading, entry: Entry) -> str:
    """Return the page of a department or position, or the place of a duty on it."""
    return reading.entry_url(entry)


@register.filter
def edits(reading: Reading, entry: Entry) -> bool:
    """Return whether who reads may edit this department, position or duty: {% if reading|edits:entry %}."""
    return reading.may_edit_entry(entry)


@register.filter
def names_holders_of(reading: Reading, entry: Entry) -> bool:
    """Return whether who reads may name who holds this position: {% if reading|names_holders_of:entry %}."""
    return reading.may_name_holders(entry)


@register.filter
def hints_on(reading: Reading | str, entry: Entry) -> list[Hint]:
    """Return the hints on a statement, or on a position as a whole, for who edits it; none where nothing is read (a text)."""
    return [] if isinstance(reading, str) else reading.hints.get(entry, [])


@register.simple_tag
def edit_page_url(reading: Reading, entry: Entry) -> str:
    """Return the page on which a department or position of a draft is edited, a frame too."""
    return reading.page_url(entry)


@register.simple_tag
def page_url(name: str, slug: str, *args: object) -> str:
    """Return the address of a page whose name is a value (department or position)."""
    return reverse(name, args=[slug, *args])


register.filter(titled)


@register.filter
def marked(text: str, words: tuple[str, ...]) -> SafeString:
    """Return the text with what the words searched for fit in <mark>, everything escaped."""
    parts, done = [], 0
    for start, end in spans(text, words):
        parts += [conditional_escape(text[done:start]), f"<mark>{escape(text[start:end])}</mark>"]
        done = end
    return mark_safe("".join([*parts, conditional_escape(text[done:])]))  # noqa: S308  # every part is escaped above


@lru_cache(maxsize=20_000)
def initials(title: str) -> str:
    """Return the pinyin initials of a title (市场部 → scb), for typing ahead in the tree."""
    return "".join(lazy_pinyin(title, style=Style.FIRST_LETTER)).lower()


@register.simple_tag
def outline_tree(reading: Reading, current: Entry | None = None) -> SafeString:
    """Return the departments and positions as nested lists of links, the current page marked.

    Built as text, not by template recursion (performance: a tenth of the time); tree.js adds the keys of a tree view.
    """
    parts: list[str] = []
    _branch(reading, [reading.outline.root], current, parts)
    return mark_safe("".join(parts))  # noqa: S308  # titles and addresses are escaped in _branch


def _branch(reading: Reading, entries: list[Entry], current: Entry | None, parts: list[str]) -> None:
    parts.append("<ul>")
    for entry in entries:
        below = [child for child in entry.children if not child.is_duty]
        if entry.frame:
            parts.append(f'<li class="frame"><span>{escape(titled(entry))}</span>')
        else:
            here = ' aria-current="page"' if entry is current else ""
            parts.append(
                f'<li class="{entry.kind}" data-initials="{escape(initials(entry.title))}">'
                f'<a href="{escape(reading.entry_url(entry))}"{here}>{escape(titled(entry))}</a>'
            )
        if below:
            _branch(reading, below, current, parts)
        parts.append("</li>")
    parts.append("</ul>")


@register.simple_tag
def inferred_mark() -> SafeString:
    """Return the mark of what we concluded: a tag, for a template of its own would leave a space before 、."""
    title, mark = _("inferred: the source does not say so itself"), _("inf.")
    return format_html('<abbr class="mark inferred" title="{}">{}</abbr>', title, mark)


@register.filter
def articles(citations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the citations, those of one article as one, with the lines of each in words (`places`: ["344–345", "349"])."""
    found: dict[tuple[str, str | None], dict[str, Any]] = {}
    for citation in citations:
        article = found.setdefault((citation["document"], citation.get("heading")), citation | {"places": []})
        if lines := citation.get("lines"):
            article["places"].append("–".join(map(str, dict.fromkeys(lines))))
    return list(found.values())


@register.filter
def leaves(statements: list[Entry]) -> int:
    """Return how many single statements there are, headings not counted."""
    return sum(entry.is_leaf for statement in statements for entry in statement.walk())


@register.filter
def headcount(data: dict[str, Any]) -> str:
    """Return the headcount of a level, stored as plain values, in words."""
    return str(Headcount(**{key: value for key, value in data.items() if value is not None}))


@register.filter
def aspect(slug: str) -> str:
    """Return the words for a part of the qualifications or the authority."""
    return str(Aspect(slug).label)


@register.simple_tag
def section_label(slug: str) -> str:
    """Return the words for a part of a job description."""
    return str(Section(slug).label)


@register.simple_tag
def function_name(reading: Reading, slug: str) -> str:
    """Return a function's name in the interface's language."""
    name, english = reading.outline.function_names[slug]
    return english if get_language() == "en" else name
