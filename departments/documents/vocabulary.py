"""The closed lists that fixtures speak in: functions and sources, read from fixtures/."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from departments.models import Function, Source


def design_files() -> list[Path]:
    """Return the fixtures, by slug."""
    return sorted((settings.FIXTURES_DIR / "designs").glob("*.yaml"))


def functions() -> dict[str, dict[str, Any]]:
    """Return slug → entry of fixtures/functions.yaml, in the file's order."""
    return {entry["slug"]: entry for entry in _load("functions.yaml")}


def documents() -> dict[str, dict[str, Any]]:
    """Return document name → entry of fixtures/sources.yaml, in the file's order."""
    return {entry["document"]: entry for entry in _load("sources.yaml")}


def _load(name: str) -> list[dict[str, Any]]:
    return yaml.safe_load((settings.FIXTURES_DIR / name).read_text(encoding="utf-8"))


def load() -> None:
    """Make the tables hold the vocabulary of the fixtures; functions a company added itself are left alone."""
    entries = functions()
    parents: dict[str, Function] = {}
    for order, (slug, entry) in enumerate(entries.items()):
        values = {key: entry[key] for key in ("name", "name_en", "definition", "excludes")}
        values |= {"order": order, "coverage": entry.get("coverage", True), "parent": parents.get(entry.get("parent", ""))}
        parents[slug], _made = Function.objects.update_or_create(slug=slug, defaults=values)
    for name, entry in documents().items():
        Source.objects.update_or_create(document=name, defaults={key: entry[key] for key in ("title", "title_en")})
