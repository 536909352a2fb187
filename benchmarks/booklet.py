"""A booklet against Chromium printing the same pages, and against one uncut run of WeasyPrint.

Usage: python benchmarks/booklet.py [positions] [repeats]. Sides take turns; medians of wall time. Ours is printed cold
(workers started anew, nothing kept), then after one statement was edited (workers warm, all else kept), from the database
to the bytes. Chromium is given the HTML; it does less: no page numbers in the contents, no running heads from the text.
No two job descriptions say the same, so that nothing is gained from lines that come again: see `job_texts`.

With a third argument, 1, an uncut run of WeasyPrint takes part, and the pages are compared: text, glyphs and pixels. It is
WeasyPrint as anyone would run it, the whole booklet's HTML at once: nothing of `press/hastening.py` is in that process.

Memory is what our processes hold at the same time: this one, which is the web process or print worker, and those that print.
PSS is the figure that counts: a page of memory that several of them share is a part of each. RSS counts it in each of them,
so its sum says more than the machine has to give; it is printed beside it. What is the benchmark's own is done by other
processes: writing the design, counting and comparing pages. Beside the time on the clock stands that of the processors, of
all processes of a side: where others use the machine too, it alone can be trusted.
"""

import contextlib
import io
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from designs import database
from job_texts import texts_of

if TYPE_CHECKING:
    from PIL import Image

STATIC = Path(__file__).resolve().parent.parent / "departments" / "static"
SEAL = re.compile(r"<style>@page { @top-center { content: .*? } }</style>")


def make_design(positions: int) -> None:
    """Make a draft with so many positions, ten to a department."""
    from departments.models import Design  # noqa: PLC0415  # Django must be set up first
    from departments.restructuring import Row, open_edition, start_edition  # noqa: PLC0415

    def duty(section: str, text: str, **more: str) -> Row:
        return Row(3, "duty", {"section": section, "weight": "primary", "text": text} | more)

    rows = [Row(0, "department", {"title": "市场营销中心", "code": "MC"})]
    for number in range(positions):
        if number % 10 == 0:
            title = {"title": f"第{number // 10 + 1}区域市场部", "code": f"D-{number}"}
            rows.append(Row(1, "department", title))
        texts = texts_of(number)
        head = {"title": texts.title, "title_en": "Regional Promotion Supervisor", "code": f"P-{number}"}
        rows.append(Row(2, "position", head | {"head": number % 10 == 0, "summary": texts.summary}))
        rows += [duty("responsibility", text) for text in texts.duties]
        rows += [duty("qualification", text, aspect=aspect) for aspect, text in texts.qualifications]
        rows += [duty("indicator", text, measure=measure) for text, measure in texts.indicators]
    design = Design.objects.create(slug="benchmark", name=f"{positions} 份岗位说明书", kind="complete")
    draft = start_edition(design)
    with open_edition(draft) as tree:
        tree.insert_branch(rows)


def edit(edition: Any, turn: int) -> None:
    """Change one statement of one position."""
    from departments.models import Duty  # noqa: PLC0415  # Django must be set up first
    from departments.restructuring import open_edition  # noqa: PLC0415

    duty = Duty.objects.filter(edition=edition, section="responsibility")[turn * 40 + 3]
    with open_edition(edition) as tree:
        tree.edit(duty.uid, {"text": f"{duty.text}，并按月汇报"}, version=duty.version)


def ours(edition: Any) -> bytes:
    """Print the booklet with whatever is kept."""
    from departments.formats import pdf  # noqa: PLC0415  # Django must be set up first
    from departments.formats.paper import booklet_book  # noqa: PLC0415
    from departments.models.outlines import Outline  # noqa: PLC0415

    pdf.wake()  # as a print worker does
    return pdf.print_book(booklet_book(edition, Outline(edition)))


def ours_unsealed(edition: Any) -> bytes:
    """Print it, its parts being kept, without the seal of a draft: it is the binder's own, WeasyPrint cannot turn a word."""
    from departments.formats import pdf  # noqa: PLC0415  # Django must be set up first
    from departments.formats.paper import booklet_book  # noqa: PLC0415
    from departments.models.outlines import Outline  # noqa: PLC0415

    book = booklet_book(edition, Outline(edition))
    return pdf.print_book(replace(book, words=replace(book.words, stamp="")))


def uncut(html: str) -> bytes:
    """Print with WeasyPrint in one piece."""
    command = [sys.executable, str(Path(__file__).with_name("uncut.py"))]
    return subprocess.run(command, input=html.encode(), stdout=subprocess.PIPE, check=True).stdout


def chromium(html: str) -> bytes:
    """Print with Chromium, its style sheets read from where they lie."""
    from tools.system import find_chromium  # noqa: PLC0415  # the path is set by then

    with tempfile.TemporaryDirectory(prefix="orgdesign-booklet-") as name:
        return _chromium(html, Path(name), str(find_chromium()))


def _chromium(html: str, folder: Path, program: str) -> bytes:
    source, target = folder / "booklet.html", folder / "booklet.pdf"
    source.write_text(html.replace("static:", f"{STATIC.as_uri()}/"), encoding="utf-8")
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--generate-pdf-document-outline")
    command = [program, *flags, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}"]
    subprocess.run([*command, source.as_uri()], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return target.read_bytes()


class Watch:
    """Watches what this process and all below it hold and what processor time they use, until it is stopped.

    `most` is the most that was held at one time, MB: PSS of each process, and RSS of each.
    """

    def __init__(self, *, memory: bool) -> None:
        self.memory = memory
        self.most: list[tuple[int, int]] = []
        self.used: dict[int, float] = {}
        self.before = {process: _used(process) for process in [os.getpid(), *_children(os.getpid())]}
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def stop(self) -> float:
        """Return the seconds of processors used."""
        self._look()
        self.ended.set()
        self.thread.join()
        return sum(used - self.before.get(process, 0) for process, used in self.used.items())

    def _watch(self) -> None:
        while not self.ended.wait(0.2):
            self._look()

    def _look(self) -> None:
        processes = [os.getpid(), *_children(os.getpid())]
        self.used |= {process: used for process in processes if (used := _used(process))}
        held = [_held(process) for process in processes] if self.memory else []
        self.most = max(self.most, held, key=lambda found: sum(pss for pss, _rss in found))


def _children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    found = []
    for task in tasks:
        with contextlib.suppress(OSError):
            found += [int(child) for child in task.read_text().split()]
    return found + [below for child in found for below in _children(child)]


def _used(process: int) -> float:
    """Return the seconds of processors that a process has used by itself."""
    try:
        said = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


def _held(process: int) -> tuple[int, int]:
    """Return the PSS and the RSS of a process, MB."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0, 0
    pss, rss = (int(re.search(rf"(?m)^{kind}:\s+(\d+)", rollup)[1]) // 1024 for kind in ("Pss", "Rss"))
    return pss, rss


def elsewhere(*said: str) -> str:
    """Let another process of this script do what is not to be measured: `make`, `count` or `compare`; return what it says."""
    command = [sys.executable, __file__, *said]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def make(positions: str) -> None:
    """Set Django up and make the design."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import django  # noqa: PLC0415  # it reads the environment

    django.setup()
    make_design(int(positions))


def count(file: str) -> None:
    """Print how many pages a PDF has."""
    from pypdf import PdfReader  # noqa: PLC0415  # not in the process that is measured

    print(len(PdfReader(file).pages))


def compare(one: str, other: str) -> None:
    """Print how many pages of two PDFs differ, and by how much at most: text, and pixels at 60 dpi above the foot."""
    from PIL import ImageChops  # noqa: PLC0415  # not in the process that is measured
    from pypdf import PdfReader  # noqa: PLC0415

    files = [Path(name).read_bytes() for name in (one, other)]
    readers = [PdfReader(io.BytesIO(pdf)) for pdf in files]
    texts = [[sorted("".join(page.extract_text().split())) for page in reader.pages] for reader in readers]
    worst, where = 0.0, 0
    for page, (ours, theirs) in enumerate(zip(*map(pictures, files), strict=True), 1):
        difference = ImageChops.difference(ours, theirs).convert("L").point(lambda level: 255 if level else 0)
        width, height = difference.size
        above = difference.crop((0, 0, width, height - 47))
        worst, where = max((worst, where), (100 * above.histogram()[255] / (width * height), page))
    differ = sum(a != b for a, b in zip(*texts, strict=True))
    print(f"{len(texts[0])} pages, {differ} differ in text, at most {worst:.3f} % of pixels (page {where})")


def pictures(pdf: bytes) -> "Iterator[Image.Image]":
    """Yield the pages as pictures."""
    from PIL import Image  # noqa: PLC0415  # not in the process that is measured

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "booklet.pdf").write_bytes(pdf)
        subprocess.run(["pdftoppm", "-r", "60", "-png", "booklet.pdf", "page"], cwd=folder, check=True)
        for page in sorted(Path(folder).glob("page*.png")):
            with Image.open(page) as picture:
                yield picture.convert("RGB")


def timed(work: Callable[[], bytes], *, memory: bool) -> tuple[float, float, Watch, bytes]:
    """Return the seconds it took, those of processors, who watched it, and what came of it."""
    watch, start = Watch(memory=memory), time.perf_counter()
    printed = work()
    wall = time.perf_counter() - start
    return wall, watch.stop(), watch, printed


def main(positions: int = 200, repeats: int = 3, against_uncut: int = 0) -> None:
    """Print the medians and the ratios."""
    with database(), tempfile.TemporaryDirectory(prefix="orgdesign-booklet-") as folder:
        from django.conf import settings  # noqa: PLC0415  # Django must be set up first
        from django.utils import translation  # noqa: PLC0415

        from departments.formats import pdf_engine  # noqa: PLC0415
        from departments.formats.paper import whole_html  # noqa: PLC0415
        from departments.models import Edition  # noqa: PLC0415
        from departments.models.outlines import Outline  # noqa: PLC0415

        translation.activate("zh-hans")
        elsewhere("make", str(positions))
        edition = Edition.objects.select_related("design").get()
        walls: dict[str, list[float]] = {}
        processors: dict[str, list[float]] = {}
        most: list[tuple[int, int]] = []

        def take(name: str, work: Callable[[], bytes]) -> None:
            nonlocal most
            wall, used, watch, printed = timed(work, memory=name == "cold")
            Path(folder, name).write_bytes(printed)
            walls.setdefault(name, []).append(wall)
            processors.setdefault(name, []).append(used)
            most = max(most, watch.most, key=lambda found: sum(pss for pss, _rss in found))
            print(f"  {name:9}{wall:7.1f} s {used:7.1f} s of processors", flush=True)

        for turn in range(repeats):
            shutil.rmtree(Path(settings.DATA_DIR) / "paper", ignore_errors=True)
            pdf_engine.pool().stop()
            take("cold", lambda: ours(edition))
            if turn == 0:
                print(f"  held at most: {told(most)}", flush=True)
            html = whole_html(edition, Outline(edition))
            take("Chromium", partial(chromium, html))
            if against_uncut:
                take("uncut", partial(uncut, SEAL.sub("", html)))
                if turn == 0:
                    Path(folder, "unsealed").write_bytes(ours_unsealed(edition))
                    print(" ", elsewhere("compare", f"{folder}/unsealed", f"{folder}/uncut"), end="", flush=True)
            del html
            edit(edition, turn)
            take("edited", lambda: ours(edition))
        print(f"{positions} job descriptions, medians of {repeats}; held at most: {told(most)}")
        for name, found in walls.items():
            wall, used = statistics.median(found), statistics.median(processors[name])
            pages, size = int(elsewhere("count", f"{folder}/{name}")), Path(folder, name).stat().st_size // 1024
            against = "".join(
                f"{wall / statistics.median(walls[other]):7.2f} ({used / statistics.median(processors[other]):.2f}) × {other}"
                for other in ("Chromium", "uncut")
                if other in walls
            )
            print(f"  {name:9}{wall:7.1f} s ({used:.1f} s) {pages:5} pages {size:6} KB {against}")


def told(most: list[tuple[int, int]]) -> str:
    """Return what is held by all processes and by each."""
    shares = ", ".join(f"{pss} ({rss})" for pss, rss in most)
    return f"{sum(pss for pss, _rss in most)} MB (sum of RSS {sum(rss for _pss, rss in most)}): {shares}"


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", positions_]:
            make(positions_)
        case ["count", file_]:
            count(file_)
        case ["compare", one_, other_]:
            compare(one_, other_)
        case numbers:
            main(*map(int, numbers))
