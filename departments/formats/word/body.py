"""What our own template says from the cover to the sources, in the order of the PDF; the words are ours, the rest marks."""

from django.utils.translation import gettext as _

from departments.formats.word.charts import caption, list_of_charts, picture
from departments.formats.word.layout import (
    NEW_PAGE,
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

TOP = f'{NEW_PAGE}<w:spacing w:before="0"/>'
AFTER_TABLE = '<w:spacing w:before="280"/>'
CENTRED = '<w:jc w:val="center"/>'
LABEL, THIRD = 1500, 2200
FACTS = (LABEL, WIDTH // 2 - LABEL, LABEL, WIDTH // 2 - LABEL)


def cover() -> str:
    """Return the cover of a booklet."""
    imprint = [
        ("document.number", _("Document number")),
        ("document.version", _("Edition")),
        ("document.date", _("Effective date")),
        ("document.contains", _("Contains")),
        ("document.headcount", _("Headcount")),
    ]
    columns = (LABEL + 300, 5200)
    rows = ""
    for path, label in imprint:
        said = row(label_cell(columns[0], label), cell(columns[1], paragraph("FormText", f"{{{{ {path} }}}}")))
        rows += row_tag(f"if {path}", columns) + said + row_tag("endif", columns)
    mark = run("{%r if document.mark %}") + run("\u2002{{ document.mark }}\u2002", "Stamp") + run("{%r endif %}")
    return "".join((
        paragraph("Logo"),
        paragraph("Subtitle", maybe("document.company", "{{ document.company }}")),
        paragraph("Title", "{{ document.name }}"),
        when("document.within", paragraph("Subtitle", "{{ document.within }}")),
        when("document.name_en", paragraph("English", "{{ document.name_en }}", properties='<w:jc w:val="center"/>')),
        paragraph("Subtitle", "{{ document.title }}"),
        paragraph("Subtitle", mark, properties='<w:spacing w:before="240" w:after="600"/>'),
        when("document.summary", paragraph("Normal", "{{ document.summary }}", properties=_indented(480))),
        paragraph("Normal", properties='<w:spacing w:before="240"/>'),
        table(columns, rows, centred=True),
        paragraph("Normal", properties='<w:spacing w:before="120"/>'),
        _signatures("signed"),
    ))  # fmt: skip


def record() -> str:
    """Return the change record of a booklet."""
    columns = (NUMBER + 120, 2300, WIDTH - NUMBER - 120 - 2300 - 1700, 1700)
    labels = (_("Edition"), _("In force since"), _("Revision"), _("Approved by"))
    paths = ("version", "date", "changes", "approved_by")
    heads = row(*(head_cell(width, label) for width, label in zip(columns, labels, strict=True)), head=True)
    line = row(
        *(
            cell(width, paragraph("FormText", f"{{{{ one.{path} }}}}"))
            for width, path in zip(columns, paths, strict=True)
        ),
        whole=False,
    )
    title = paragraph("TOCHeading", _("Change record"), properties='<w:spacing w:before="480"/>')
    return when("record", title, table(columns, heads, each_row("one", "record", columns, line)))


def contents() -> str:
    """Return the contents of a booklet: a field that is filled with the headings."""
    toc = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-4" \\h \\z \\u '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return when(
        "booklet", paragraph("TOCHeading", _("Contents")), paragraph("TOC1", toc), when("drawn", *list_of_charts())
    )


def chapters() -> str:
    """Return the departments."""
    inside = run("{{ chapter.title }}") + _mark("chapter.mark")
    headings = when(
        "chapter.level == 2",
        paragraph("Heading2", inside),
        otherwise=when("chapter.level == 3", paragraph("Heading3", inside), otherwise=paragraph("Heading4", inside)),
    )
    chapter = (
        when("chapter.trail", paragraph("FormNote", "{{ chapter.trail }}", properties=f"<w:keepNext/>{AFTER_TABLE}")),
        headings,
        when("chapter.title_en", paragraph("English", "{{ chapter.title_en }}")),
        when("chapter.summary", paragraph("Normal", "{{ chapter.summary }}", properties=_indented(0))),
        _facts("chapter"),
        _parts("chapter"),
        when("chapter.positions", _places("chapter.positions", duties=True)),
        when("chapter.departments", _places("chapter.departments", duties=False)),
        _contacts("chapter"),
        _remarks("chapter"),
    )
    title = paragraph("Heading1", _("Departments and what they answer for"), properties=NEW_PAGE)
    return when("chapters", title, each("chapter", "chapters", *chapter))


def forms() -> str:
    """Return the job descriptions, each on a page of its own; alone, its title is the first heading."""
    part = paragraph("Heading1", _("Job descriptions"), properties=NEW_PAGE)
    named = run("{{ form.title }}")
    first = part + paragraph("Heading2", named)
    later = paragraph("Heading2", named, properties=TOP)
    headings = when(
        "booklet",
        when("loop.first", first, otherwise=later),
        otherwise=paragraph("Heading1", named, properties=NEW_PAGE),
    )
    return each(
        "form",
        "forms",
        headings,
        when("form.title_en", paragraph("English", "{{ form.title_en }}")),
        _facts("form"),
        when(
            "form.summary",
            table(
                (WIDTH,),
                row(head_cell(WIDTH, _("Purpose of the position")), head=True),
                row(cell(WIDTH, paragraph("FormText", "{{ form.summary }}", properties=_indented(0))), whole=False),
            ),
        ),
        _parts("form"),
        _contacts("form"),
        _remarks("form"),
        _signatures("form.signatures"),
        paragraph("Gap"),
        each("note", "form.notes", paragraph("FormNote", "{{ note }}")),
    )


def processes() -> str:
    """Return the workflows, each a table of its steps."""
    columns = (NUMBER, THIRD, WIDTH - NUMBER - THIRD)
    heads = row(head_cell(NUMBER, _("No.")), head_cell(THIRD, _("Who")), head_cell(columns[2], _("Action")), head=True)
    action = run("{%r if step.name %}") + run("{{ step.name }}", bold=True) + run("\u2002") + run("{%r endif %}")
    step = row(
        number_cell(paragraph("FormNumber", "{{ step.number }}")),
        cell(THIRD, paragraph("FormText", run("{{ step.who }}"), _mark("step.mark"))),
        cell(
            columns[2],
            paragraph("FormText", action, run("{{ step.action }}")),
            each("note", "step.notes", paragraph("FormNote", run("{{ note.label }}\u2002"), run("{{ note.text }}"))),
        ),
        whole=False,
    )
    process = (
        paragraph("Heading2", run("{{ process.name }}"), _mark("process.mark")),
        when("process.name_en", paragraph("English", "{{ process.name_en }}")),
        when("process.summary", paragraph("Normal", "{{ process.summary }}", properties=_indented(0))),
        each("fact", "process.facts", paragraph("FormNote", run("{{ fact.label }}\u2002"), run("{{ fact.text }}"))),
        each(
            "picture",
            "process.pictures",
            when("loop.last", picture("picture"), otherwise=paragraph("Picture", "{{ picture }}")),
        ),
        when("process.chart", caption("process.chart", "process.name")),
        when("process.steps", table(columns, heads, each_row("step", "process.steps", columns, step))),
    )
    title = paragraph("Heading1", _("Processes"), properties=NEW_PAGE)
    return when("processes", title, each("process", "processes", *process))


def sources() -> str:
    """Return the notes on sources."""
    note = run("{%r if source.note %}") + run("\u2002{{ source.note }}", "Note") + run("{%r endif %}")
    return when(
        "sources or corrections or remarks",
        paragraph("Heading1", _("Notes on sources"), properties=NEW_PAGE),
        when("sources", paragraph("FormHead", _("Sources"))),
        each("source", "sources", paragraph("FormText", run("{{ source.text }}"), note)),
        when("corrections", paragraph("FormHead", _("What was corrected"))),
        each("correction", "corrections", paragraph("FormText", "{{ correction }}")),
        when("remarks", paragraph("FormHead", _("Remarks"))),
        each(
            "remark",
            "remarks",
            paragraph("FormText", run("{{ remark.label }}\u2002", bold=True), run("{{ remark.text }}")),
        ),
    )


def _facts(of: str) -> str:
    label, value, *_rest = FACTS
    whole = row(
        label_cell(label, "{{ row.label }}"), cell(WIDTH - label, paragraph("FormText", _said("row.said")), span=3)
    )
    two = row(
        label_cell(label, "{{ row.label }}"),
        cell(value, paragraph("FormText", _said("row.said")), align="center"),
        label_cell(label, "{{ row.label2 }}"),
        cell(value, paragraph("FormText", _said("row.said2")), align="center"),
    )
    rows = row_tag("if row.whole", FACTS) + whole + row_tag("else", FACTS) + two + row_tag("endif", FACTS)
    return when(f"{of}.facts", table(FACTS, each_row("row", f"{of}.facts", FACTS, rows)))


def _parts(of: str) -> str:
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
    said = run("{{ row.number }}{{ row.text }}", bold=True) + _mark("row.mark")
    heading = row(cell(WIDTH, paragraph("FormText", said, properties="<w:keepNext/>"), span=len(columns)))
    aspect = run("{%r if row.aspect %}") + run("{{ row.aspect }}", bold=True) + run("\u2002") + run("{%r endif %}")
    text = paragraph(
        "FormText",
        maybe("row.auxiliary", "{{ row.auxiliary }}\u00a0", "Mark"),
        aspect,
        run("{{ row.text }}"),
        _mark("row.mark"),
    )
    cells = [
        number_cell(paragraph("FormNumber", "{{ row.number }}")),
        cell(columns[1], text, each("note", "row.notes", paragraph("FormNote", "{{ note }}"))),
    ]
    if len(columns) > 2:
        cells.append(cell(THIRD, paragraph("FormText", "{{ row.third }}")))
    plain = row(*cells, whole=False)
    return row_tag("if row.heading", columns) + heading + row_tag("else", columns) + plain + row_tag("endif", columns)


def _contacts(of: str) -> str:
    columns = (THIRD + NUMBER, WIDTH - THIRD - NUMBER)
    contact = row(
        cell(columns[0], paragraph("FormText", run("{{ contact.name }}"), _mark("contact.mark"))),
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


def _remarks(of: str) -> str:
    columns = (LABEL, WIDTH - LABEL)
    remark = row(
        label_cell(LABEL, "{{ remark.label }}"),
        cell(columns[1], paragraph("FormText", "{{ remark.text }}")),
        whole=False,
    )
    rows = each_row("remark", f"{of}.remarks", columns, remark)
    head = row(head_cell(WIDTH, _("Remarks"), span=2), head=True)
    return when(f"{of}.remarks", table(columns, head, rows))


def _signatures(many: str) -> str:
    """Return the row to sign in: as many fields as there are, with room for a name by hand or a seal."""
    first, last = _cell_tag(f"for one in {many}"), _cell_tag("endfor")
    heads = row(first, cell(0, paragraph("FormHead", "{{ one.label }}", properties=CENTRED), shaded=True), last)
    name = paragraph("FormText", "{{ one.name }}", properties=CENTRED)
    date = paragraph("FormNote", "{{ one.date }}", properties=CENTRED)
    signed = cell(0, name, date, align="bottom")
    return when(many, table((WIDTH,), heads, row(first, signed, last, height=1250)))


def _places(of: str, *, duties: bool) -> str:
    """Return the table of the positions of a department, or of the departments below it."""
    wide = 2900
    columns = [wide, 1800, WIDTH - wide - 1800]
    named = paragraph(
        "FormText",
        maybe("place.depth", "\u3000"),
        run("{{ place.title }}"),
        _mark("place.mark"),
        maybe("place.note", "\u00a0{{ place.note }}", "Note"),
    )
    labels = [_("Departments below"), _("Headcount"), _("Head or superior")]
    texts = [
        (named, when("place.title_en", paragraph("FormNote", "{{ place.title_en }}"))),
        (paragraph("FormText", _said("place.headcount")),),
        (paragraph("FormText", _said("place.superiors")),),
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


def _said(many: str) -> str:
    """Return what is said under a label, one after the other, with marks and notes."""
    mark, note = _mark("one.mark"), maybe("one.note", "\u00a0{{ one.note }}", "Note")
    said = run("{{ one.text }}") + mark + note + run("{{ one.after }}")
    return run(f"{{%r for one in {many} %}}") + said + run("{%r endfor %}")


def _mark(path: str) -> str:
    return maybe(path, f"\u00a0{{{{ {path} }}}}", "Mark")


def _indented(around: int) -> str:
    """Return the properties of running text: two characters in on its first line, `around` at both sides."""
    sides = f' w:left="{around}" w:right="{around}"' if around else ""
    return f'<w:ind{sides} w:firstLineChars="200" w:firstLine="420"/>'
