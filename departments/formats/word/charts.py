"""Where our own template shows what is drawn: charts, their captions and their list; filling puts the pictures in."""

from django.utils.translation import gettext as _

from departments.formats.word.layout import NEW_PAGE, each, paragraph, run, when


def list_of_charts() -> tuple[str, str]:
    """Return the list of charts: a field that is filled with their captions."""
    toc = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\h \\z \\c '
        f'&quot;{_("Chart")}&quot; </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    title = paragraph("FormHead", _("List of charts"), properties='<w:spacing w:before="360" w:after="60"/>')
    return title, paragraph("TableofFigures", toc)


def charts() -> str:
    """Return the organisation charts, each on a page of its own; filling puts pictures where their names stand."""
    return each(
        "chart",
        "charts",
        paragraph("Heading1", "{{ chart.title }}", properties=NEW_PAGE),
        when("chart.above", paragraph("FormNote", "{{ chart.above }}", properties="<w:keepNext/>")),
        picture("chart.picture"),
        caption("chart.number", "chart.title"),
    )


def picture(name: str) -> str:
    """Return the place of a picture that stays with its caption."""
    return paragraph("Picture", f"{{{{ {name} }}}}", properties="<w:keepNext/>")


def caption(number: str, title: str) -> str:
    """Return a caption that Word counts; `number` until it does."""
    label = _("Chart")
    counted = f'<w:fldSimple w:instr=" SEQ {label} \\* ARABIC ">{run(f"{{{{ {number} }}}}")}</w:fldSimple>'
    return paragraph("Caption", run(f"{label} "), counted, run(f"\u2002{{{{ {title} }}}}"))
