"""Extracts of designs made in tests, and texts that break a format which forgets to escape them."""

from typing import Any

from departments.documents import schema, vocabulary
from departments.documents.loading import load
from departments.formats.extracts import Extract
from departments.models import Edition
from departments.models.outlines import Outline
from tests.views.conftest import department, duty, office, position

SITE = "https://example.org"
HOSTILE = [
    "a \"quoted\" 'text'",
    "two\nlines\r\nand a\ttab",
    "comma, semicolon; colon: and | pipe",
    "100 % 或 %title% %%{init: {}}%% %date()",
    "<script>alert(1)</script></script><!-- & &amp; ]]>",
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "[a](b) **b** //i// __u__ ~~s~~ ``` `x` $y \\n \\ #35; &#35;",
    "]]--> x; end; subgraph",
    "1. 第一",
    "- 列表",
    "* 星",
    "_ [#red] : < >",
    "\u2028行\u2029分隔",
    "＝1+1",
]


def extract(document: dict[str, Any], start: str = "") -> Extract:
    """Store a document, of which the database may know nothing yet, and return it or a branch of it."""
    vocabulary.load()
    load(schema.Design.model_validate(document))
    edition = Edition.objects.in_force().select_related("design").get(design__slug=document["slug"])
    outline = Outline(edition)
    if edition.design.slug == "hostile":
        _make_hostile(outline)
    return Extract(edition, outline, SITE, outline.find(start) if start else None)


def bureau() -> dict[str, Any]:
    """Return a document with every kind of line: 市场部 (head, outside superior) › 公关科, 营销科."""
    document = office(groups=2, duties=2)
    first, second = (group["children"][0] for group in document["tree"]["children"][-2:])
    first["superiors"] = [{"code": "HEAD", "basis": "stated"}]
    second["superiors"] = [{"code": "HEAD", "basis": "inferred"}, {"code": "G1-STAFF", "line": "dotted"}]
    first["headcount"] = {"form": "number", "min": 2, "max": 2}
    second["headcount"] = {"form": "as_needed"}
    second["title_en"] = "Specialist"
    second["aliases"] = ["主管"]
    second["children"] += [
        duty("帮助拓展员", weight="auxiliary"),
        {"kind": "duty", "text": "传播", "children": [duty("写稿件"), duty("发稿件")]},
        {"kind": "duty", "section": "qualification", "aspect": "education", "text": "大学本科"},
    ]
    document["processes"] = [{"name": "调研", "steps": [{"number": 1, "who": ["HEAD"], "action": "布置"}]}]
    document["relations"] = [
        {"kind": "assists", "from": "G1", "to": "G2", "about": "活动执行"},
        {"kind": "works_with", "from": "G2-STAFF", "outside": "广告公司", "basis": "inferred"},
    ]
    return document


def framed() -> dict[str, Any]:
    """Return a document whose root is a frame over two departments, with a position under the frame."""
    tree = department(
        "ALL",
        "全部",
        department("A", "甲部", position("A-1", "甲主任", head=True)),
        department("B", "乙部", duty("做乙事")),
        position("FREE", "自由人"),
        frame=True,
        functions=[],
    )
    return office("framed") | {"tree": tree}


def hostile() -> dict[str, Any]:
    """Return a document whose extract has the texts above for titles, names, summaries and duties.

    They are put in after it was stored: what a document refuses may have come in another way.
    """
    staff = [position(f"P-{number}", f"岗位{number}", duty(f"职责{number}")) for number in range(len(HOSTILE))]
    units = [department(f"D-{number}", f"部门{number}") for number in range(len(HOSTILE))]
    tree = department("TOP", 'A "部" & <b>', *staff, *units, superiors=[{"outside": 'a "quoted" text'}])
    return office("hostile") | {"tree": tree, "name": 'A,"部" =1'}


def _make_hostile(outline: Outline) -> None:
    outline.edition.design.summary = "\n".join(HOSTILE)
    outline.edition.design.name = 'A,"部"\n=1'
    for number, text in enumerate(HOSTILE):
        post, unit = outline.by_ref[f"p-{number}"], outline.by_ref[f"d-{number}"]
        unit.title = post.title = post.title_en = post.summary = post.children[0].text = text
        post.aliases = [text]
