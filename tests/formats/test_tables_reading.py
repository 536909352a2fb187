"""Tables as CSV, one or several in an archive: what anybody sends gives rows or clear faults, never an error."""

import io
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from departments.formats.tables_reading import read_upload

HEADS = "编码,名称,上级部门编码\r\n"


def test_several_tables_come_in_an_archive():
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("部门.csv", f"{HEADS}A,甲,\r\n".encode("gb18030"))
        archive.writestr("岗位.csv", "编码,岗位名称,所在编码\r\nP,专员,A\r\n".encode("utf-8-sig"))
        archive.writestr("readme.txt", b"x")
    book = read_upload(file.getvalue())
    assert {name: [row.cells for row in rows] for name, rows in book.rows.items()} == {
        "部门": [{"编码": "A", "名称": "甲"}],
        "岗位": [{"编码": "P", "岗位名称": "专员", "所在编码": "A"}],
    }
    assert (book.faults, len(book.notes)) == ([], 1)


def test_a_defused_cell_is_what_it_was():
    book = read_upload(f"{HEADS}A,'=1+1,\r\n".encode())
    assert next(book.of("部门"))["名称"] == "=1+1"


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b"", 1),
        ("甲,乙\r\n".encode(), 1),
        (b"\xff\xff\xff", 0),
        (f"{HEADS}A,甲,,多\r\n".encode(), 2),
        (f"{HEADS}A,\x00,\r\n".encode(), 2),
        (f"{HEADS}A,{'长' * 4001},\r\n".encode(), 2),
        (f"{HEADS}A,{'长' * 200_000},\r\n".encode(), 0),
    ],
)
def test_what_is_wrong_is_one_fault_with_its_row(content, row):
    assert [fault.row for fault in read_upload(content).faults] == [row]


@pytest.mark.parametrize(("inside", "word"), [("EncryptedPackage", "密码"), ("Workbook", ".xls ")])
def test_what_office_makes_of_a_password_or_made_before_is_named(inside, word):
    (fault,) = read_upload(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + inside.encode("utf-16-le")).faults
    assert word in fault.message


@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: (HEADS + text).encode(errors="replace")))
)
def test_any_bytes_give_rows_or_faults(content):
    book = read_upload(content)
    assert book.faults or book.rows
