"""Designs of the library, from their fixtures."""

from pathlib import Path

from departments.documents import files, vocabulary
from departments.documents.loading import load
from departments.models import Edition
from departments.models.outlines import Outline
from departments.restructuring import open_edition
from tests.factories import create_design, create_edition, publish

FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "designs"


def outline(slug: str) -> Outline:
    """Store a design of the library and return its outline."""
    vocabulary.load()
    load(files.read(FIXTURES / f"{slug}.yaml"))
    return Outline(Edition.objects.in_force().get(design__slug=slug))


def build(slug, tree):
    """Return the outline of a design: {department title: [duty texts]} under one 市场部."""
    edition = create_edition(design=create_design(slug=slug, name=slug))
    with open_edition(edition) as room:
        root = room.insert("department", title="市场部", code="MK")
        for number, (title, texts) in enumerate(tree.items(), 1):
            under = (
                root if title == "市场部" else room.insert("department", under=root.uid, title=title, code=f"D{number}")
            )
            for text in texts:
                room.insert("duty", under=under.uid, text=text)
    return Outline(publish(edition))


def said(diff):
    """Return the rows and questions as texts."""
    rows = [(row.verdict.value, [str(e) for e in row.left], [str(e) for e in row.right]) for row in diff.rows]
    return rows + [("?", [str(e) for e in q.left], [str(e) for e in q.right]) for q in diff.questions]
