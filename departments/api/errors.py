"""The one form in which anything is refused: a sentence for people, and a sentence for each field that is at fault."""

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.csrf import csrf_exempt
from ninja import Field, NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.parser import Parser

from departments.documents.files import DocumentError
from departments.restructuring import NotADraft, OutOfReach, Refused

log = logging.getLogger("django.request")


class Error(Schema):
    """What is answered wherever something is refused."""

    error: str = Field(description=gettext_noop("What is wrong, as a sentence in the language of Accept-Language."))
    fields: dict[str, list[str]] = Field({}, description=gettext_noop("Sentences by field, where fields are at fault."))


class Faulty(Exception):
    """What was sent does not fit, each field with its sentences; `status`: 422, or 409 where it depends on the draft."""

    def __init__(self, fields: Mapping[str, Iterable[str]], *, status: int = 422):
        self.fields = {name: [str(one) for one in said] for name, said in fields.items()}
        self.status = status
        super().__init__(", ".join(sorted(self.fields)))


Refusals = dict[Any, Any]
READING: Refusals = {401: Error, 404: Error, 422: Error, 429: Error}
SENDING: Refusals = {400: Error, 413: Error, 415: Error, **READING}
WRITING: Refusals = {403: Error, 409: Error, **SENDING}

# What pydantic finds, in plain words.
QUOTED = re.compile("'([^']*)'")
SENTENCES = {
    "missing": gettext_noop("This is needed."),
    "extra_forbidden": gettext_noop("There is no field of this name."),
    "int_parsing": gettext_noop("Give a whole number."),
    "int_type": gettext_noop("Give a whole number."),
    "int_from_float": gettext_noop("Give a whole number."),
    "bool_parsing": gettext_noop("Give true or false."),
    "bool_type": gettext_noop("Give true or false."),
    "string_type": gettext_noop("Give a text."),
    "list_type": gettext_noop("Give a list."),
    "dict_type": gettext_noop("Give an object with fields."),
    "model_attributes_type": gettext_noop("Give an object with fields."),
    "model_type": gettext_noop("Give an object with fields."),
    "uuid_parsing": gettext_noop("Give a uid."),
    "uuid_type": gettext_noop("Give a uid."),
    "literal_error": gettext_noop("Give one of %(expected)s."),
    "enum": gettext_noop("Give one of %(expected)s."),
    "string_too_long": gettext_noop("At most %(max_length)s characters."),
    "string_too_short": gettext_noop("At least %(min_length)s characters."),
    "too_long": gettext_noop("At most %(max_length)s of them."),
    "greater_than_equal": gettext_noop("Not less than %(ge)s."),
    "less_than_equal": gettext_noop("Not more than %(le)s."),
    "unprintable": gettext_noop("It holds characters that cannot be printed."),
    "string_pattern_mismatch": gettext_noop("This does not have the right form."),
}


def say(api: NinjaAPI, request: HttpRequest, status: int, error: str, fields: Any = None) -> HttpResponse:
    """Answer with a refusal."""
    return api.create_response(request, {"error": str(error), "fields": fields or {}}, status=status)


def handle_errors(api: NinjaAPI) -> None:
    """Let the API answer whatever its operations raise in the one form."""
    handlers: dict[type[Exception], Any] = {
        Http404: _missing,
        PermissionDenied: _denied,
        AuthenticationError: _denied,
        Throttled: _too_many,
        ValidationError: _invalid,
        Faulty: _faulty,
        OutOfReach: _denied,
        Refused: _refused,
        NotADraft: _refused,
        IntegrityError: _refused,
        DocumentError: _refused,
        HttpError: _unreadable,
        RequestDataTooBig: _too_large,
        Exception: _broken,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, _bound(api, handler))


def _bound(api: NinjaAPI, handler: Any) -> Any:
    return lambda request, error: handler(api, request, error)


def _missing(api: NinjaAPI, request: HttpRequest, _error: Exception) -> HttpResponse:
    return say(api, request, 404, _("There is nothing here that you may read."))


def _denied(api: NinjaAPI, request: HttpRequest, error: Exception) -> HttpResponse:
    """Ask a stranger for a token; tell an account why not."""
    if isinstance(error, AuthenticationError) or not request.user.is_authenticated:
        sentence = str(error) or _("Send a token: Authorization: Bearer …")
        response = say(api, request, 401, sentence)
        response["WWW-Authenticate"] = "Bearer"
        return response
    return say(api, request, 403, str(error) or _("You may not do this."))


def _too_many(api: NinjaAPI, request: HttpRequest, _error: Exception) -> HttpResponse:
    return say(api, request, 429, _("Too many calls. Wait as long as Retry-After says."))


def _invalid(api: NinjaAPI, request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields: dict[str, list[str]] = {}
    for fault in error.errors:
        fields.setdefault(_name(fault["loc"]), []).append(_sentence(fault))
    return say(api, request, 422, _("What was sent does not fit."), fields)


def _faulty(api: NinjaAPI, request: HttpRequest, error: Faulty) -> HttpResponse:
    return say(api, request, error.status, _("What was sent does not fit."), error.fields)


def _refused(api: NinjaAPI, request: HttpRequest, error: Exception) -> HttpResponse:
    return say(api, request, 409, reason_of(error))


def _unreadable(api: NinjaAPI, request: HttpRequest, error: HttpError) -> HttpResponse:
    error = error.__cause__ if isinstance(error.__cause__, HttpError) else error  # what our own parser said
    sentence = _("What was sent is not JSON.") if error.status_code == 400 else str(error)
    return say(api, request, error.status_code, sentence)


def _too_large(api: NinjaAPI, request: HttpRequest, _error: Exception) -> HttpResponse:
    return say(api, request, 413, _("What was sent is too large."))


def _broken(api: NinjaAPI, request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer to what nobody foresaw; the log says where."""
    log.error("%s %s", request.method, request.path, exc_info=error)
    return say(api, request, 500, _("Something went wrong here. It was written down; please try again later."))


class JsonParser(Parser):
    """Reads JSON, and only what says that it is JSON, or says nothing."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Return what was sent. Raises HttpError 415, ValueError."""
        kind = request.content_type or ""
        if kind and kind != "application/json" and not kind.endswith("+json"):
            raise HttpError(415, _("Send JSON, with Content-Type: application/json."))
        return super().parse_body(request)


def in_one_form(api: NinjaAPI, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return the view of an address that also says in the one form which methods it has, and answers HEAD as GET."""

    @csrf_exempt  # cookies count for nothing here
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        asked = request.method
        request.method = "GET" if asked == "HEAD" else asked
        response = view(request, *args, **named)
        request.method = asked
        if response.status_code != 405:
            return response
        refused = say(api, request, 405, _("This address does not know %s.") % request.method)
        refused["Allow"] = ", ".join(sorted(response["Allow"].split(", ")))
        return refused

    return answer


def reason_of(error: Exception) -> str:
    """Return what is said about a write that could not be done."""
    if isinstance(error, NotADraft):
        return _("This is no longer a draft.")
    if isinstance(error, IntegrityError):
        return _("This code is in use. Nothing was changed.")
    return str(error)


def _name(place: Iterable[Any]) -> str:
    """Return the field a fault is at: without where it was sent (body, query) and the name of our parameter there."""
    parts = [str(part) for part in place]
    if parts[:1] == ["body"]:
        parts = parts[2:]
    elif len(parts) > 1:
        parts = parts[-1:]
    return ".".join(parts) or "body"


def _sentence(fault: Mapping[str, Any]) -> str:
    known = SENTENCES.get(fault["type"])
    if known is None:
        return _("This does not fit.")
    said = cast("dict[str, Any]", fault.get("ctx") or {})
    if "expected" in said:  # pydantic: 'yes', 'no' or 'both'
        said = said | {"expected": _(", ").join(QUOTED.findall(str(said["expected"])))}
    return _(known) % said
