"""One signed POST: with a time limit, without redirects, and to no address inside the house that nobody allowed.

The name is looked up once and the connection goes to that very address, so that a name cannot answer differently twice.
"""

import hashlib
import hmac
import ipaddress
import socket
import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

SIGNATURE = "X-OrgDesign-Signature"
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotSent(Exception):
    """Why a message was not received; the text is a sentence for the administrator."""


def fault_of(url: str) -> str:
    """Return what is wrong with an address, as a sentence; nothing where it may be told. Looks no name up."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  # raises where it is no number
    except ValueError:
        return _("This is no web address.")
    if not parts.hostname or parts.username or parts.password or parts.fragment or not url.isascii():
        return _("This is no web address.")
    if parts.scheme == "https" or (parts.scheme == "http" and settings.DEBUG and _is_loopback(parts.hostname)):
        return ""
    return _("The address begins with https://.")


def signature(secret: str, body: bytes) -> str:
    """Return what the receiver checks: HMAC-SHA256 of the body."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def post(url: str, body: bytes, *, secret: str, delivery: str) -> int:
    """Send the body and return the status, 2xx. Raises NotSent."""
    if fault := fault_of(url):
        raise NotSent(fault)
    parts = urlsplit(url)
    connection = _connection(parts, _allowed_address(parts))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "OrgDesign",
        "X-OrgDesign-Event": "edition.in_force",
        "X-OrgDesign-Delivery": delivery,
        SIGNATURE: signature(secret, body),
    }
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", target, body, headers)
        status = connection.getresponse().status
    except TimeoutError:
        raise NotSent(_("No answer in time.")) from None
    except ssl.SSLError:
        raise NotSent(_("Its certificate cannot be trusted.")) from None
    except (OSError, HTTPException):
        raise NotSent(_("It cannot be reached.")) from None
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise NotSent(_("It answered with %(status)d.") % {"status": status})
    return status


def _allowed_address(parts: SplitResult) -> str:
    """Return the address of the host. Raises NotSent for one inside the house, unless WEBHOOK_PRIVATE_HOSTS names the host."""
    host = parts.hostname or ""
    try:
        found = socket.getaddrinfo(host, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotSent(_("Its name is not known.")) from None
    addresses = [str(one[4][0]) for one in found]
    if host not in settings.WEBHOOK_PRIVATE_HOSTS and not all(map(_is_public, addresses)):
        raise NotSent(_("It lies inside the house network, which nobody allowed."))
    return addresses[0]


def _is_public(text: str) -> bool:
    address: Address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inside is not None:
            address = inside
    return address.is_global and not address.is_multicast


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Plain(HTTPConnection):
    """A connection to an address that was looked up before."""

    address = ""

    def connect(self) -> None:
        """Connect to the address, whatever the name says now."""
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class _Secure(HTTPSConnection):
    """The same with TLS: the certificate must be the name's."""

    address = ""

    def connect(self) -> None:
        """Connect to the address, whatever the name says now."""
        plain = socket.create_connection((self.address, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def _connection(parts: SplitResult, address: str) -> _Plain | _Secure:
    kind = _Secure if parts.scheme == "https" else _Plain
    connection = kind(parts.hostname or "", parts.port, timeout=settings.WEBHOOK_SECONDS)
    connection.address = address
    return connection
