"""The closed lists that fixtures speak in: functions and sources, read from fixtures/."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from departments.models import Function, Source
from departments.search.entries import rewrite_functions


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
    """Make the tables hold the vocabulary of the fixtures; functions a company added itself are left alone.

    Writes what differs only. 2 queries where nothing does.
    """
    with transaction.atomic():
        stored = Function.objects.in_bulk(field_name="slug")
        written = False
        for order, (slug, entry) in enumerate(functions().items()):
            parent = stored[entry["parent"]] if entry.get("parent") else None
            values = {key: entry[key] for key in ("name", "name_en", "definition", "excludes")}
            values |= {"order": order, "coverage": entry.get("coverage", True), "own": False}
            values |= {"parent_id": parent and parent.pk}
            stored[slug] = function = stored.get(slug) or Function(slug=slug)
            written |= _store(function, values)
        if written:
            rewrite_functions()
        sources = Source.objects.in_bulk(field_name="document")
        for name, entry in documents().items():
            values = {key: entry[key] for key in ("title", "title_en")}
            _store(sources.get(name) or Source(document=name), values)


def _store(row: Any, values: dict[str, Any]) -> bool:
    """Give the row the values and save it, unless it has them; return whether that was so."""
    if row.pk is not None and all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return True
