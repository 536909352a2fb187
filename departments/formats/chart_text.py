"""A chart in words: what is drawn, as nested lists of links, for ears and for small screens."""

from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from departments.charts import Box, Page, Picture
from departments.charts.picture import ASSISTS, BESIDE, DOTTED, STATED
from departments.formats.svg import Address, FoldAddress


def text_twin(picture: Picture, *, href: Address, fold: FoldAddress) -> SafeString:
    """Return nested <ul> of all that is drawn, in the order of the boxes. Costs O(boxes + lines)."""
    beside = _beside(picture, href)
    parts: list[str] = []
    depth = 0
    for box in picture.boxes:
        if box.depth > depth:
            parts.append("<ul>")
        else:
            parts.append("</li>" + "</ul></li>" * (depth - box.depth))
        depth = box.depth
        parts.append(_item(box, href, fold, beside.get(box, [])))
    parts.append("</li></ul>" * depth)
    return mark_safe("".join(parts))  # noqa: S308  # texts and addresses are escaped where they are put in


def describe(picture: Picture) -> str:
    """Return what a picture shows in sentences, for those who do not see it: who stands directly below whom."""
    return said_below(picture) or _(", ").join(box.name for box in picture.boxes)


def said_below(picture: Picture) -> str:
    """Return a sentence a box, on who leads it and the boxes directly below it."""
    below = {
        box: [*(head.entry.title for head in box.heads), *(child.name for child in box.children)]
        for box in picture.boxes
    }
    return " ".join(
        _("Directly below %(name)s: %(names)s.") % {"name": box.name, "names": _(", ").join(names)}
        for box, names in below.items()
        if names
    )


def lines_beyond(page: Page, *, numbered: bool = True) -> list[str]:
    """Return the lines that lead to boxes on other pages, which are not drawn, in words."""
    words = {BESIDE: _("reports to"), DOTTED: _("dotted line"), ASSISTS: _("assists")}
    pattern = _("%(start)s → %(end)s (%(line)s, page %(number)s)") if numbered else _("%(start)s → %(end)s (%(line)s)")
    return [
        pattern % {"start": tie.start.name, "line": words[tie.style], "end": tie.end.name, "number": number}
        for tie, number in page.beyond
    ]


def _item(box: Box, href: Address, fold: FoldAddress, beside: list[str]) -> str:
    entry = box.entry
    assert entry is not None  # noqa: S101  # parties outside are named by those who report to them
    parts = [f'<li class="{box.kind}"><a href="{escape(href(entry))}">{escape(box.name)}</a>']
    if box.inferred:
        parts.append(f' <span class="mark" title="{escape(_("inferred"))}">推</span>')
    leaders = [head.entry for head in box.heads]
    parts += [f' <a class="leader" href="{escape(href(one))}">{escape(one.title)}</a>' for one in leaders]
    notes = [escape(said) for said in (entry.repeats, box.headcount) if said]
    notes += beside
    if box.closed:
        words = _("%(number)d below") % {"number": box.hidden}
        notes.append(f'<a href="{escape(fold(box))}">{escape(words)}</a>')
    if notes:
        parts.append(f' <span class="note">{" · ".join(notes)}</span>')
    return "".join(parts)


def _beside(picture: Picture, href: Address) -> dict[Box, list[str]]:
    """Return for each box the lines beside the tree that begin at it, in words with links."""
    words = {
        STATED: _("reports to %(other)s"),
        BESIDE: _("reports to %(other)s"),
        DOTTED: _("dotted line to %(other)s"),
        ASSISTS: _("assists %(other)s"),
    }
    said: dict[Box, list[str]] = {}
    for stroke in picture.strokes:
        if stroke.dot is None:
            continue
        entry = stroke.end.entry
        name = escape(stroke.end.name)
        other = f'<a href="{escape(href(entry))}">{name}</a>' if entry else name
        said.setdefault(stroke.start, []).append(escape(words[stroke.style]) % {"other": other})
    return said
