"""The closed lists that fixtures speak in: functions and sources, read from fixtures/."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from departments.models import Function, Source
from departments.search.entries import rewrite_functions

Entries = list[dict[str, Any]]


def design_files() -> list[Path]:
    """Return the fixtures, by slug."""
    return sorted((settings.FIXTURES_DIR / "designs").glob("*.yaml"))


def functions() -> dict[str, dict[str, Any]]:
    """Return slug → entry of fixtures/functions.yaml, in the file's order."""
    return {entry["slug"]: entry for entry in _load("functions.yaml")}


def documents() -> dict[str, dict[str, Any]]:
    """Return document name → entry of fixtures/sources.yaml, in the file's order."""
    return {entry["document"]: entry for entry in _load("sources.yaml")}


def _load(name: str) -> Entries:
    path = settings.FIXTURES_DIR / name
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Entries:  # noqa: ARG001  # the time is what makes it another file
    entries: Entries = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return entries


def load() -> None:
    """Make the tables hold the vocabulary of the fixtures; functions a company added itself are left alone.

    Writes what differs only. 2 queries where nothing does; one more each for groups, functions and sources that do.
    """
    with transaction.atomic():
        stored = Function.objects.in_bulk(field_name="slug")
        written = False
        for below in (False, True):  # groups first: what stands below needs their keys
            wanted = {
                slug: _function(order, entry, stored)
                for order, (slug, entry) in enumerate(functions().items())
                if bool(entry.get("parent")) == below
            }
            written |= _store(Function, "slug", stored, wanted)
        if written:
            rewrite_functions()
        titles = {name: {"title": entry["title"], "title_en": entry["title_en"]} for name, entry in documents().items()}
        _store(Source, "document", Source.objects.in_bulk(field_name="document"), titles)


def _function(order: int, entry: dict[str, Any], stored: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of an entry, whose group is stored."""
    values = {key: entry[key] for key in ("name", "name_en", "definition", "excludes")}
    parent = stored[entry["parent"]] if entry.get("parent") else None
    return values | {
        "order": order,
        "coverage": entry.get("coverage", True),
        "own": False,
        "parent_id": parent and parent.pk,
    }


def _store(model: Any, key: str, stored: dict[str, Any], wanted: dict[str, dict[str, Any]]) -> bool:
    """Write the rows that have not the values wanted, and put new ones into `stored`; return whether there were any."""
    differing = []
    for name, values in wanted.items():
        row = stored.setdefault(name, model(**{key: name}))
        if row.pk is None or any(getattr(row, column) != value for column, value in values.items()):
            for column, value in values.items():
                setattr(row, column, value)
            differing.append(row)
    if differing:
        columns = list(wanted[name])
        model.objects.bulk_create(differing, update_conflicts=True, unique_fields=[key], update_fields=columns)
    return bool(differing)
