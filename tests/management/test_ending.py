"""How commands end: the exit status says whether something is wrong with the thing, or with how it was asked for."""

import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from departments.documents import schema, vocabulary
from departments.documents.loading import load
from tests.views.conftest import office
from tools.messages import ROOT

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "arguments",
    [
        ("export_design", "nope"),
        ("export_design", "office", "-o", "/nowhere/office.json"),
        ("booklet", "nope", "-o", "nope.pdf"),
        ("booklet", "office", "-o", "office.txt"),
        ("booklet", "office", "--branch", "NOPE", "-o", "office.docx"),
        ("booklet", "office", "--branch", "G1", "-o", "/nowhere/office.docx"),
        ("chart", "office", "-o", "/nowhere/office.svg"),
        ("import_workbook", "/nowhere.xlsx"),
        ("load_designs", "/nowhere.yaml"),
        ("check_designs", "/nowhere.yaml"),
        ("read_document", "/nowhere.docx"),
        ("restore", "/nowhere.zip"),
        ("remove_design", "nope"),
    ],
)
def test_a_command_that_is_used_wrongly_says_so_and_ends_with_2(arguments):
    vocabulary.load()
    load(schema.Design.model_validate(office()))
    with pytest.raises(CommandError) as said:
        call_command(*arguments)
    assert said.value.returncode == 2


def test_a_new_design_needs_an_address_that_can_be_one(tmp_path):
    (tmp_path / "tables.csv").write_text("编码,名称,上级部门编码\nA,公司,\n", encoding="utf-8")
    with pytest.raises(CommandError) as said:
        call_command("import_workbook", tmp_path / "tables.csv", "--new", "公司", "--into", "Bad Slug!")
    assert said.value.returncode == 2


def test_who_closes_the_pipe_has_enough():
    command = [sys.executable, "manage.py", "diffsettings"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.close()
        assert (running.stderr.read(), running.wait()) == (b"", 141)
