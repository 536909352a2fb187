"""Derive from the catalogue what the fixtures must hold, without looking at them.

    python tests/expected/derive.py CATALOGUE_FOLDER > tests/expected/catalogue.csv

writes one line a department or position, and totals.csv beside this file with one line a design. The catalogue speaks
several dialects (two crews wrote it); every reading that is a judgement stands once, as a comment, where it is made.
"""

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

COLUMNS = (
    "design",
    "path",
    "kind",
    "inferred",
    "headcount",
    "superiors",
    "duties",
    "auxiliary",
    "authority",
    "head",
)
TOTALS = (
    "design",
    "processes",
    "steps",
    "collaborations",
    "strengths",
    "challenges",
    "principles",
    "deliverables",
    "regulations",
    "assessment",
    "kpis",
)
HERE = Path(__file__).parent
# Half-width brackets (企划岗A(开业与新品)) hold what tells made-up titles apart: part of the title, written full-width.
FULL_WIDTH = str.maketrans("()\\", "（）/")
Entry = dict[str, Any]
Row = dict[str, str]

# Words in `supervises` that stand for units. Any other word that names neither a unit nor a position (营销团队, 团队成员,
# 企划部组员 …) means people who have no line of their own: it gives nobody a superior.
# Every sub-unit of the supervisor's own unit; which ones are meant is our conclusion.
ALL_PARTS = {"各部门", "市场部门下属团队"}
# (design, word): the unit meant, and whether the catalogue's note calls the line stated against its own mark.
NAMED_OTHERWISE = {
    ("group-marketing-centre", "各营销区市场部团队"): ("营销区市场部团队", True),  # 管理考核为原文写明
    ("matrix-marketing-large-group", "口红产品线营销工作"): ("口红产品线", False),
}


def title(name: str) -> str:
    """Cut what stands in brackets at the end, a synonym (an alias); 归属不明 is none, so placeholders keep their names.

    The two slashes of the catalogue join no synonyms, so they stay: 企划/推广专员 is one post of two fields,
    市场营销专员/主管 one post of two grades. The backslash is a slip of the source (the catalogue says so).
    """
    name = re.sub(r"（(?!归属不明)[^（）]*）$", "", name.strip())
    return name.translate(FULL_WIDTH).strip()


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


class Plan:
    """One design of the catalogue, ready to be written as rows."""

    def __init__(self, data: Entry):
        self.data = data
        self.slug: str = data["slug"]
        # A body that leads its parent (领导班子) is listed as a unit; in a tree a head is a position (head_form: body).
        bodies = [unit for unit in data["units"] if unit.get("type") == "leadership"]
        self.units: list[Entry] = [unit for unit in data["units"] if unit not in bodies]
        self.positions: list[Entry] = [*data["positions"]]
        for body in bodies:
            self.positions.append({**body, "title": body["name"], "unit": body["parent"]})
        self.positions += self._unlisted_heads()

    def _unlisted_heads(self) -> Iterator[Entry]:
        """Give a head who is named at the unit but has no line of its own a position there, as sure as the head is."""
        known = {position["title"] for position in self.positions}
        for unit in self.units:
            if unit.get("head") and not self._head_titles(unit, known):
                yield {
                    "title": title(unit["head"]),
                    "unit": unit["name"],
                    "inferred": unit.get("head_inferred"),
                    "duty_count": 0,
                }

    @staticmethod
    def _head_titles(unit: Entry, known: set[str]) -> list[str]:
        """Resolve a head to positions: 品牌经理或品牌总监 is two, 总经理（兼） is the one whose title begins so."""
        words = [title(word) for word in re.split("或", unit["head"])]
        return [name for word in words for name in sorted(known) if name == word] or [
            name for word in words for name in sorted(known) if name.startswith(word + "兼")
        ]

    def head(self, unit: Entry) -> str:
        """Name the unit's head; the positions of the unit itself come first, then those of any other unit."""
        if not unit.get("head"):
            return ""
        own = {p["title"] for p in self.positions if p["unit"] == unit["name"]}
        titles = self._head_titles(unit, own) or self._head_titles(unit, {p["title"] for p in self.positions})
        return ";".join(title(name) for name in titles)

    @property
    def roots(self) -> list[Entry]:
        return [unit for unit in self.units if unit["parent"] is None]

    def rows(self) -> Iterator[Row]:
        """Yield the rows in the order of the tree: a unit, its positions, its sub-units.

        Several top units: their root is a frame, which has no row and no part in the paths of its children. A position
        stands by its unit, whoever it reports to; one without a unit stands under the root.
        """
        for root in self.roots:
            yield from self._unit_rows(root, ())

    def _unit_rows(self, unit: Entry, above: tuple[str, ...]) -> Iterator[Row]:
        path = (*above, title(unit["name"]))
        # A placeholder (归属不明) is no department: a frame, which carries duties and is counted as nothing.
        kind = "frame" if unit.get("type") == "placeholder" else "department"
        yield self._row(unit, path, kind)
        for position in self.positions:
            if (position["unit"] or self.roots[0]["name"]) == unit["name"]:
                yield self._row(position, (*path, title(position["title"])), "position")
        for child in self.units:
            if child["parent"] == unit["name"]:
                yield from self._unit_rows(child, path)

    def _row(self, entry: Entry, path: tuple[str, ...], kind: str) -> Row:
        # `inferred`: that it exists is a conclusion. A conclusion about its place alone (unit_inferred) or about its
        # name alone is none; whatever the catalogue gives no unit is marked, as its place under the root is ours.
        inferred = entry.get("inferred") or (kind == "position" and entry["unit"] is None)
        return {
            "design": self.slug,
            "path": " / ".join(path),
            "kind": kind,
            "inferred": "yes" if inferred else "no",
            "headcount": headcount(entry),
            "superiors": ";".join(f"{name}({basis})" for name, basis in self.superiors(entry)),
            "duties": str(entry["duty_count"]),
            "auxiliary": str(len(entry.get("auxiliary", ()))),
            "authority": str(len(entry.get("authority", ()))),
            "head": self.head(entry) if kind != "position" else "",
        }

    def superiors(self, entry: Entry) -> list[tuple[str, str]]:
        """Name who stands above `entry`, and on which basis.

        What the entry says of itself (reports_to) goes before what others say of it (dual_reporting, supervises). A
        line the catalogue itself derived from the place in the tree is none: the tree says it.
        """
        if "reports_to_basis" in entry:
            return []
        own = as_list(entry.get("reports_to") or entry.get("unit_reports_to"))
        if own:
            basis = "inferred" if entry.get("reports_to_inferred") else "stated"
            return [(title(name), basis) for name in own]
        name = entry.get("title") or entry["name"]
        lines = [
            (title(line), "stated")
            for dual in self.data.get("dual_reporting") or ()
            if "name" in entry and dual["subject"].startswith(name)
            for line in dual["lines"]
        ]
        return lines or [
            (title(position["title"]), basis)
            for position in self.positions
            for subordinate, basis in self._subordinates(position)
            if subordinate == name
        ]

    def _subordinates(self, position: Entry) -> Iterator[tuple[str, str]]:
        basis = "inferred" if position.get("supervises_inferred") else "stated"
        for word in position.get("supervises") or ():
            if word in ALL_PARTS:
                yield from ((unit["name"], "inferred") for unit in self.units if unit["parent"] == position["unit"])
            elif (self.slug, word) in NAMED_OTHERWISE:
                name, stated = NAMED_OTHERWISE[self.slug, word]
                yield name, "stated" if stated else basis
            else:
                yield word, basis


def headcount(entry: Entry) -> str:
    """Write 定员 canonically. A design's headcount_total is a sum over its positions, so it is nobody's headcount."""
    given = entry.get("headcount")
    if isinstance(given, str):
        given = {given: True}
    given = given or {}
    if "per" in given:
        text = f"per:{given['per']}"
    elif given.get("as_needed"):
        text = "as_needed"
    elif given.get("min") is None:  # not_stated, not_given, or a mere note (通常人数较多)
        return "unstated"
    elif "max" in given and given["max"] is None:
        text = "several"
    else:
        text = str(given["min"]) if given["min"] == given["max"] else f"{given['min']}-{given['max']}"
    if given.get("inferred") or entry.get("headcount_inferred"):
        return text + "~inferred"
    # A figure under a condition holds for the company the source takes as its example (70人规模公司).
    return text + "~example" if "condition" in given else text


def totals(data: Entry) -> Row:
    """Count what stands beside the tree: the lengths of the catalogue's lists."""
    processes = data.get("workflows") or []
    # Collaborations are counted by pair. Two keys say the same thing on units: collaborates is always counted,
    # collaborates_with only where the design has no list of its own. External parties are counted: each has an exchange.
    listed = (data.get("collaborations") or []) + (data.get("collaboration") or [])
    pairs = sum(len(as_list(entry.get("with", entry.get("to")))) for entry in listed)
    pairs += sum(len(unit.get("collaborates", ())) for unit in data["units"])
    if not listed:
        pairs += sum(len(unit.get("collaborates_with", ())) for unit in data["units"])
    pairs += len(data.get("external_parties", ()))
    kpis = data.get("kpis") or []
    if isinstance(kpis, dict):
        kpis = kpis["quantitative"] + kpis["qualitative"]
    counts = {
        "processes": len(processes),
        "steps": sum(len(process["steps"]) for process in processes),
        "collaborations": pairs,
        "strengths": len(data.get("strengths") or ()),
        "challenges": len(data.get("challenges") or ()),
        "principles": len(data.get("principles") or ()),
        # The design's own list; what positions and duty groups produce is in it again.
        "deliverables": len(data.get("deliverables") or ()),
        "regulations": len(data.get("regulations") or ()),
        "assessment": len(data.get("assessment") or ())
        + sum(len(as_list(position.get("assessment"))) for position in data["positions"]),
        "kpis": len(kpis) + sum(len(position.get("kpis", ())) for position in data["positions"]),
    }
    return {"design": data["slug"], **{name: str(count) for name, count in counts.items()}}


def main() -> None:
    """Read the catalogue named on the command line; catalogue.csv goes to stdout, totals.csv beside this file."""
    designs = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(Path(sys.argv[1]).glob("*.yaml"))]
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for data in designs:
        writer.writerows(Plan(data).rows())
    with (HERE / "totals.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, TOTALS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(map(totals, designs))


if __name__ == "__main__":
    main()
