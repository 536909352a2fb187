"""Markdown of the knowledge topics to HTML: tables, links to our own pages, drawings inline. Raw HTML is not let through."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

OURS = {"design": "design", "function": "function", "topic": "topic"}  # scheme of a link → name of the page
SLUG = re.compile(r"[a-z0-9-]+")
DRAWING = re.compile(r"[a-z0-9-]+\.svg")
NUMBERS = re.compile(r"[\d.%～–-]+")


class _Renderer(RendererHTML):
    def image(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        """Put a drawing of the topic itself in place of an image; any other image is its words."""
        token = tokens[index]
        words = self.renderInlineAsText(token.children or [], options, env)
        drawing = env["drawings"].get(str(token.attrs.get("src", "")))
        return f'<span class="drawing">{drawing}</span>' if drawing else f"<span>{words}</span>"

    def table_open(self, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
        """Let a wide table scroll inside its own box, also by keyboard; the box is named by the table's number."""
        number = sum(token.type == "table_open" for token in tokens[: index + 1])
        name = escape(_("Table %d") % number)
        return f'<div class="scroll" tabindex="0" role="region" aria-label="{name}"><table class="register">\n'

    def th_open(self, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
        """Write a head without words, the corner of a table with heads on two sides, as a plain cell."""
        attributes = self.renderAttrs(tokens[index])
        return f'<th scope="col"{attributes}>' if tokens[index + 1].content else f"<td{attributes}>"

    def th_close(self, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
        """Close what `th_open` opened."""
        return "</th>\n" if tokens[index - 1].content else "</td>\n"

    def table_close(self, *_token: Any) -> str:
        """Close what `table_open` opened."""
        return "</table></div>\n"


class _Markdown(MarkdownIt):
    def normalizeLink(self, url: str) -> str:  # noqa: N802  # markdown-it's name
        """Return the address of what design:, function: or topic: names, a drawing's file name, or nothing."""
        scheme, _colon, slug = url.partition(":")
        if scheme in OURS and SLUG.fullmatch(slug):
            return reverse(OURS[scheme], args=[slug])
        return url if DRAWING.fullmatch(url) else ""

    def validateLink(self, url: str) -> bool:  # noqa: N802  # markdown-it's name
        """Accept what `normalizeLink` let through."""
        return bool(url)


def _keep_numbers_narrow(tokens: Sequence[Token]) -> None:
    """Give the cells of every column that holds numbers alone the class of figures."""
    columns: dict[int, list[tuple[Token, str]]] = {}
    column = 0
    for token, inline in pairwise(tokens):
        if token.type == "table_open":
            columns = {}
        elif token.type == "tr_open":
            column = 0
        elif token.type in ("th_open", "td_open"):
            columns.setdefault(column, []).append((token, inline.content))
            column += 1
        elif token.type == "tbody_close":
            for cells in columns.values():
                if all(NUMBERS.fullmatch(text) for cell, text in cells if cell.type == "td_open"):
                    for cell, _text in cells:
                        cell.attrSet("class", "figure")


def render(body: str, drawings: Mapping[str, str]) -> SafeString:
    """Return the HTML of a topic's Markdown; `drawings`: file name → SVG, from our own fixtures."""
    markdown = _Markdown("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")
    tokens = markdown.parse(body)
    _keep_numbers_narrow(tokens)
    html = markdown.renderer.render(tokens, markdown.options, {"drawings": drawings})
    return mark_safe(html)  # noqa: S308  # raw HTML is switched off
