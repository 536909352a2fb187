"""The knowledge topics of fixtures/knowledge: Markdown under a head of YAML, drawings as SVG files beside it."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import ValidationError

from departments.documents.files import DocumentError, Fault
from departments.documents.schema import Citation
from departments.documents.values import Slug, Strict, Text, Title
from departments.models import Design, Function, Topic
from departments.search.entries import rewrite_topics


class Head(Strict):
    """What stands above a topic's text."""

    key: Slug
    order: int
    title: Title
    title_en: Title
    summary: Text
    designs: list[Slug] = []
    functions: list[Slug] = []
    sources: list[Citation] = []


def topic_files() -> list[Path]:
    """Return the topics' files by name."""
    return sorted((settings.FIXTURES_DIR / "knowledge").glob("*.md"))


def read(path: Path) -> tuple[Head, str, dict[str, str]]:
    """Return a topic's head, its Markdown, and its drawings by file name. Raises DocumentError."""
    _nothing, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    try:
        parsed = Head.model_validate(yaml.load(head, Loader=yaml.CSafeLoader))
    except ValidationError as error:
        faults = [Fault(path.name, ".".join(map(str, e["loc"])), str(e["msg"])) for e in error.errors()]
        raise DocumentError(faults) from error
    drawings = {file.name: file.read_text(encoding="utf-8") for file in path.parent.glob(f"{parsed.key}-*.svg")}
    return parsed, body.strip() + "\n", drawings


def load() -> list[str]:
    """Make the table hold the topics; return the keys of those that changed. Raises DocumentError for an unknown link.

    Designs must have been loaded before. An unchanged topic is not written.
    """
    designs = dict(Design.objects.values_list("slug", "pk"))
    functions = dict(Function.objects.values_list("slug", "pk"))
    stored = {topic.key: topic for topic in Topic.objects.prefetch_related("designs", "functions")}
    changed = []
    for path in topic_files():
        head, body, drawings = read(path)
        unknown = (set(head.designs) - designs.keys()) | (set(head.functions) - functions.keys())
        if unknown:
            message = _("There is no design or function “%s”.") % ", ".join(sorted(unknown))
            raise DocumentError([Fault(path.name, "designs", message)])
        plain = head.model_dump(mode="json")
        values: dict[str, Any] = {key: plain[key] for key in ("order", "title", "title_en", "summary", "sources")}
        values |= {"body": body, "drawings": drawings}
        links = {designs[slug] for slug in head.designs}, {functions[slug] for slug in head.functions}
        if (topic := stored.get(head.key)) is not None and _same(topic, values, links):
            continue
        with transaction.atomic():
            topic, _made = Topic.objects.update_or_create(key=head.key, defaults=values)
            topic.designs.set(links[0])
            topic.functions.set(links[1])
        changed.append(head.key)
    if changed:
        rewrite_topics()
    return changed


def _same(topic: Topic, values: dict[str, Any], links: tuple[set[int], set[int]]) -> bool:
    linked = {design.pk for design in topic.designs.all()}, {function.pk for function in topic.functions.all()}
    return linked == links and all(getattr(topic, name) == value for name, value in values.items())
