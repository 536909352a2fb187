"""The booklet of 200 job descriptions against Chromium printing the same HTML. Sides take turns; medians, whole processes.

Both start from nothing: our worker is started anew each time, as Chromium is. Chromium does less: it knows no page numbers
in the contents and no running heads from the text. The goal of a later part of the work is 2 from cold; this is the figure
it starts from. Usage: python benchmarks/booklet.py [positions] [repeats].
"""

import io
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from designs import database
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


def make_booklet(positions: int) -> str:
    """Return the HTML of a booklet of so many forms, ten to a department."""
    from departments.formats.paper import booklet_html  # noqa: PLC0415  # Django must be set up first
    from departments.models import Design, Edition  # noqa: PLC0415
    from departments.models.outlines import Outline  # noqa: PLC0415
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
    edition = Edition.objects.select_related("design").get(pk=draft.pk)
    return booklet_html(edition, Outline(edition))


def weasyprint(html: str, _folder: Path) -> bytes:
    """Print with our worker, started anew."""
    from departments.formats import pdf  # noqa: PLC0415  # Django must be set up first

    printed = pdf.render_pdf(html)
    process = pdf._engine().process  # noqa: SLF001  # measured, then ended so that its time is counted
    status = Path(f"/proc/{process.pid}/status").read_text() if process else ""
    peak = re.search(r"VmHWM:\s+(\d+)", status)
    weasyprint.peak = int(peak[1]) // 1024 if peak else 0  # type: ignore[attr-defined]
    pdf._engine().stop()  # noqa: SLF001
    return printed


def chromium(html: str, folder: Path) -> bytes:
    """Print with Chromium, its style sheets read from where they lie."""
    from tools.system import find_chromium  # noqa: PLC0415  # the path is set by then

    source, target = folder / "booklet.html", folder / "booklet.pdf"
    source.write_text(html.replace("static:", f"{STATIC.as_uri()}/"), encoding="utf-8")
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--generate-pdf-document-outline")
    command = [str(find_chromium()), *flags, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}"]
    subprocess.run([*command, source.as_uri()], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return target.read_bytes()


def measured(work: Callable[[str, Path], bytes], html: str) -> tuple[float, float, bytes]:
    """Return wall seconds, processor seconds of the processes it started, and the PDF."""
    with tempfile.TemporaryDirectory(prefix="orgdesign-booklet-") as folder:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        printed = work(html, Path(folder))
        wall = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, printed


def main(positions: int = 200, repeats: int = 3) -> None:
    """Print the medians and the ratios."""
    with database():
        from django.utils import translation  # noqa: PLC0415  # Django must be set up first

        translation.activate("zh-hans")
        html = make_booklet(positions)
        walls: dict[str, list[float]] = {}
        processors: list[float] = []  # ours only: Chromium does not wait for all its processes
        sizes: dict[str, str] = {}
        for _repeat in range(repeats):
            for work in (weasyprint, chromium):
                wall, processor, printed = measured(work, html)
                walls.setdefault(work.__name__, []).append(wall)
                processors += [processor] if work is weasyprint else []
                pages = len(PdfReader(io.BytesIO(printed)).pages)
                sizes[work.__name__] = f"{pages} pages, {len(printed) / 1024:.0f} KB"
    print(f"{positions} job descriptions, HTML {len(html) / 1024:.0f} KB, medians of {repeats}:")
    medians = {name: statistics.median(found) for name, found in walls.items()}
    for name, wall in medians.items():
        print(f"  {name:11} {wall:6.1f} s  {sizes[name]}")
    processor = statistics.median(processors)
    print(f"  our worker: {processor:.1f} s of processor time, peak {weasyprint.peak} MB")  # type: ignore[attr-defined]
    print(f"WeasyPrint / Chromium: {medians['weasyprint'] / medians['chromium']:.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
