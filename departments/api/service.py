"""All of it as one API, its OpenAPI document, and the addresses below /api/v1/."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, re_path
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from departments.api import designs, finding, nodes, papers, writing
from departments.api.access import Rate, reader
from departments.api.errors import JsonParser, handle_errors, in_one_form, say
from departments.api.fresh import fresh
from departments.api.versions import FORM, Unseen
from departments.restructuring import StaleVersion

VERSION = "1.0"
WORDS = ("summary", "description", "title")  # of the OpenAPI document, in the language of the reader


class Readable(JSONRenderer):
    """JSON with Chinese as it is written, for who looks at it with curl."""

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002  # ninja's signature
        """Return it as UTF-8; half of a pair of surrogates, which somebody may have sent, as a question mark."""
        return json.dumps(data, cls=self.encoder_class, ensure_ascii=False).encode(errors="replace")


class Service(NinjaAPI):
    """The API. What is read carries an ETag, and is not sent again to whoever has it."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self._documents: dict[tuple[str, str | None], OpenAPISchema] = {}

    def create_response(self, request: HttpRequest, data: Any, **more: Any) -> HttpResponse:
        """Answer with JSON, or with 304 where the caller has it already."""
        response = super().create_response(request, data, **more)
        return fresh(request, response)

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the OpenAPI document in the language of the reader, made once for all: it takes half a second."""
        prefix = path_prefix or self.get_root_path(path_params or {})
        key = (prefix, get_language())
        if key not in self._documents:
            self._documents[key] = self._described(prefix)
        return self._documents[key]

    def _described(self, prefix: str) -> OpenAPISchema:
        """Make the document; reading needs no token where it is public."""
        document = super().get_openapi_schema(path_prefix=prefix)
        for operations in document["paths"].values():
            for method, operation in operations.items():
                if method == "get":
                    operation["security"] = [*operation["security"], {}]
                for parameter in operation["parameters"]:
                    if parameter["name"] == "If-Match":  # missing or of another form, it has answers of its own
                        parameter |= {"required": True, "schema": {"type": "string", "pattern": FORM}}
        _translate(document)
        return document


def _translate(part: Any) -> None:
    """Put the words of an OpenAPI document into the language of the reader; examples stay as they are."""
    if isinstance(part, list):
        for one in part:
            _translate(one)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name == "tags" and isinstance(value, list):
                part[name] = [_(tag) for tag in value]
            elif name in WORDS and isinstance(value, str) and value:
                part[name] = _(value)
            elif name not in ("example", "examples"):
                _translate(value)


api = Service(
    title=gettext_noop("Organisation design reference"),
    version=VERSION,
    description=gettext_noop(
        "Who does what in organisation designs. Lists come in parts (limit, offset), refusals in one form (error, fields)."
    ),
    urls_namespace="api",
    auth=reader,
    throttle=[Rate()],
    parser=JsonParser(),
    renderer=Readable(),
    docs_url=None,
)
handle_errors(api)


@api.exception_handler(Unseen)
def _unseen(request: HttpRequest, error: Unseen) -> HttpResponse:
    return say(api, request, error.status, str(error))


@api.exception_handler(StaleVersion)
def _overtaken(request: HttpRequest, error: StaleVersion) -> HttpResponse:
    return api.create_response(request, writing.overtaken(request, error), status=412)


for router in (
    designs.router,
    nodes.router,
    finding.router,
    papers.router,
):  # `writing` shares the addresses of `nodes`
    api.add_router("", router)


def _unknown(request: HttpRequest) -> HttpResponse:
    """Answer to an address that is none in the one form of refusals."""
    return say(api, request, 404, _("There is no such address here."))


def api_urls() -> list[URLPattern]:
    """Return the addresses below /api/v1/. Each asks for itself who calls, so the middleware need not."""
    patterns: list[Any] = [*api.urls[0], re_path("", _unknown, name="unknown")]
    for pattern in patterns:
        pattern.callback = in_one_form(api, pattern.callback)
        pattern.callback.login_required = False
    return patterns
