"""The chart page in headless Chromium against d3-org-chart and dabeng's orgchart, in one run: painted, dragged, zoomed.

Goals at 1,000 boxes with the processor throttled fourfold: drag and zoom at 30 frames a second, painted in 0.6 of the
better library's time. Every box holds a title and an English title. All pages are served as files by the same server, and
what our server takes to make ours is added to its time. The libraries come from npm into a temporary folder and go with it.
Usage: python benchmarks/chart_browser.py [boxes] [throttling] [repeats].
"""

import functools
import http.server
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from designs import database, make_design
from playwright.sync_api import Browser, Mouse, Page

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = ("d3-org-chart@3.1.1", "orgchart@5.0.0", "d3@7", "jquery@3")
HEAD = '<!doctype html><meta charset="utf-8"><style>body{margin:0}#c{width:100vw;height:100vh;overflow:hidden}</style>'
D3 = """<div id="c"></div><script src="node_modules/d3/dist/d3.min.js"></script>
<script src="node_modules/d3-flextree/build/d3-flextree.min.js"></script>
<script src="node_modules/d3-org-chart/build/d3-org-chart.min.js"></script>
<script>const rows = ROWS; new d3.OrgChart().container("#c").data(rows).svgHeight(900).nodeWidth(() => 150)
.nodeHeight(() => 60).duration(0).nodeContent((d) => `<div class="box"><b>${d.data.title}</b><br>${d.data.english}</div>`)
.expandAll().render();</script>"""
DABENG = """<link rel="stylesheet" href="node_modules/orgchart/dist/css/jquery.orgchart.min.css"><div id="c"></div>
<script src="node_modules/jquery/dist/jquery.min.js"></script>
<script src="node_modules/orgchart/dist/js/jquery.orgchart.min.js"></script>
<script>const rows = ROWS; const by = new Map(rows.map((row) => [row.id, { ...row, name: row.title, children: [] }]));
for (const row of by.values()) by.get(row.parentId)?.children.push(row);
$("#c").orgchart({ data: by.get(0), nodeContent: "english", pan: true, zoom: true });</script>"""
WATCH = """window.painted = 0; const [selector, count] = WANTED;
const look = () => document.querySelectorAll(selector).length < count ? requestAnimationFrame(look)
  : requestAnimationFrame(() => setTimeout(() => { window.painted = performance.now(); }));
requestAnimationFrame(look);"""
PAINTED = "() => new Promise((done) => { const ask = () => painted ? done(painted) : setTimeout(ask, 50); ask(); })"
FREE = """([boxes, surface]) => {
  for (let y = 400; y < 780; y += 10) for (let x = 300; x < 1100; x += 10) {
    const hit = document.elementFromPoint(x, y);
    if (hit?.closest(surface) && !hit.closest(boxes) && !hit.closest("a")) return [x, y];
  }
}"""
COUNT = "() => { window.frames_ = 0; const tick = () => { frames_++; requestAnimationFrame(tick); }; tick(); }"


@contextmanager
def libraries(size: int) -> Iterator[tuple[str, Path]]:
    """Yield the address of a server with a page for each library, and the folder it serves."""
    with tempfile.TemporaryDirectory(prefix="orgdesign-charts-") as folder:
        install = ["npm", "install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", *LIBRARIES]
        subprocess.run(install, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        rows = [
            {
                "id": box,
                "parentId": (box - 1) // 8 if box else None,
                "title": f"区域市场推广部{box}",
                "english": f"Regional promotion department {box}",
            }
            for box in range(size)
        ]
        for name, page in (("d3", D3), ("dabeng", DABENG)):
            text = HEAD + page.replace("ROWS", json.dumps(rows, ensure_ascii=False))
            (Path(folder) / f"{name}.html").write_text(text, encoding="utf-8")
        handler = functools.partial(Quiet, directory=folder)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", Path(folder)
        server.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def write_ours(folder: Path) -> float:
    """Write our page and its static files into the folder, and return the seconds the server took: a median of five."""
    from django.conf import settings  # noqa: PLC0415  # the database's setup configured it
    from django.test import Client  # noqa: PLC0415

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.ALLOWED_HOSTS.append("testserver")
    taken = []
    for _time in range(6):
        start = time.perf_counter()
        page = Client().get("/designs/benchmark/chart/?show=positions&levels=0&compact=0&english=1&headcount=0").content
        taken.append(time.perf_counter() - start)
    (folder / "ours.html").write_bytes(page)
    shutil.copytree(ROOT / "departments" / "static", folder / "static")
    return statistics.median(taken[1:])


def measure(browser: Browser, address: str, boxes: tuple[str, int], surface: str, throttling: int) -> dict[str, float]:
    """Return seconds, and the browser's processor seconds, until all boxes are painted; frames a second in gestures.

    `boxes`: what selects them, and how many there must be; `surface`: what is dragged, at a point without a box.
    """
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": throttling})
    page.add_init_script(WATCH.replace("WANTED", json.dumps(boxes)))
    before = _processor(browser)
    page.goto(address, wait_until="commit")
    painted = page.evaluate(PAINTED) / 1000
    processor = _processor(browser) - before
    page.wait_for_timeout(1500)
    x, y = page.evaluate(FREE, [boxes[0], surface])
    page.mouse.move(x, y)
    page.evaluate(COUNT)
    drag = _frames(page, lambda: _drag(page.mouse, x, y))
    zoom = _frames(page, lambda: _wheel(page.mouse))
    context.close()
    return {"painted s": painted, "processor s": processor, "drag fps": drag, "zoom fps": zoom}


def _processor(browser: Browser) -> float:
    session = browser.new_browser_cdp_session()
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return sum(process["cpuTime"] for process in found)


def _frames(page: Page, gesture: Callable[[], None]) -> float:
    page.evaluate("frames_ = 0")
    start = time.perf_counter()
    gesture()
    return page.evaluate("frames_") / (time.perf_counter() - start)


def _drag(mouse: Mouse, x: float, y: float) -> None:
    mouse.down()
    for step in range(1, 91):
        mouse.move(x + 6 * (step if step < 45 else 90 - step), y - 3 * step)
    mouse.up()


def _wheel(mouse: Mouse) -> None:
    for step in range(60):
        mouse.wheel(0, 60 if step < 30 else -60)


def main(boxes: int = 1_000, throttling: int = 4, repeats: int = 3) -> None:
    """Print medians of each side and the ratios against the better library."""
    with database(), libraries(boxes) as (address, folder):
        make_design("benchmark", boxes)
        served = write_ours(folder)
        from tests.browser.chromium import chromium  # noqa: PLC0415  # the database's setup put the project on the path

        found: dict[str, list[dict[str, float]]] = {}
        sides = {
            "ours": ("svg rect.frame", ".chart-view"),
            "d3": (".box", "#c svg"),
            "dabeng": (".orgchart .node", "#c"),
        }
        with chromium() as browser:
            for _repeat in range(repeats):
                for name, (selector, surface) in sides.items():
                    row = measure(browser, f"{address}/{name}.html", (selector, boxes), surface, throttling)
                    if name == "ours":
                        row["painted s"] += served
                    found.setdefault(name, []).append(row)
    print(f"{boxes} boxes, processor throttled {throttling} times, medians of {repeats}")
    medians = {
        name: {key: statistics.median(run[key] for run in runs) for key in runs[0]} for name, runs in found.items()
    }
    for name, row in medians.items():
        print(f"  {name:14}", *(f"{key} {value:6.2f}  " for key, value in row.items()))
    for key in ("painted s", "processor s"):
        least = min(row[key] for name, row in medians.items() if name != "ours")
        print(f"{key} / the better library: {medians['ours'][key] / least:.2f} (goal ≤ 0.6)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
