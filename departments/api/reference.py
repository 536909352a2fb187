"""/api/: what the API can do, read from its own OpenAPI document, so that the page says nothing the API does not."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from departments.api.service import api

WEBHOOK = {
    "event": "edition.in_force",
    "delivery": "5a0c2a4e-8d0b-4f0e-9c55-0c8c3f2f1f11",
    "design": {
        "slug": "marketing",
        "uid": "0b0f6a5e-3f5c-5d8e-9a53-7a8d2f3b9c10",
        "name": "市场部",
        "name_en": "Marketing",
    },
    "edition": {"number": 3, "effective_on": "2026-12-01"},
    "links": {
        "page": "https://org.example.org/designs/marketing/editions/3/",
        "api": "https://org.example.org/api/v1/designs/marketing/editions/3",
        "document": "https://org.example.org/api/v1/designs/marketing/editions/3/document",
    },
}
METHODS = ("get", "post", "patch", "delete")


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Show every operation with its parameters, answers and an example. No query."""
    document = api.get_openapi_schema()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                operation = operations[method]
                groups.setdefault(operation["tags"][0], []).append(_operation(path, method, operation))
    context = {
        "groups": groups,
        "about": document["info"]["description"],
        "site": request.build_absolute_uri("/")[:-1],
        "webhook": _pretty(WEBHOOK),
    }
    return TemplateResponse(request, "api/reference.html", context)


def _operation(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    """Return an operation as the page lists it."""
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    answers = operation["responses"]
    answer = answers.get(200) or answers.get(201) or {}
    shown = answer.get("content", {}).get("application/json", {}).get("example")
    return {
        "path": path,
        "method": method.upper(),
        "id": operation["operationId"],
        "summary": operation["summary"],
        "parameters": [_parameter(one) for one in operation["parameters"]],
        "sent": _pretty(body["example"]) if "example" in body else "",
        "answered": _pretty(shown) if shown is not None else "",
        "statuses": list(answers),
        "needs_token": {} not in operation["security"],
    }


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    schema = parameter["schema"]
    kinds = [schema, *schema.get("anyOf", [])]
    return {
        "name": parameter["name"],
        "place": parameter["in"],
        "required": parameter["required"],
        "values": next((kind["enum"] for kind in kinds if "enum" in kind), []),
        "usual": schema.get("default"),
        "description": parameter.get("description", ""),
    }


def _pretty(example: Any) -> str:
    return json.dumps(example, ensure_ascii=False, indent=2)
