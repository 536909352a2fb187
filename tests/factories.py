"""Designs for tests: small, named, and made through the room like every other."""

import datetime
from types import SimpleNamespace
from typing import Any

from departments.models import Design, Edition, Function, Node, Process, Relation, Step
from departments.models.entries import Entry
from departments.models.guard import room
from departments.models.outlines import Outline
from departments.restructuring import Row, open_edition, put_in_force, start_edition

TODAY = datetime.date(2026, 11, 22)
ORG: list[tuple[str, int, str, dict[str, Any]]] = [
    ("root", 0, "department", {"title": "市场部", "code": "MK"}),
    ("charge", 1, "duty", {"text": "统管市场营销"}),
    ("head", 1, "position", {"title": "市场部主任", "code": "MK-01", "head": True}),
    ("budget", 2, "duty", {"text": "编制预算"}),
    ("approval", 2, "duty", {"text": "审批方案"}),
    ("pr", 1, "department", {"title": "公关科", "code": "PR"}),
    ("pr_head", 2, "position", {"title": "公关科主任", "code": "PR-01", "head": True}),
    ("officer", 3, "position", {"title": "公关专员", "code": "PR-02"}),
    ("press", 4, "duty", {"text": "联络媒体"}),
    ("sales", 1, "department", {"title": "营销科", "code": "SA"}),
]


def create_design(*, slug: str = "hospital", name: str = "医院市场部", **columns: Any) -> Design:
    """Return a reference design without editions."""
    return Design.objects.create(slug=slug, name=name, **columns)


def create_edition(*, design: Design | None = None) -> Edition:
    """Return an empty draft."""
    return start_edition(design or create_design())


def create_function(*, slug: str = "brand", order: int = 0) -> Function:
    """Return a function named like its slug."""
    return Function.objects.create(slug=slug, name=slug, name_en=slug, definition="…", excludes="…", order=order)


WHOLE = [  # what `drawn` makes of `create_org`
    "市场部",
    "  统管市场营销",
    "  市场部主任",
    "    编制预算",
    "    审批方案",
    "  公关科",
    "    公关科主任",
    "      公关专员",
    "        联络媒体",
    "  营销科",
]


def create_org(*, slug: str = "hospital", in_force: bool = False, **columns: Any) -> SimpleNamespace:
    """Return a small department, inserted as one change: its edition, and its nodes by name.

    市场部 (MK) › 统管市场营销; 市场部主任 (MK-01, head) › 编制预算, 审批方案; 公关科 (PR) › 公关科主任 (PR-01, head) › 公关专员 (PR-02)
    › 联络媒体; 营销科 (SA).
    """
    org = SimpleNamespace(design=create_design(slug=slug, **columns))
    org.edition = create_edition(design=org.design)
    rows = [
        Row(depth, kind, ({"section": "responsibility", "weight": "primary"} if kind == "duty" else {}) | content)
        for _name, depth, kind, content in ORG
    ]
    with open_edition(org.edition) as tree:
        tree.insert_branch(rows)
        nodes = Node.tree.of(org.edition)
    for (name, *_row), node in zip(ORG, nodes, strict=True):
        setattr(org, name, node)
    if in_force:
        publish(org.edition)
    return org


def create_relation(**columns: Any) -> Relation:
    """Return a line of an edition, made in its room."""
    with room(columns["edition"].pk):
        return Relation.objects.create(**columns)


def create_process(**columns: Any) -> Process:
    """Return a process of an edition, made in its room."""
    with room(columns["edition"].pk):
        return Process.objects.create(**columns)


def create_step(**columns: Any) -> Step:
    """Return a step of a process, made in its edition's room."""
    with room(columns["process"].edition_id):
        return Step.objects.create(**columns)


def create_flat(edition: Edition, *, positions: int) -> None:
    """Fill an empty draft with one department of so many positions, each with one duty."""
    rows = [Row(0, "department", {"title": "市场部", "code": "MK"})]
    for number in range(1, positions + 1):
        rows.append(Row(1, "position", {"title": f"岗位{number}", "code": f"P-{number}"}))
        rows.append(
            Row(2, "duty", {"section": "responsibility", "weight": "primary", "text": f"负责第 {number} 项工作"})
        )
    with open_edition(edition) as tree:
        tree.insert_branch(rows)


def publish(edition: Edition, *, on: datetime.date = TODAY) -> Edition:
    """Put a reference draft in force."""
    return put_in_force(edition, on=on)


def drawn(edition: Edition) -> list[str]:
    """Return the tree as indented lines, so that a test can say what it should look like."""
    return ["  " * entry.level + str(entry) for entry in Outline(edition).entries]


def entries(edition: Edition) -> dict[str, Entry]:
    """Return the entries of an outline by what they say."""
    return {str(entry): entry for entry in Outline(edition).entries}


def rows_of(edition: Edition) -> list[dict[str, Any]]:
    """Return everything the tree's rows hold but their primary keys: equal before and after what must change nothing."""
    columns = [field.attname for field in Node._meta.concrete_fields if field.attname not in ("id", "parent_id")]
    return list(Node.tree.of(edition).values(*columns, "parent__uid"))
