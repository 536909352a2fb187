"""Designs of the library, from their fixtures."""

from pathlib import Path

from departments.documents import files, vocabulary
from departments.documents.loading import load
from departments.models import Edition
from departments.models.outlines import Outline

FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "designs"


def outline(slug: str) -> Outline:
    """Store a design of the library and return its outline."""
    vocabulary.load()
    load(files.read(FIXTURES / f"{slug}.yaml"))
    return Outline(Edition.objects.in_force().get(design__slug=slug))
