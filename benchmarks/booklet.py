"""A booklet against Chromium printing the same pages, and against one uncut run of WeasyPrint.

Usage: python benchmarks/booklet.py [positions] [repeats]. Sides take turns; medians of wall time. Ours is printed cold
(workers started anew, nothing kept), then after one statement was edited (workers warm, all else kept), from the database
to the bytes. Chromium is given the HTML; it does less: no page numbers in the contents, no running heads from the text.
With a third argument, 1, an uncut run of WeasyPrint takes part, and the pages are compared: text, glyphs and pixels. Memory
is what all our processes hold at the same time, pages they share counted once (PSS). Beside the time on the clock stands
that of the processors, of all processes of a side: where others use the machine too, it alone can be trusted.
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
from pathlib import Path
from typing import Any

from designs import database
from PIL import Image, ImageChops
from pypdf import PdfReader

STATIC = Path(__file__).resolve().parent.parent / "departments" / "static"
DUTIES = (
    "根据公司年度目标，编制本岗位的季度和月度工作计划，经上级批准后组织落实",
    "收集、整理区域市场与竞争对手在价格、产品、渠道和促销方面的信息，每月提交分析报告",
    "组织开展新品上市推广活动，控制活动费用，活动结束后五个工作日内提交总结",
    "维护与媒体、行业协会及政府相关部门的关系，及时处理影响公司形象的突发事件",
    "指导、考核和培训下属员工，协调与销售、财务、生产等部门的配合",
    "建立并更新客户档案，定期回访重点客户，受理投诉并跟踪处理结果",
    "审核广告与宣传物料的内容和费用，监督投放效果",
    "完成上级交办的其他工作",
)
QUALIFICATIONS = (
    ("education", "本科及以上学历"),
    ("major", "市场营销、新闻或相关专业"),
    ("experience", "三年以上同类岗位经验"),
)
INDICATORS = ("推广费用占销售额的比例", "新客户数量完成率", "活动计划按期完成率", "客户投诉处理及时率")


def make_design(positions: int) -> Any:
    """Return an edition with so many positions, ten to a department."""
    from departments.models import Design, Edition  # noqa: PLC0415  # Django must be set up first
    from departments.restructuring import Row, open_edition, start_edition  # noqa: PLC0415

    def duty(section: str, text: str, **more: str) -> Row:
        return Row(3, "duty", {"section": section, "weight": "primary", "text": text} | more)

    rows = [Row(0, "department", {"title": "市场营销中心", "code": "MC"})]
    for number in range(positions):
        if number % 10 == 0:
            title = {"title": f"第{number // 10 + 1}区域市场部", "code": f"D-{number}"}
            rows.append(Row(1, "department", title))
        title = {
            "title": f"区域推广主管{number + 1}",
            "title_en": "Regional Promotion Supervisor",
            "code": f"P-{number}",
        }
        rows.append(
            Row(2, "position", title | {"head": number % 10 == 0, "summary": "负责所辖区域的市场推广与客户关系工作"})
        )
        rows += [duty("responsibility", text) for text in DUTIES]
        rows += [duty("qualification", text, aspect=aspect) for aspect, text in QUALIFICATIONS]
        rows += [duty("indicator", text, measure="按季度考核，不低于计划的 95%") for text in INDICATORS]
    design = Design.objects.create(slug="benchmark", name=f"{positions} 份岗位说明书", kind="complete")
    draft = start_edition(design)
    with open_edition(draft) as tree:
        tree.insert_branch(rows)
    return Edition.objects.select_related("design").get(pk=draft.pk)


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
    """Watches what this process and all below it hold and what processor time they use, until it is stopped."""

    def __init__(self, *, memory: bool) -> None:
        self.memory = memory
        self.peak = 0
        self.parts: list[int] = []
        self.used: dict[int, float] = {}
        self.before = {process: _used(process) for process in [os.getpid(), *_children(os.getpid())]}
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def stop(self) -> tuple[float, int]:
        """Return the seconds of processors used, and the most that was held at one time, MB."""
        self._look()
        self.ended.set()
        self.thread.join()
        return sum(used - self.before.get(process, 0) for process, used in self.used.items()), self.peak // 1024

    def _watch(self) -> None:
        while not self.ended.wait(0.2):
            self._look()

    def _look(self) -> None:
        processes = [os.getpid(), *_children(os.getpid())]
        self.used |= {process: used for process in processes if (used := _used(process))}
        held = [_held(process) for process in processes] if self.memory else []
        if sum(held) > self.peak:
            self.peak, self.parts = sum(held), [one // 1024 for one in held]


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


def _held(process: int) -> int:
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(re.search(r"Pss:\s+(\d+)", rollup)[1])


def compare(one: bytes, other: bytes) -> None:
    """Print how many pages differ, and by how much at most: text, and pixels at 60 dpi above the foot."""
    readers = [PdfReader(io.BytesIO(pdf)) for pdf in (one, other)]
    texts = [[sorted("".join(page.extract_text().split())) for page in reader.pages] for reader in readers]
    drawn = [list(pictures(pdf)) for pdf in (one, other)]
    worst = 0.0
    for ours, theirs in zip(*drawn, strict=True):
        difference = ImageChops.difference(ours, theirs).convert("L").point(lambda level: 255 if level else 0)
        width, height = difference.size
        above = difference.crop((0, 0, width, height - 47))
        worst = max(worst, 100 * above.histogram()[255] / (width * height))
    differ = sum(a != b for a, b in zip(*texts, strict=True))
    print(
        f"compared with the uncut run: {len(texts[0])} pages, {differ} differ in text, at most {worst:.3f} % of pixels"
    )


def pictures(pdf: bytes) -> Iterator[Image.Image]:
    """Yield the pages as pictures."""
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
    used, _held = watch.stop()
    return wall, used, watch, printed


def main(positions: int = 200, repeats: int = 3, against_uncut: int = 0) -> None:
    """Print the medians and the ratios."""
    with database():
        from django.conf import settings  # noqa: PLC0415  # Django must be set up first
        from django.utils import translation  # noqa: PLC0415

        from departments.formats import pdf_engine  # noqa: PLC0415
        from departments.formats.paper import whole_html  # noqa: PLC0415
        from departments.models.outlines import Outline  # noqa: PLC0415

        translation.activate("zh-hans")
        edition = make_design(positions)
        walls: dict[str, list[float]] = {}
        processors: dict[str, list[float]] = {}
        printed: dict[str, bytes] = {}
        held = 0

        def take(name: str, work: Callable[[], bytes]) -> Watch:
            wall, used, watch, printed[name] = timed(work, memory=name == "cold")
            walls.setdefault(name, []).append(wall)
            processors.setdefault(name, []).append(used)
            print(f"  {name:9}{wall:7.1f} s {used:7.1f} s of processors", flush=True)
            return watch

        for turn in range(repeats):
            shutil.rmtree(Path(settings.DATA_DIR) / "paper", ignore_errors=True)
            pdf_engine.pool().stop()
            watch = take("cold", lambda: ours(edition))
            held = max(held, watch.peak // 1024)
            print(f"  turn {turn + 1}: {held} MB, by process {watch.parts}", flush=True)
            html = whole_html(edition, Outline(edition))
            take("Chromium", lambda html=html: chromium(html))
            if against_uncut:
                take("uncut", lambda html=html: uncut(html))
                if turn == 0:
                    compare(printed["cold"], printed["uncut"])
            edit(edition, turn)
            take("edited", lambda: ours(edition))
    print(f"{positions} job descriptions, medians of {repeats}; peak {held} MB")
    for name, found in walls.items():
        wall, used = statistics.median(found), statistics.median(processors[name])
        pages, size = len(PdfReader(io.BytesIO(printed[name])).pages), len(printed[name]) // 1024
        against = "".join(
            f"{wall / statistics.median(walls[other]):7.2f} ({used / statistics.median(processors[other]):.2f}) × {other}"
            for other in ("Chromium", "uncut")
            if other in walls
        )
        print(f"  {name:9}{wall:7.1f} s ({used:.1f} s) {pages:5} pages {size:6} KB {against}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
