"""The gap between Han and Latin: where it stands, and that nobody copies it."""

import pytest

from departments.formats.pdf import render_pdf
from departments.formats.press.spacing import close_gaps, set_apart
from tests.booklets.pages import read

PAGE = (
    "<!doctype html><html lang=zh-Hans><head><title>岗位</title>"
    "<link rel=stylesheet href='static:departments/print/paper.css'></head><body>{}</body></html>"
)


@pytest.mark.parametrize(
    ("written", "set_out"),
    [
        ("整理CRM数据", "整理|CRM|数据"),
        ("整理 CRM 数据", "整理 CRM 数据"),
        ("完成率达95%，2.0版", "完成率达|95%，2.0|版"),
        ("2026年11月22日起", "2026年11月22日起"),
        ("研究R&amp;D方向", "研究|R&amp;D|方向"),
        ("<p data-running='部门A'>部门<b>A</b></p>", "<p data-running='部门A'>部门<b>A</b></p>"),
        ("甲B<svg><text>甲B</text></svg>甲B", "甲|B<svg><text>甲B</text></svg>甲|B"),
    ],
)
def test_gap_stands_where_text_changes_its_script(written: str, set_out: str) -> None:
    assert set_apart(written).replace("\u2006", "|") == set_out


@pytest.mark.parametrize("length", range(43, 48))
def test_no_character_stands_alone_on_a_last_line(length: int) -> None:
    (page,) = read(render_pdf(PAGE.format(set_apart(f"<p>{'甲' * length}</p>")))).pages
    lines = page.extract_text().split()
    assert "".join(lines) == "甲" * length
    assert len(lines[-1]) > 1


def test_gap_is_a_shift_in_the_page_and_no_character() -> None:
    reader = read(render_pdf(PAGE.format(set_apart("<h1>编制SEO报表</h1><p>整理CRM数据 A B</p>"))))
    (page,) = reader.pages
    contents = page.get_contents().get_data()
    assert contents.count(b"-167") == 4
    assert contents.count(b"0001>") + contents.count(b"0001<") == 2  # the spaces that were written
    assert page.extract_text().replace(" ", "") == "编制SEO报表\n整理CRM数据AB"


def test_shifts_add_up_and_other_text_stays_as_it_is() -> None:
    spaces = {b"F": ("0001", 256)}
    for shown, closed in (
        (b"<4e1e0001>89<0024>", b"<4e1e>-167<0024>"),
        (b"<0024>10<0001>89<4e1e>", b"<0024>-157<4e1e>"),
        (b"<4e1e0001>0<0024>", b"<4e1e0001>0<0024>"),
    ):
        assert close_gaps(b"/F 10 Tf\n[" + shown + b"] TJ", spaces) == b"/F 10 Tf\n[" + closed + b"] TJ"
    assert close_gaps(b"/G 10 Tf\n[<4e1e0001>89<0024>] TJ", spaces) == b"/G 10 Tf\n[<4e1e0001>89<0024>] TJ"
