"""What a document may fetch: our own print style sheets and pictures, and nothing else."""

from pathlib import Path
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

STATIC = Path(__file__).resolve().parents[2] / "static"
TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png"}


class OwnFiles(URLFetcher):
    """Serves `static:` addresses from our own folder of print assets; any other address ends the rendering."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("static",), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002 theirs
        """Return the file. Raises ValueError for any other address."""
        scheme, _, name = url.partition(":")
        path = (STATIC / unquote(name).lstrip("/")).resolve()
        if scheme != "static" or not path.is_relative_to(STATIC) or path.suffix not in TYPES:
            raise ValueError(url)
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": f"{TYPES[path.suffix]}; charset=utf-8"})
