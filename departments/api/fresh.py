"""Nothing is sent again to whoever has it: ETags, and 304."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers


def fresh(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return an answer with its ETag, or 304. What is said depends on the token and on the language."""
    patch_vary_headers(response, ["Authorization", "Accept-Language"])
    if request.method != "GET" or response.status_code != 200:
        return response
    response["ETag"] = response.get("ETag") or f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["Cache-Control"] = "private, no-cache"
    conditional = get_conditional_response(request, etag=response["ETag"], response=response)
    return conditional if isinstance(conditional, HttpResponse) else response
