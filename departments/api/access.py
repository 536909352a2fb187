"""Who calls: the account of a token or a stranger, and how often they may. Cookies of the pages count for nothing here."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from departments.models import Calls, Token
from departments.models.calls import MINUTE


class Bearer(HttpBearer):
    """A token in `Authorization: Bearer …`. Without one strangers read where reading is public, and write nowhere."""

    def __init__(self, *, writing: bool = False):
        super().__init__()
        self.writing = writing

    def __call__(self, request: HttpRequest) -> Any:
        """Return who calls. 1 query with a token, 2 once a minute. Raises AuthenticationError, PermissionDenied."""
        request.user = AnonymousUser()
        if self.header in request.headers:
            caller = super().__call__(request)
            if caller is None:
                raise AuthenticationError(message=_("This token is not known here, or was revoked."))
            return caller
        if self.writing or not settings.PUBLIC_READING:
            raise AuthenticationError(message=_("Send a token: Authorization: Bearer …"))
        return request.user

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Return the account of the token, None for one that is not known."""
        known = Token.objects.of_secret(token)
        if known is None:
            return None
        request.user = known.user
        request.META["api_token"] = known.pk
        known.note_use()
        if self.writing and not known.may_write:
            raise PermissionDenied(_("This token only reads."))
        return known.user


class Rate(BaseThrottle):
    """So many calls a minute, of a token or of a stranger's address; counted in the database, for all processes together."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the call; False where it is one too many. 1 query, 2 for the first of a minute."""
        token = request.META.get("api_token")
        caller = f"token {token}" if token else _address(request)[:80]
        return Calls.objects.count_one(caller) <= settings.API_CALLS_PER_MINUTE

    def wait(self) -> float:
        """Return how many seconds are left of this minute."""
        return MINUTE - time.time() % MINUTE


def _address(request: HttpRequest) -> str:
    """Return where a stranger calls from: as the web server in front says, where there is one, else the connection."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


reader, writer = Bearer(), Bearer(writing=True)
