"""Every open format of a design by one name, as bytes, and all of them as one archive with checksums."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from departments.documents.files import DocumentError, to_json, to_yaml
from departments.documents.writing import document
from departments.formats.archives import archive, checksums
from departments.formats.diagrams import drawio, flat, mermaid, plantuml, visio
from departments.formats.extracts import Extract, one_line
from departments.formats.org_ontology import json_ld, turtle
from departments.formats.ruoyi import ruoyi
from departments.formats.workbook import csv_tables, workbook

TEXT = "text/plain; charset=utf-8"
CSV = "text/csv; charset=utf-8"
ZIP = "application/zip"


@dataclass(frozen=True)
class Format:
    """How a format is written: the end of the file's name, its media type, and what makes the bytes."""

    suffix: str
    media_type: str
    make: Callable[[Extract], bytes]


def _text(write: Callable[[Extract], str]) -> Callable[[Extract], bytes]:
    return lambda extract: write(extract).encode()


def _csv_archive(extract: Extract) -> bytes:
    return archive({name: text.encode() for name, text in csv_tables(extract).items()})


def everything(extract: Extract) -> bytes:
    """Return all formats as a .zip; the design documents too where it is the whole design. 6 queries then, else none."""
    files: dict[str, bytes] = {}
    missing = ""
    if extract.start is None:
        try:
            written = document(extract.edition)
        except DocumentError as error:
            missing = f"\n没有设计文档：\n{error}\n"
        else:
            files |= {"design.yaml": to_yaml(written).encode(), "design.json": to_json(written).encode()}
    files["design.xlsx"] = workbook(extract)
    files |= {f"tables/{name}": text.encode() for name, text in csv_tables(extract).items()}
    files |= {name: FORMATS[key].make(extract) for name, key in CONTENTS.items()}
    readme = "".join(f"{name}\t{NOTES[name]}\n" for name in files)
    files = {"README.txt": f"{one_line(extract.title)}\n\n{readme}{missing}".encode(), **files}
    return archive(files | {"SHA256SUMS": checksums(files)})


FORMATS: Mapping[str, Format] = {
    "xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook),
    "csv": Format("csv.zip", ZIP, _csv_archive),
    "drawio": Format("drawio.csv", CSV, _text(drawio)),
    "visio": Format("visio.csv", CSV, _text(visio)),
    "mermaid": Format("mmd", TEXT, _text(mermaid)),
    "plantuml": Format("puml", TEXT, _text(plantuml)),
    "flat": Format("flat.json", "application/json", _text(flat)),
    "ruoyi": Format("ruoyi.json", "application/json", _text(ruoyi)),
    "turtle": Format("ttl", "text/turtle; charset=utf-8", _text(turtle)),
    "jsonld": Format("jsonld", "application/ld+json", _text(json_ld)),
    "zip": Format("zip", ZIP, everything),
}
CONTENTS = {  # in the archive: name → format
    "diagrams/drawio.csv": "drawio",
    "diagrams/visio.csv": "visio",
    "diagrams/chart.mmd": "mermaid",
    "diagrams/chart.puml": "plantuml",
    "systems/flat.json": "flat",
    "systems/ruoyi.json": "ruoyi",
    "systems/organisation.ttl": "turtle",
    "systems/organisation.jsonld": "jsonld",
}
NOTES = {
    "design.yaml": "设计文档（YAML）：全部内容，可原样读回",
    "design.json": "设计文档（JSON）：内容相同，写明每一项",
    "design.xlsx": "工作簿：部门、岗位、职责、关系，附说明",
    "tables/departments.csv": "部门表",
    "tables/positions.csv": "岗位表",
    "tables/duties.csv": "职责表",
    "tables/relations.csv": "关系表",
    "diagrams/drawio.csv": "draw.io：调整图形 › 插入 › 高级 › CSV，粘贴全文",
    "diagrams/visio.csv": "Visio：组织结构图向导，从文件导入",
    "diagrams/chart.mmd": "Mermaid 流程图",
    "diagrams/chart.puml": "PlantUML 工作分解图（WBS）",
    "systems/flat.json": "id、parentId 平面数据，另附连线",
    "systems/ruoyi.json": "若依 sys_dept、sys_post 的行，附超长提示",
    "systems/organisation.ttl": "W3C ORG，Turtle",
    "systems/organisation.jsonld": "W3C ORG，JSON-LD",
}
