"""manage.py export_design: the edition in force as JSON with every key, or as the fixtures' YAML."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from departments.documents import files
from departments.documents.loading import load
from departments.models import Design, Edition, Node
from departments.restructuring import open_draft, open_edition
from tests.documents.samples import SMALL
from tests.factories import create_edition


@pytest.fixture(autouse=True)
def _english(db: None) -> Any:
    with translation.override("en"):
        yield


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("export_design", *arguments, stdout=out)
    return out.getvalue()


def test_export_is_json_with_every_key() -> None:
    load(files.parse(SMALL))
    text = run("hospital")
    assert text == files.to_json(files.parse(SMALL))
    assert json.loads(text)["tree"]["children"][0]["children"][0]["text"] == "编制预算"


def test_export_as_yaml_is_what_was_loaded() -> None:
    load(files.parse(SMALL))
    assert run("hospital", "--yaml") == SMALL


def test_export_with_uids_names_every_node() -> None:
    load(files.parse(SMALL))
    written = files.parse(run("hospital", "--uids"))
    assert written.uid == Design.objects.get().uid
    assert {written.tree.uid, *(child.uid for child in written.tree.children)} <= set(
        Node.tree.values_list("uid", flat=True)
    )


def test_export_shows_what_is_in_force_not_the_draft() -> None:
    load(files.parse(SMALL))
    draft = open_draft(Design.objects.get())
    with open_edition(draft) as tree:
        tree.edit(draft.nodes.get(code="MK-02").uid, {"title": "改名"})
    assert run("hospital", "--yaml") == SMALL


@pytest.mark.parametrize("prepare", [lambda: None, create_edition])
def test_export_without_an_edition_in_force_fails(prepare: Any) -> None:
    prepare()
    with pytest.raises(CommandError, match=r"^No design hospital is in force\.$"):
        run("hospital")


def test_export_of_what_no_document_can_say_fails_with_the_place() -> None:
    load(files.parse(SMALL + "relations: [{kind: assists, from: MK-02, to: MK-01}]\n"))
    draft = open_draft(Design.objects.get())
    with open_edition(draft) as tree:
        tree.edit(draft.nodes.get(code="MK-02").uid, {"code": ""})
    Edition.objects.filter(number=1).update(status="superseded")
    Edition.objects.filter(number=2).update(status="in_force", effective_on="2026-11-22")
    with pytest.raises(CommandError, match=r"^hospital: tree › 策划专员: It has no code, and a line names it\.$"):
        run("hospital")
