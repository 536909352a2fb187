"""One signed POST, with a time limit, without redirects, to nobody inside the house that was not allowed."""

import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from departments.webhooks.sending import NotSent, fault_of, post


@pytest.fixture
def receiver(settings):
    """A receiver on loopback, which is allowed: `status` is what it answers, `seen` what came."""
    settings.DEBUG = True
    settings.WEBHOOK_PRIVATE_HOSTS = ["127.0.0.1"]

    class Handler(BaseHTTPRequestHandler):
        status, seen = 204, []

        def do_POST(self):  # http.server's name
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.seen.append((self.path, dict(self.headers), body))
            self.send_response(self.status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Handler.url = f"http://127.0.0.1:{server.server_port}/hook?for=hr"
    yield Handler
    server.shutdown()
    server.server_close()


def test_what_is_sent_is_signed(receiver):
    body = json.dumps({"event": "edition.in_force", "name": "市场部"}, ensure_ascii=False).encode()
    assert post(receiver.url, body, secret="geheim", delivery="d-1") == 204
    ((path, headers, seen),) = receiver.seen
    assert (path, seen, headers["X-OrgDesign-Delivery"]) == ("/hook?for=hr", body, "d-1")
    expected = "sha256=" + hmac.new(b"geheim", body, hashlib.sha256).hexdigest()
    assert headers["X-OrgDesign-Signature"] == expected


@pytest.mark.parametrize("status", [302, 307, 404, 500])
def test_anything_but_success_is_none_and_no_redirect_is_followed(receiver, status):
    receiver.status = status
    with pytest.raises(NotSent, match=str(status)):
        post(receiver.url, b"{}", secret="s", delivery="d")
    assert len(receiver.seen) == 1


def test_nobody_there_and_nobody_known(receiver, settings):
    with pytest.raises(NotSent):
        post("http://127.0.0.1:1/", b"{}", secret="s", delivery="d")
    with pytest.raises(NotSent):
        post("https://nobody.invalid/", b"{}", secret="s", delivery="d")


INSIDE = [
    "127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
    "::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.8", "2002:0a00:0008::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_nothing_goes_to_addresses_inside_the_house(monkeypatch, address):
    family = 10 if ":" in address else 2
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: [(family, 1, 6, "", (address, 443))])
    monkeypatch.setattr("socket.create_connection", lambda *_a, **_k: pytest.fail("it was connected to"))
    with pytest.raises(NotSent, match="内部网络"):
        post("https://hr.example.com/", b"{}", secret="s", delivery="d")


def test_one_inside_among_those_outside_is_enough(monkeypatch):
    found = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.0.0.8", 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: found)
    monkeypatch.setattr("socket.create_connection", lambda *_a, **_k: pytest.fail("it was connected to"))
    with pytest.raises(NotSent):
        post("https://hr.example.com/", b"{}", secret="s", delivery="d")


def test_which_addresses_may_be_named(settings):
    assert fault_of("https://hr.example.com/hook?a=1") == ""
    wrong = ["http://hr.example.com/", "ftp://hr.example.com/", "hr.example.com", "https://", "https://u:p@hr.example.com/",
             "https://hr.example.com:port/", "http://127.0.0.1/", "javascript:alert(1)"]  # fmt: skip
    assert [url for url in wrong if not fault_of(url)] == []
    settings.DEBUG = True
    assert (fault_of("http://127.0.0.1:8000/"), fault_of("http://localhost/")) == ("", "")
    assert fault_of("http://hr.example.com/")
