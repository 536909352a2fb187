"""Small strict parsers of the diagram formats: they take what the tools' grammars allow and nothing else."""

import csv
import html
import io
import json
import re
from dataclasses import dataclass, field


class NotInTheGrammar(Exception):
    """A line that the format does not allow."""


@dataclass
class Drawing:
    """What a diagram says: the label and parent of each id, and the edges (from, to, dotted) that are no parents."""

    labels: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    edges: list[tuple[str, str, bool]] = field(default_factory=list)


def csv_rows(text: str) -> list[list[str]]:
    """Return the rows of a CSV file, every one as long as the first."""
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    if {len(row) for row in rows} != {len(rows[0])}:
        raise NotInTheGrammar(rows)
    return rows


def drawio(text: str) -> Drawing:
    """Read draw.io CSV: `##` comments, `# key: value` lines, then a table whose columns the keys name."""
    lines = text.split("\n")
    keys: list[tuple[str, str]] = []
    at = 0
    while lines[at].startswith("#"):
        if not lines[at].startswith("##"):
            found = re.fullmatch(
                r"# (label|style|namespace|identity|connect|ignore|width|height|padding|nodespacing|levelspacing|edgespacing|layout): (.+)",
                lines[at],
            )
            if not found:
                raise NotInTheGrammar(lines[at])
            keys.append((found[1], found[2]))
        at += 1
    head, *rows = csv_rows("\n".join(lines[at:]))
    settings = dict(keys)
    connects = [json.loads(value) for key, value in keys if key == "connect"]
    columns = {*re.findall(r"%(\w+)%", settings["label"] + settings["style"]), settings["identity"]}
    columns |= {*settings["ignore"].split(",")} | {one[end] for one in connects for end in ("from", "to")}
    if columns - set(head) or settings["layout"] not in ("auto", "verticaltree", "horizontaltree", "verticalflow"):
        raise NotInTheGrammar(settings)
    drawing = Drawing()
    table = [dict(zip(head, row, strict=True)) for row in rows]
    for row in table:
        if re.search(r"[<>%]|&(?!#?\w+;)", row["title"] + row["dept"]):
            raise NotInTheGrammar(row)
        drawing.labels[row["id"]] = html.unescape(row["title"])
        if row["manager"]:
            drawing.parents[row["id"]] = row["manager"]
        for column in ("solid", "dotted"):
            drawing.edges += [(one, row["id"], column == "dotted") for one in row[column].split(",") if one]
    _known(drawing)
    return drawing


def mermaid(text: str) -> Drawing:
    """Read a Mermaid flowchart: nodes with quoted labels, --> and -.-> edges, class definitions."""
    head, *lines = text.splitlines()
    if head != "flowchart TB":
        raise NotInTheGrammar(head)
    drawing = Drawing()
    word = r"(?:[^\x00-\x7f]|[A-Za-z0-9 ,()]|#\d+;)+"
    for line in lines:
        if node := re.fullmatch(rf'  (n_\w+)\["({word})"\]:::(department|position)', line):
            drawing.labels[node[1]] = _numbers(node[2], r"#(\d+);", 10)
        elif edge := re.fullmatch(rf"  (n_\w+) (-->|-\.->)(?:\|{word}\|)? (n_\w+)", line):
            if "|" not in line:
                drawing.parents[edge[3]] = edge[1]
            else:
                drawing.edges.append((edge[1], edge[3], edge[2] == "-.->"))
        elif not re.fullmatch(r"  classDef (department|position) fill:#\w{6},stroke:#\w{6}", line):
            raise NotInTheGrammar(line)
    _known(drawing)
    return drawing


def plantuml(text: str) -> list[tuple[int, str]]:
    """Read a PlantUML WBS as (depth, label); the first is the one root, and no level is left out."""
    first, *lines, last = text.splitlines()
    if (first, last) != ("@startwbs", "@endwbs"):
        raise NotInTheGrammar(text)
    found: list[tuple[int, str]] = []
    for line in lines:
        node = re.fullmatch(r"(\*+)(\[#\w{6}\])? ((?:[^\x00-\x7f]|[A-Za-z0-9 ,()]|<U\+[0-9A-F]{4}>)+)", line)
        depth = len(node[1]) if node else 0
        if node is None or not (depth == 1 if not found else 2 <= depth <= found[-1][0] + 1):
            raise NotInTheGrammar(line)
        found.append((depth, _numbers(node[3], r"<U\+([0-9A-F]{4})>", 16)))
    return found


def _numbers(text: str, pattern: str, base: int) -> str:
    return re.sub(pattern, lambda found: chr(int(found[1], base)), text)


def _known(drawing: Drawing) -> None:
    """Every end is a box, and nobody stands above itself."""
    ends = {*drawing.parents, *drawing.parents.values(), *(end for edge in drawing.edges for end in edge[:2])}
    if ends - drawing.labels.keys():
        raise NotInTheGrammar(ends - drawing.labels.keys())
    for start in drawing.parents:
        at, steps = start, 0
        while at in drawing.parents:
            at, steps = drawing.parents[at], steps + 1
            if steps > len(drawing.parents):
                raise NotInTheGrammar(start)
