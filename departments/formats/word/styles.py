"""The styles of our own template: 宋体 for text, 黑体 for headings and labels, named for Latin and East Asian text alike."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from docx.oxml.ns import nsdecls

SONG, HEI = ("Times New Roman", "宋体"), ("Arial", "黑体")
INK, GREY, LINE, RED, BLUE = "1D2126", "5B626B", "8C9197", "A8321F", "23507A"

LEADER = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9638"/></w:tabs>'


@dataclass(frozen=True)
class Style:
    """A style: sizes in points, `spacing` before and after, `line` as a multiple; `more`: properties of its paragraphs."""

    id: str
    name: str
    font: tuple[str, str] = SONG
    size: float = 10.5
    color: str = INK
    bold: bool = False
    align: str = ""
    spacing: tuple[float, float] = (0, 0)
    line: float = 1.25
    keep: bool = False
    level: int = 0
    indent: int = 0
    more: str = ""
    kind: str = "paragraph"

    @property
    def xml(self) -> str:
        """Its definition."""
        default = ' w:default="1"' if self.id == "Normal" else ""
        based = "" if default or self.kind == "character" else '<w:basedOn w:val="Normal"/>'
        paragraph = f"<w:pPr>{self._paragraph}</w:pPr>" if self.kind == "paragraph" else ""
        return (
            f'<w:style w:type="{self.kind}" w:styleId="{self.id}"{default}><w:name w:val="{self.name}"/>{based}'
            f"<w:qFormat/>{paragraph}<w:rPr>{self._run}</w:rPr></w:style>"
        )

    @property
    def _paragraph(self) -> str:
        before, after = (round(20 * points) for points in self.spacing)
        tabs, _bar, border = self.more.partition("|")
        return "".join((
            "<w:keepNext/>" if self.keep else "",
            border,
            tabs,
            f'<w:spacing w:before="{before}" w:after="{after}" {self._height}/>',
            f'<w:ind w:left="{self.indent}"/>' if self.indent else "",
            f'<w:jc w:val="{self.align}"/>' if self.align else "",
            f'<w:outlineLvl w:val="{self.level - 1}"/>' if self.level else "",
        ))  # fmt: skip

    @property
    def _height(self) -> str:
        if self.line:
            return f'w:line="{round(240 * self.line)}" w:lineRule="auto"'
        return 'w:line="1" w:lineRule="exact"'  # as good as none

    @property
    def _run(self) -> str:
        size = round(2 * self.size)
        bold = "<w:b/><w:bCs/>" if self.bold else ""
        border = self.more if self.kind == "character" else ""
        return (
            f"{fonts(*self.font)}{bold}"
            f'<w:color w:val="{self.color}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{border}'
        )


def fonts(latin: str, asian: str) -> str:
    """Return the fonts of a run: python-docx would set the Latin one alone, and Chinese keep the theme's."""
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{asian}" w:cs="{latin}"/>'


def styles_xml() -> str:
    """Return all styles of the template."""
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(*SONG)}"
        '<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    always = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="108" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    listed = "".join(style.xml for style in _styles())
    return f"<w:styles {nsdecls('w')}>{defaults}{always}{listed}{_table()}</w:styles>"


def _styles() -> list[Style]:
    ruled = '|<w:pBdr><w:{0} w:val="single" w:sz="4" w:space="4" w:color="{1}"/></w:pBdr>'
    wide = '<w:tabs><w:tab w:val="center" w:pos="4820"/><w:tab w:val="right" w:pos="9638"/></w:tabs>'
    return [
        Style("Normal", "Normal", more="<w:widowControl/>"),
        Style("Logo", _("Cover: logo"), align="center", spacing=(60, 18)),
        Style("Title", "Title", HEI, 24, bold=True, align="center", spacing=(12, 12), line=1.3),
        Style("Subtitle", "Subtitle", HEI, 16, GREY, align="center", spacing=(6, 6)),
        Style("Heading1", "heading 1", HEI, 18, bold=True, spacing=(0, 8), keep=True, level=1),
        Style("Heading2", "heading 2", HEI, 15, bold=True, spacing=(14, 5), keep=True, level=2),
        Style("Heading3", "heading 3", HEI, 13, bold=True, spacing=(12, 4), keep=True, level=3),
        Style("Heading4", "heading 4", HEI, 12, bold=True, spacing=(10, 4), keep=True, level=4),
        Style("TOCHeading", "TOC Heading", HEI, 18, bold=True, spacing=(0, 8), keep=True),
        Style("TOC1", "toc 1", HEI, spacing=(6, 1), keep=True, more=LEADER, indent=0),
        Style("TOC2", "toc 2", spacing=(1, 1), more=LEADER, indent=420),
        Style("TOC3", "toc 3", spacing=(1, 1), more=LEADER, indent=840),
        Style("TOC4", "toc 4", spacing=(1, 1), more=LEADER, indent=1260),
        Style("TableofFigures", "table of figures", spacing=(1, 1), more=LEADER),
        Style("Picture", _("Picture"), align="center", spacing=(6, 2), line=1),
        Style("Caption", "caption", HEI, 9, GREY, align="center", spacing=(2, 8)),
        Style("Header", "header", HEI, 9, GREY, more=wide + ruled.format("bottom", LINE)),
        Style("Footer", "footer", HEI, 9, GREY, more=LEADER.replace(' w:leader="dot"', "") + ruled.format("top", LINE)),
        Style("FormHead", _("Form: head"), HEI, 10.5, BLUE, bold=True, spacing=(2, 2), line=1.1, keep=True),
        Style("FormLabel", _("Form: label"), HEI, 10, GREY, spacing=(2, 2), line=1.1),
        Style("FormText", _("Form: text"), spacing=(2, 2), line=1.1),
        Style("FormNumber", _("Form: number"), SONG, 10, GREY, align="center", spacing=(2, 2), line=1.1),
        Style("FormNote", _("Form: note"), SONG, 9, GREY, spacing=(1, 1), line=1.1),
        Style("English", _("Form: English title"), SONG, 10, GREY, spacing=(0, 4), keep=True),
        Style("Gap", _("Form: between two tables"), size=1, line=0),
        Style("Note", _("Form: note in a line"), SONG, 9, GREY, kind="character"),
        Style("Mark", _("Form: mark"), HEI, 8, RED, kind="character"),
        Style("Stamp", _("Form: stamp"), HEI, 11, RED, bold=True, kind="character",
              more=f'<w:bdr w:val="single" w:sz="8" w:space="0" w:color="{RED}"/>'),
    ]  # fmt: skip


def _table() -> str:
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    name = _("Form: table")
    return (
        f'<w:style w:type="table" w:styleId="FormTable"><w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr></w:style>"
    )
