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
from departments.formats.word.pieces import (
    LABEL,
    THIRD,
    contacts,
    facts,
    indented,
    mark,
    parts,
    places,
    remarks,
    signatures,
)

TOP = f'{NEW_PAGE}<w:spacing w:before="0"/>'
AFTER_TABLE = '<w:spacing w:before="280"/>'


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
    stamp = run("{%r if document.mark %}") + run("\u2002{{ document.mark }}\u2002", "Stamp") + run("{%r endif %}")
    return "".join((
        paragraph("Logo"),
        paragraph("Subtitle", maybe("document.company", "{{ document.company }}")),
        paragraph("Title", "{{ document.name }}"),
        when("document.within", paragraph("Subtitle", "{{ document.within }}")),
        when("document.name_en", paragraph("English", "{{ document.name_en }}", properties='<w:jc w:val="center"/>')),
        paragraph("Subtitle", "{{ document.title }}"),
        paragraph("Subtitle", stamp, properties='<w:spacing w:before="240" w:after="600"/>'),
        when("document.summary", paragraph("Normal", "{{ document.summary }}", properties=indented(480))),
        paragraph("Normal", properties='<w:spacing w:before="240"/>'),
        table(columns, rows, centred=True),
        paragraph("Normal", properties='<w:spacing w:before="120"/>'),
        signatures("signed"),
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
    inside = run("{{ chapter.title }}") + mark("chapter.mark")
    headings = when(
        "chapter.level == 2",
        paragraph("Heading2", inside),
        otherwise=when("chapter.level == 3", paragraph("Heading3", inside), otherwise=paragraph("Heading4", inside)),
    )
    chapter = (
        when("chapter.trail", paragraph("FormNote", "{{ chapter.trail }}", properties=f"<w:keepNext/>{AFTER_TABLE}")),
        headings,
        when("chapter.title_en", paragraph("English", "{{ chapter.title_en }}")),
        when("chapter.summary", paragraph("Normal", "{{ chapter.summary }}", properties=indented(0))),
        facts("chapter"),
        parts("chapter"),
        when("chapter.positions", places("chapter.positions", duties=True)),
        when("chapter.departments", places("chapter.departments", duties=False)),
        contacts("chapter"),
        remarks("chapter"),
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
        facts("form"),
        when(
            "form.summary",
            table(
                (WIDTH,),
                row(head_cell(WIDTH, _("Purpose of the position")), head=True),
                row(cell(WIDTH, paragraph("FormText", "{{ form.summary }}", properties=indented(0))), whole=False),
            ),
        ),
        parts("form"),
        contacts("form"),
        remarks("form"),
        signatures("form.signatures"),
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
        cell(THIRD, paragraph("FormText", run("{{ step.who }}"), mark("step.mark"))),
        cell(
            columns[2],
            paragraph("FormText", action, run("{{ step.action }}")),
            each("note", "step.notes", paragraph("FormNote", run("{{ note.label }}\u2002"), run("{{ note.text }}"))),
        ),
        whole=False,
    )
    process = (
        paragraph("Heading2", run("{{ process.name }}"), mark("process.mark")),
        when("process.name_en", paragraph("English", "{{ process.name_en }}")),
        when("process.summary", paragraph("Normal", "{{ process.summary }}", properties=indented(0))),
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
