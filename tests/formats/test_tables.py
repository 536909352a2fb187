"""Cells that a spreadsheet would run are defused, and come back as they were."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from departments.formats.tables import csv_text, defused, restored


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "'=1"])
def test_a_formula_is_defused(text):
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "市场部", "1-2", "a=b", "'引用'"])
def test_other_texts_stay(text):
    assert defused(text) == text


@given(st.text(alphabet="=+-@'＝ \t\r\na市", max_size=6))
def test_what_was_defused_is_restored(text):
    assert restored(defused(text)) == text


def test_a_table_begins_with_the_bom_and_keeps_commas_quotes_and_lines():
    cells = ['a,"b"', "一\n二", "=1", None, 3]
    text = csv_text(["甲", "乙", "丙", "丁", "戊"], [cells])
    assert text.startswith("\ufeff甲,")
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))[1] == [
        'a,"b"', "一\n二", "'=1", "", "3",
    ]  # fmt: skip
