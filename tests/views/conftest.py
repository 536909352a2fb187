"""Designs for the pages, made through the design document as a user would."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation

from departments.documents import schema, vocabulary
from departments.documents.loading import load
from departments.models import Design
from tests.remembering import remember

CITED = {"document": "002_4c96e381965afd71.txt", "heading": "上文", "lines": [1, 2]}


def duty(text: str, **more: Any) -> dict[str, Any]:
    """Return a duty of a document."""
    return {"kind": "duty", "text": text, "functions": ["market-research"], **more}


def position(code: str, title: str, *children: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a position of a document."""
    return {"kind": "position", "code": code, "title": title, "children": list(children), **more}


def department(code: str, title: str, *children: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a department of a document."""
    return {
        "kind": "department",
        "code": code,
        "title": title,
        "functions": ["brand"],
        "children": list(children),
        **more,
    }


def office(slug: str = "office", *, groups: int = 1, duties: int = 1, **more: Any) -> dict[str, Any]:
    """Return a document: 市场部 with its head, and `groups` 组 each with a 专员 who has `duties` duties."""
    staff = [
        department(
            f"G{number}",
            f"第{number}组",
            position(
                f"G{number}-STAFF", f"专员{number}", *(duty(f"收集第{n}类市场信息") for n in range(1, duties + 1))
            ),
        )
        for number in range(1, groups + 1)
    ]
    head = position("HEAD", "市场部经理", duty("制定市场调研计划"), head=True, superiors=[{"outside": "总经理"}])
    tree = department("MKT", "市场部", duty("研究市场"), head, *staff, title_en="Marketing Department")
    return {
        "slug": slug,
        "name": f"{slug}设计",
        "kind": "complete",
        "summary": "样例",
        "sources": [CITED],
        "tree": tree,
        **more,
    }


@pytest.fixture
def make_design(db: None) -> Callable[[dict[str, Any]], Design]:
    """Return a function that stores a document and returns its design; the vocabulary is loaded."""
    remember(vocabulary.load)

    def make(document: dict[str, Any]) -> Design:
        return remember(lambda: _stored(document), json.dumps(document, default=str))

    return make


def _stored(document: dict[str, Any]) -> Design:
    load(schema.Design.model_validate(document))
    return Design.objects.get(slug=document["slug"])


@pytest.fixture(autouse=True)
def chinese() -> Any:
    """Let the pages speak the default language, whatever a test before left behind."""
    with translation.override("zh-hans"):
        yield
