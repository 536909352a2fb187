"""Paragraphs, rows and tables of a template in WordprocessingML: what `ours` is put together from."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

NUMBER = 680  # of the column of numbers
WIDTH = 9638  # of the text between the margins of 2 cm, in twentieths of a point
TAB = "<w:r><w:tab/></w:r>"
NEW_PAGE = "<w:pageBreakBefore/>"


def run(text: str, style: str = "", *, bold: bool = False) -> str:
    """Return a text; its marks are filled in later."""
    properties = (f'<w:rStyle w:val="{style}"/>' if style else "") + ("<w:b/>" if bold else "")
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def maybe(field: str, shown: str, style: str = "") -> str:
    """Return a text that is left out where a field is empty."""
    return run(f"{{%r if {field} %}}") + run(shown, style) + run("{%r endif %}")


def field(instruction: str) -> str:
    """Return a field that Word fills in: PAGE, NUMPAGES."""
    return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def paragraph(style: str, *runs: str, properties: str = "") -> str:
    """Return a paragraph; a text that is no run becomes one."""
    inner = "".join(one if one.startswith("<w:") else run(one) for one in runs)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inner}</w:p>'


def tag(said: str) -> str:
    """Return a paragraph that is a mark alone, {%p … %}: it goes when it is filled in."""
    return paragraph("FormNote", run(f"{{%p {said} %}}"))


def when(condition: str, *parts: str, otherwise: str = "") -> str:
    """Return paragraphs and tables that stand there under a condition."""
    other = tag("else") + otherwise if otherwise else ""
    return tag(f"if {condition}") + "".join(parts) + other + tag("endif")


def each(item: str, many: str, *parts: str) -> str:
    """Return paragraphs and tables that are repeated for each item."""
    return tag(f"for {item} in {many}") + "".join(parts) + tag("endfor")


def cell(width: int, *paragraphs: str, span: int = 1, shaded: bool = False, align: str = "") -> str:
    """Return a cell over `span` columns."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>' if width else '<w:tcW w:w="0" w:type="auto"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += '<w:shd w:val="clear" w:color="auto" w:fill="F3F1EB"/>' if shaded else ""
    properties += f'<w:vAlign w:val="{align}"/>' if align else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def row(*cells: str, head: bool = False, whole: bool = True, height: int = 0) -> str:
    """Return a row; a `head` is repeated on every page, one that is `whole` is not broken between two."""
    properties = "<w:cantSplit/>" if whole else ""
    properties += f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    properties += "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def row_tag(said: str, columns: Sequence[int]) -> str:
    """Return a row that is a mark alone, {%tr … %}: it goes when it is filled in."""
    return row(cell(sum(columns), paragraph("FormNote", run(f"{{%tr {said} %}}")), span=len(columns)))


def table(columns: Sequence[int], *rows: str, centred: bool = False) -> str:
    """Return a bordered table with columns of these widths, and what keeps it from growing into the next."""
    aligned = '<w:jc w:val="center"/>' if centred else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="FormTable"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/>{aligned}'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
        f"{paragraph('Gap')}"
    )


def each_row(item: str, many: str, columns: Sequence[int], rows: str) -> str:
    """Return a table's rows for each item."""
    return row_tag(f"for {item} in {many}", columns) + rows + row_tag("endfor", columns)


def head_cell(width: int, text: str, *, span: int = 1) -> str:
    """Return a cell of a head."""
    return cell(width, paragraph("FormHead", text), span=span, shaded=True)


def label_cell(width: int, text: str) -> str:
    """Return the cell of a label."""
    return cell(width, paragraph("FormLabel", text), shaded=True, align="center")


def number_cell(inside: str) -> str:
    """Return the cell of a row's number."""
    return cell(NUMBER, inside, align="center")
