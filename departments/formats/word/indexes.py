"""The indexes of positions at a booklet's end: by pinyin and by code."""

from django.utils.translation import gettext as _

from departments.formats.word.layout import (
    NEW_PAGE,
    NUMBER,
    WIDTH,
    cell,
    each_row,
    head_cell,
    number_cell,
    paragraph,
    row,
    table,
    when,
)

CODE = 2200


def by_pinyin() -> str:
    """Return the index of positions by pinyin."""
    columns = (NUMBER, (WIDTH - NUMBER) // 2, (WIDTH - NUMBER) // 2)
    line = row(
        number_cell(paragraph("FormNumber", "{{ one.letter }}")),
        cell(columns[1], paragraph("FormText", "{{ one.title }}")),
        cell(columns[2], paragraph("FormText", "{{ one.department }}")),
    )
    heads = row(
        head_cell(NUMBER, ""),
        head_cell(columns[1], _("Position title")),
        head_cell(columns[2], _("Department")),
        head=True,
    )
    title = paragraph("Heading1", _("Index of positions"), properties=NEW_PAGE)
    return when("index", title, table(columns, heads, each_row("one", "index", columns, line)))


def by_code() -> str:
    """Return the index of the positions that have a code, in its order."""
    columns = (CODE, (WIDTH - CODE) // 2, (WIDTH - CODE) // 2)
    paths = ("code", "title", "department")
    cells = [paragraph("FormText", f"{{{{ one.{path} }}}}") for path in paths]
    line = row(*(cell(width, text) for width, text in zip(columns, cells, strict=True)))
    labels = (_("Position code"), _("Position title"), _("Department"))
    heads = row(*(head_cell(width, label) for width, label in zip(columns, labels, strict=True)), head=True)
    title = paragraph("Heading1", _("Index of codes"), properties='<w:spacing w:before="480"/>')
    return when("codes", title, table(columns, heads, each_row("one", "codes", columns, line)))
