"""Documents loaded and written out again, in short."""

import re
import uuid
from typing import Any

from departments.documents import files
from departments.documents.loading import Report, load
from departments.documents.writing import document
from departments.models import Edition
from tests.factories import entries

WRITES = re.compile(r"(\d+ times: )?(INSERT|UPDATE|DELETE|COPY)")


def loaded(text: str, **options: Any) -> Report:
    return load(files.parse(text), **options)


def exported(slug: str, **options: Any) -> str:
    edition = Edition.objects.in_force().select_related("design__variant_of").get(design__slug=slug)
    return files.to_yaml(document(edition, **options))


def writes(queries: Any) -> list[str]:
    return [query["sql"] for query in queries if WRITES.match(query["sql"])]


def uids() -> dict[str, uuid.UUID]:
    edition = Edition.objects.in_force().get()
    return {name: entry.uid for name, entry in entries(edition).items()}
