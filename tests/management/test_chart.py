"""`manage.py chart SLUG -o FILE`."""

import pytest
from django.core.management import CommandError, call_command

from tests.factories import create_org


@pytest.fixture(autouse=True)
def org(db):
    """A small department, in force."""
    return create_org(in_force=True)


def test_the_chart_is_written_as_svg(tmp_path):
    file = tmp_path / "chart.svg"
    call_command("chart", "hospital", "-o", file, "--show", "departments", verbosity=0)
    picture = file.read_text(encoding="utf-8")
    assert picture.startswith("<svg ")
    assert picture.count('class="department"') == 3


def test_the_chart_is_written_as_pdf(tmp_path):
    file = tmp_path / "chart.pdf"
    call_command("chart", "hospital", "-o", file, verbosity=0)
    assert file.read_bytes()[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("nowhere", "-o", "chart.svg"), "没有现行的设计 nowhere。"),
        (("hospital", "-o", "chart.png"), "chart.png 的扩展名既不是 .svg 也不是 .pdf。"),
        (("hospital", "-o", "chart.svg", "--from", "XX"), "看不懂 --from XX。"),
    ],
)
def test_what_is_not_understood_is_said(arguments, fault):
    with pytest.raises(CommandError) as error:
        call_command("chart", *arguments)
    assert str(error.value) == fault
