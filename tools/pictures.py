"""Every kind of page and of paper as a picture, in pictures/, with an index page to look through them.

Usage: python -m tools.pictures [NAME …]   with names from tests/browser/pages.py; all without.

The app runs on a free loopback port over a temporary data folder with the library loaded; what only somebody signed in
sees comes last, of a company made for it. A page that does not answer is named, and the exit status is 1 at the end.
"""

import html
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.chromium import chromium
from tests.browser.pages import PAGES, PAPERS, SIGNED_IN, THEN, WIDTHS
from tools.messages import compile_messages

PICTURES = Path("pictures")
SECONDS_TO_START = 60
DOTS_PER_INCH = 80
STYLE = """
body { font: 16px sans-serif; margin: 2em }
div { display: flex; flex-wrap: wrap; gap: 1em; align-items: start }
img { border: 1px solid #ccc; height: 24em }
"""


@contextmanager
def site() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the address of the app with the library loaded, and its environment; the data are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="orgdesign-pictures-") as folder:
        database = f"sqlite:///{folder}/orgdesign.sqlite3"
        environment = os.environ | {"DATA_DIR": folder, "DATABASE_URL": database, "DEBUG": "1"}
        manage = [sys.executable, "manage.py"]
        for step in ("migrate", "load_designs"):
            subprocess.run([*manage, step], env=environment, stdout=subprocess.DEVNULL, check=True)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        with (PICTURES / "server.log").open("w") as log:
            command = [*manage, "runserver", "--noreload", f"127.0.0.1:{port}"]
            server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait(port, server)
            yield url, environment
        finally:
            server.terminate()
            server.wait()


@contextmanager
def printer(environment: dict[str, str]) -> Iterator[None]:
    """Print what is asked for. Not while pages are photographed: those of the jobs that wait would change."""
    process = subprocess.Popen([sys.executable, "manage.py", "print_worker"], env=environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(SECONDS_TO_START * 10):
        if server.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
            except ConnectionRefusedError:
                time.sleep(0.1)
            else:
                return
    raise SystemExit("The app does not start.")


def make_company(environment: dict[str, str]) -> dict[str, dict[str, str]]:
    """Let a company be at work in the database, and return its session keys by role and what stands in its addresses."""
    command = [sys.executable, "-m", "tests.browser.company"]
    made = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    company: dict[str, dict[str, str]] = json.loads(made.stdout.splitlines()[-1])
    return company


def photograph(browser: Browser, url: str, path: str, name: str, session: str = "") -> Iterator[tuple[Path, int]]:
    """Yield each picture of one page with the page's status: three widths, and dark. `session`: whose it is."""
    for width, scheme in [*((width, "light") for width in WIDTHS), (max(WIDTHS), "dark")]:
        file = PICTURES / f"{name}-{width}{'-dark' if scheme == 'dark' else ''}.png"
        size = {"width": width, "height": WIDTHS[width]}
        page = browser.new_page(viewport=size, color_scheme=scheme, locale="zh-CN", reduced_motion="reduce")
        if session:
            page.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
        response = page.goto(url + path)
        if name in THEN:
            THEN[name](page)
        page.screenshot(path=file, full_page=True)
        page.close()
        yield file, response.status if response else 0


def print_out(url: str, name: str) -> list[Path]:
    """Fetch one PDF and return its pages as pictures. Raises HTTPError where there is no such paper."""
    paper = PICTURES / f"{name}.pdf"
    asked = urllib.request.Request(url, headers={"Accept": "application/pdf"})  # noqa: S310  # our own server
    with urllib.request.urlopen(asked, timeout=600) as response:  # noqa: S310  # the same
        paper.write_bytes(response.read())
    stem = PICTURES / f"{name}-page"
    subprocess.run(["pdftoppm", "-png", "-r", str(DOTS_PER_INCH), paper, stem], check=True)
    return sorted(PICTURES.glob(f"{stem.name}-*.png"))


def index(groups: dict[str, list[Path]]) -> str:
    """Return the page that shows all pictures, one row a page or paper."""
    rows = []
    for name, files in groups.items():
        pictures = "".join(f'<a href="{file.name}"><img src="{file.name}" alt="{file.stem}"></a>' for file in files)
        rows.append(f"<h2>{html.escape(name)}</h2><div>{pictures}</div>")
    return f"<!doctype html><meta charset=utf-8><title>OrgDesign</title><style>{STYLE}</style>{''.join(rows)}"


def main(names: list[str]) -> int:
    """Take the pictures and return the exit status: 1 where a page or a paper is not there."""
    pages = {name: path for name, path in PAGES.items() if not names or name in names}
    signed_in = {name: page for name, page in SIGNED_IN.items() if not names or name in names}
    papers = {f"paper-{name}": path for name, path in PAPERS.items() if not names or f"paper-{name}" in names}
    compile_messages()
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir()
    groups: dict[str, list[Path]] = {}
    faults: list[str] = []
    with site() as (url, environment), chromium() as browser:
        for name, path in pages.items():
            taken = list(photograph(browser, url, path, name))
            groups[f"{name} {path}"] = [file for file, _status in taken]
            faults += sorted({f"{path} answers {status}" for _file, status in taken if status != 200})
        company = make_company(environment) if signed_in else {}
        for name, (role, path) in signed_in.items():
            groups[f"{name} {path}"] = []
            place = path.format(**company["places"])
            for file, status in photograph(browser, url, place, name, company["sessions"][role]):
                groups[f"{name} {path}"].append(file)
                if status != (429 if name == "queue-full" else 200):
                    faults.append(f"{path} answers {status}")
        with printer(environment):
            for name, path in papers.items():
                try:
                    groups[f"{name} {path}"] = print_out(url + path, name)
                except (urllib.error.HTTPError, subprocess.CalledProcessError) as error:
                    faults.append(f"{path}: {error}")
    (PICTURES / "index.html").write_text(index(groups))
    print("\n".join(faults) or f"Look at {PICTURES / 'index.html'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
