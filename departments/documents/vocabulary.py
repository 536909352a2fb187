"""The closed lists that fixtures speak in: functions and sources, read from fixtures/."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings


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
