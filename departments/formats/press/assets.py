"""What a document may fetch: our own print style sheets and pictures, pictures it brings along, and nothing else."""

import base64
import re
from pathlib import Path
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

STATIC = Path(__file__).resolve().parents[2] / "static"
TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png"}
BROUGHT = re.compile(r"data:(image/png|image/svg\+xml);base64,([A-Za-z0-9+/]+=*)")


class OwnFiles(URLFetcher):
    """Serves `static:` addresses from our own folder of print assets, and a logo out of the address that holds it.

    Any other address ends the rendering.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("static", "data"), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002 theirs
        """Return the file. Raises ValueError for any other address."""
        if picture := BROUGHT.fullmatch(url):
            return URLFetcherResponse(url, base64.b64decode(picture[2]), {"Content-Type": picture[1]})
        scheme, _, name = url.partition(":")
        path = (STATIC / unquote(name).lstrip("/")).resolve()
        if scheme != "static" or not path.is_relative_to(STATIC) or path.suffix not in TYPES:
            raise ValueError(url)
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": f"{TYPES[path.suffix]}; charset=utf-8"})
