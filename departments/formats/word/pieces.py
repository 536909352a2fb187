"""What chapters and forms of our own template are made of: facts, tables of statements, contacts, remarks, who signs.

Each is written for what holds it (`of`, `many`: its name in the template), and is not there where that has none.
"""

from django.utils.translation import gettext as _

from departments.formats.word.layout import (
    NUMBER,
    WIDTH,
    cell,
    each,
    each_row,
    head_cell,
    label_cell,
    maybe,
    number_cell,
    paragraph,
    row,
    row_tag,
    run,
    table,
    when,
)

CENTRED = '<w:jc w:val="center"/>'
LABEL, THIRD = 1500, 2200
FACTS = (LABEL, WIDTH // 2 - LABEL, LABEL, WIDTH // 2 - LABEL)


def facts(of: str) -> str:
    """Return the facts as rows of a label and what is said, two a row where they are short."""
    label, value, *_rest = FACTS
    whole = row(
        label_cell(label, "{{ row.label }}"), cell(WIDTH - label, paragraph("FormText", said_of("row.said")), span=3)
    )
    two = row(
        label_cell(label, "{{ row.label }}"),
        cell(value, paragraph("FormText", said_of("row.said")), align="center"),
        label_cell(label, "{{ row.label2 }}"),
        cell(value, paragraph("FormText", said_of("row.said2")), align="center"),
    )
    rows = row_tag("if row.whole", FACTS) + whole + row_tag("else", FACTS) + two + row_tag("endif", FACTS)
    return when(f"{of}.facts", table(FACTS, each_row("row", f"{of}.facts", FACTS, rows)))


def parts(of: str) -> str:
    """Return a table a section: its statements, with a third column where it has one."""
    narrow, wide = (NUMBER, WIDTH - NUMBER - THIRD, THIRD), (NUMBER, WIDTH - NUMBER)
    with_third = table(
        narrow,
        row(head_cell(WIDTH - THIRD, "{{ part.label }}", span=2), head_cell(THIRD, "{{ part.third }}"), head=True),
        each_row("row", "part.rows", narrow, _statement(narrow)),
    )
    without = table(
        wide,
        row(head_cell(WIDTH, "{{ part.label }}", span=2), head=True),
        each_row("row", "part.rows", wide, _statement(wide)),
    )
    return each("part", f"{of}.parts", when("part.third", with_third, otherwise=without))


def _statement(columns: tuple[int, ...]) -> str:
    said = run("{{ row.number }}{{ row.text }}", bold=True) + mark("row.mark")
    heading = row(cell(WIDTH, paragraph("FormText", said, properties="<w:keepNext/>"), span=len(columns)))
    aspect = run("{%r if row.aspect %}") + run("{{ row.aspect }}", bold=True) + run("\u2002") + run("{%r endif %}")
    text = paragraph(
        "FormText",
        maybe("row.auxiliary", "{{ row.auxiliary }}\u00a0", "Mark"),
        aspect,
        run("{{ row.text }}"),
        mark("row.mark"),
    )
    cells = [
        number_cell(paragraph("FormNumber", "{{ row.number }}")),
        cell(columns[1], text, each("note", "row.notes", paragraph("FormNote", "{{ note }}"))),
    ]
    if len(columns) > 2:
        cells.append(cell(THIRD, paragraph("FormText", "{{ row.third }}")))
    plain = row(*cells, whole=False)
    return row_tag("if row.heading", columns) + heading + row_tag("else", columns) + plain + row_tag("endif", columns)


def contacts(of: str) -> str:
    """Return a table a group of contacts, inside or outside."""
    columns = (THIRD + NUMBER, WIDTH - THIRD - NUMBER)
    contact = row(
        cell(columns[0], paragraph("FormText", run("{{ contact.name }}"), mark("contact.mark"))),
        cell(
            columns[1],
            paragraph("FormText", maybe("contact.how", "{{ contact.how }}\u00a0", "Note"), run("{{ contact.about }}")),
        ),
        whole=False,
    )
    rows = each_row("contact", "group.rows", columns, contact)
    return each(
        "group", f"{of}.contacts", table(columns, row(head_cell(WIDTH, "{{ group.label }}", span=2), head=True), rows)
    )


def remarks(of: str) -> str:
    """Return the table of the remarks."""
    columns = (LABEL, WIDTH - LABEL)
    remark = row(
        label_cell(LABEL, "{{ remark.label }}"),
        cell(columns[1], paragraph("FormText", "{{ remark.text }}")),
        whole=False,
    )
    rows = each_row("remark", f"{of}.remarks", columns, remark)
    head = row(head_cell(WIDTH, _("Remarks"), span=2), head=True)
    return when(f"{of}.remarks", table(columns, head, rows))


def signatures(many: str) -> str:
    """Return the row to sign in: as many fields as there are, with room for a name by hand or a seal."""
    first, last = _cell_tag(f"for one in {many}"), _cell_tag("endfor")
    heads = row(first, cell(0, paragraph("FormHead", "{{ one.label }}", properties=CENTRED), shaded=True), last)
    name = paragraph("FormText", "{{ one.name }}", properties=CENTRED)
    date = paragraph("FormNote", "{{ one.date }}", properties=CENTRED)
    signed = cell(0, name, date, align="bottom")
    return when(many, table((WIDTH,), heads, row(first, signed, last, height=1250)))


def places(of: str, *, duties: bool) -> str:
    """Return the table of the positions of a department, or of the departments below it."""
    wide = 2900
    columns = [wide, 1800, WIDTH - wide - 1800]
    named = paragraph(
        "FormText",
        maybe("place.depth", "\u3000"),
        run("{{ place.title }}"),
        mark("place.mark"),
        maybe("place.note", "\u00a0{{ place.note }}", "Note"),
    )
    labels = [_("Departments below"), _("Headcount"), _("Head or superior")]
    texts = [
        (named, when("place.title_en", paragraph("FormNote", "{{ place.title_en }}"))),
        (paragraph("FormText", said_of("place.headcount")),),
        (paragraph("FormText", said_of("place.superiors")),),
    ]
    if duties:
        columns[2:] = [columns[2] - 1200, 1200]
        labels = [_("Positions of this department"), _("Headcount"), _("Superior"), _("Duties")]
        texts.append((paragraph("FormText", run("{{ place.duties }}", "Note")),))
    heads = row(*(head_cell(width, label) for width, label in zip(columns, labels, strict=True)), head=True)
    line = row(*(cell(width, *inside) for width, inside in zip(columns, texts, strict=True)))
    return table(columns, heads, each_row("place", of, columns, line))


def _cell_tag(said: str) -> str:
    return cell(0, paragraph("FormNote", run(f"{{%tc {said} %}}")))


def said_of(many: str) -> str:
    """Return what is said under a label, one after the other, with marks and notes."""
    note = maybe("one.note", "\u00a0{{ one.note }}", "Note")
    said = run("{{ one.text }}") + mark("one.mark") + note + run("{{ one.after }}")
    return run(f"{{%r for one in {many} %}}") + said + run("{%r endfor %}")


def mark(path: str) -> str:
    """Return the mark of what was inferred, where there is one."""
    return maybe(path, f"\u00a0{{{{ {path} }}}}", "Mark")


def indented(around: int) -> str:
    """Return the properties of running text: two characters in on its first line, `around` at both sides."""
    sides = f' w:left="{around}" w:right="{around}"' if around else ""
    return f'<w:ind{sides} w:firstLineChars="200" w:firstLine="420"/>'
