"""A long list laid out in slices has the pages that it has when it is laid out at once."""

import json
import subprocess
import sys
import zlib

from django.conf import settings

from departments.formats.press.parts import Part
from tests.formats.test_hastening import AROUND

BOTH = """
import json, sys
from departments.formats.press import slicing, worker
def printed(longest):
    slicing.SLICE = longest
    said, (part,) = worker.work(job, range(0x110000), ())
    return part.hex()
job = json.load(sys.stdin)
worker.hasten()
slicing.lay_out, lay_out = lambda html: laid_out.append(lay_out(html)) or laid_out[-1], slicing.lay_out
laid_out = []
print(json.dumps([printed(1000), printed(45), [len(document.pages) for document in laid_out]]))
"""


def test_pages_are_those_of_a_list_that_is_laid_out_at_once() -> None:
    """With headings, a margin above some lines, a line longer than pages, and columns; a worker of some seconds."""
    lines = "".join(
        f'<p class="level-{1 + bool(number % 5)}"><a href="#p{number}">{number} 品牌策划专员{" 与渠道经理" * (600 * (number == 7))}</a></p>'
        for number in range(120)
    )
    entries = "".join(
        f'<p><a href="#p{number}"><span class="code">P-{number}</span> 专员</a></p>' for number in range(130)
    )
    piece = (
        f'<div class="piece" data-piece="piece-0"><section class="contents" data-list=""><h1 id="contents">目录</h1>{lines}</section>'
        f'<section class="index codes" id="codes"><h1>索引</h1><div class="columns" data-list="">{entries}</div></section></div>'
    )
    job = {"before": AROUND[0], "pieces": [piece], "after": AROUND[1]}
    command = [sys.executable, "-c", BOTH]
    done = subprocess.run(
        command, input=json.dumps(job), check=True, capture_output=True, text=True, cwd=settings.BASE_DIR
    )
    *parts, laid_out = json.loads(done.stdout)
    whole, sliced = (Part.from_bytes(bytes.fromhex(part)) for part in parts)
    assert len(laid_out) > 4, laid_out
    assert shown(sliced) == shown(whole)
    assert linked(sliced) == linked(whole)
    assert len(sliced.parents) == len(whole.parents)


def shown(part: Part) -> list[tuple[bytes, object]]:
    """Return what is drawn on each page, and its anchors."""
    return [(zlib.decompress(part.streams[page.contents]), page.anchors) for page in part.pages]


def linked(part: Part) -> list[bytes]:
    """Return the links of a part in order."""
    found = b"\n".join(part.renumbered(1, 0, {b"P": b"0", b"F": b"0", b"D": b"0"})).split(b"/Dest(")[1:]
    return sorted(one.partition(b")")[0] for one in found)
