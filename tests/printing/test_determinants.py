"""A paper is found by all that determines it: each of it changes the key, nothing else does, and what is found is the paper."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation
from django.utils.autoreload import file_changed

from departments.booklets.options import Options
from departments.formats.press.fonts import FontsMissing
from departments.models import (
    Design,
    Edition,
    Node,
    NodeFunction,
    Organisation,
    Process,
    Relation,
    Source,
    Step,
    WordTemplate,
)
from departments.models.guard import room
from departments.models.printing import PrintJob
from departments.printing import determinants, kept
from departments.printing.orders import Order
from departments.restructuring import open_edition
from departments.restructuring.transitions import begin
from tests import factories
from tests.views.people import account, own_design

pytestmark = pytest.mark.django_db
WORD = PrintJob.Form.WORD


@pytest.fixture
def world() -> SimpleNamespace:
    """An own design in force, with a draft that has a row in every table of an edition."""
    org = factories.create_org(in_force=True)
    design = own_design(org.design)
    draft = begin(design, by=account("editor"))
    head, officer = (draft.nodes.get(code=code) for code in ("MK-01", "PR-02"))
    function = factories.create_function()
    with room(draft.pk):
        Relation.objects.create(edition=draft, kind="assists", start=officer, end=head, about="媒体", basis="stated")
        process = Process.objects.create(edition=draft, number=1, name="周报")
        Step.objects.create(process=process, number=1, who=[{"text": "总经理"}], action="汇总")
    Source.objects.create(document="a.txt", title="甲", title_en="A")
    Organisation.objects.create(design=design, name="本公司")
    WordTemplate.objects.create(name="院办", content=b"one", tried=True, in_use=True)
    return SimpleNamespace(design=design, draft=draft, head=head, officer=officer, function=function)


def key(world: SimpleNamespace, *, number: int = 2, form: str = PrintJob.Form.PDF, **said: Any) -> str:
    """Return the key of a paper of an edition as it is now."""
    edition = Edition.objects.select_related("design").get(design=world.design, number=number)
    return Order(edition, Options(**said.pop("options", {})), said.pop("holders", {}), form).key


def written(world: SimpleNamespace, rows: Any, **values: Any) -> None:
    with room(world.draft.pk):
        rows.update(**values)


def linked(world: SimpleNamespace) -> None:
    with room(world.draft.pk):
        NodeFunction.objects.create(node=world.officer, function=world.function, order=0)


def moved(world: SimpleNamespace) -> None:
    with open_edition(world.draft) as tree:
        tree.move(world.officer.uid, under=world.head.uid)


def removed(world: SimpleNamespace) -> None:
    with open_edition(world.draft) as tree:
        tree.remove(world.officer.uid)


def updated(rows: Any, **values: Any) -> Callable[[SimpleNamespace], Any]:
    return lambda _world: rows.update(**values)


CHANGES: dict[str, Callable[[SimpleNamespace], Any]] = {
    "a word": lambda world: written(world, Node.tree.filter(pk=world.head.pk), title="主任医师"),
    "a code": lambda world: written(world, Node.tree.filter(pk=world.head.pk), code="MK-99"),
    "a headcount": lambda world: written(
        world, Node.tree.filter(pk=world.head.pk), headcount_form="number", headcount_min=2, headcount_max=2
    ),
    "a place": moved,
    "a position": removed,
    "a function": linked,
    "a line": lambda world: written(world, Relation.objects.filter(edition=world.draft), about="会议"),
    "a process": lambda world: written(world, Process.objects.filter(edition=world.draft), name="月报"),
    "a step": lambda world: written(world, Step.objects.filter(process__edition=world.draft), action="发送"),
    "the design": updated(Design.objects, name="本公司市场部"),
    "its status": lambda world: Edition.objects.filter(pk=world.draft.pk).update(status="in_review"),
    "its day": lambda world: Edition.objects.filter(pk=world.draft.pk).update(effective_on="2026-02-01"),
    "the edition before": lambda world: world.design.editions.filter(number=1).update(effective_on="2025-01-01"),
    "a signature": lambda world: world.design.editions.get(number=1).transitions.update(name="李四"),
    "a source": updated(Source.objects, title="乙"),
    "the company": updated(Organisation.objects, name="总公司"),
    "its code": updated(Organisation.objects, code="HX"),
    "its logo": updated(Organisation.objects, logo=b"<svg/>", logo_type="image/svg+xml"),
}


def test_each_determinant_changes_the_key(world):
    before, missed = key(world), []
    for name, change in CHANGES.items():
        with transaction.atomic():
            change(world)
            missed += [name] if key(world) == before else []
            transaction.set_rollback(True)
    assert missed == []
    assert key(world) == before


@pytest.mark.parametrize(
    "said",
    [
        {"number": 1},
        {"form": WORD},
        {"options": {"branch": "PR"}},
        {"options": {"positions": ("PR-02",)}},
        {"options": {"without": ("chart",)}},
        {"options": {"margins": "mirrored"}},
        {"options": {"style": "reading"}},
        {"options": {"charts": "2"}},
        {"holders": {"1": ["李雷"]}},
    ],
    ids=str,
)
def test_whatever_is_asked_for_changes_the_key(world, said):
    if "holders" in said:
        said = {"holders": {world.head.uid: ["李雷"]}}
        assert key(world, **said) != key(world, holders={world.head.uid: ["李雷", "韩梅"]})
        assert key(world, holders={world.head.uid: []}) == key(world)
    assert key(world, **said) != key(world)


@pytest.mark.parametrize("cause", ["language", "time zone", "fonts", "code", "packages"])
def test_whatever_it_is_made_with_changes_the_key(world, settings, monkeypatch, cause):
    before = key(world)
    if cause == "language":
        translation.activate("en")  # the fixture takes it back
    elif cause == "time zone":
        settings.TIME_ZONE = "Europe/Berlin"
    else:
        monkeypatch.setattr(determinants, {"fonts": "_found"}.get(cause, f"_{cause}"), lambda: "other")
    assert key(world) != before


def test_code_templates_words_and_style_sheets_are_all_read(monkeypatch):
    monkeypatch.undo()  # the code of this test's own
    read = {file for pattern in determinants.OURS for file in determinants.settings.BASE_DIR.glob(pattern)}
    endings = {file.suffix for file in read if file.is_file()}
    assert {".py", ".html", ".mo", ".css"} <= endings
    first = determinants._code()
    assert (determinants._code(), determinants._code.cache_info().currsize) == (first, 1)
    file_changed.send(sender=None, file_path=Path("printed.css"))
    assert determinants._code.cache_info().currsize == 0
    assert "weasyprint " in determinants._packages()


def test_a_word_template_changes_what_is_made_from_it_alone(world):
    before = key(world), key(world, form=WORD)
    WordTemplate.objects.update(content=b"other")
    assert (key(world) == before[0], key(world, form=WORD) == before[1]) == (True, False)


def test_without_fonts_there_is_a_word_file_without_drawings(world, monkeypatch):
    def missing() -> str:
        raise FontsMissing("fonts-noto-cjk")

    before = key(world, form=WORD)
    monkeypatch.setattr(determinants, "_found", missing)
    assert key(world, form=WORD) != before


def test_a_paper_in_force_is_superseded_and_a_later_draft_changes_nothing(world):
    before = key(world, number=1)
    written(world, Node.tree.filter(pk=world.head.pk), title="主任医师")
    assert key(world, number=1) == before
    world.design.editions.filter(number=1).update(status="superseded")
    one_day = key(world, number=1)
    Edition.objects.filter(pk=world.draft.pk).update(status="in_force", effective_on="2026-03-01")
    assert len({before, one_day, key(world, number=1)}) == 3


def test_places_put_right_are_seen_in_what_is_published(world):
    before = key(world, number=1)
    edition = world.design.editions.get(number=1)
    with room(edition.pk):
        Node.tree.filter(tree_id=edition.pk, code="SA").update(lft=98, rght=99)
    assert key(world, number=1) != before


def test_what_was_changed_while_it_was_read_is_not_kept(world, monkeypatch):
    WordTemplate.objects.all().delete()
    edition = Edition.objects.select_related("design").get(pk=world.draft.pk)
    for change in (None, CHANGES["a word"]):
        order = Order(edition, Options(), form=WORD)
        assert order.kept is None
        paper = order.paper
        if change:
            change(world)
        made = b"" if change else paper.make(progress=lambda *_counted: None, cancelled=lambda: False)
        order.keep(made)
        found = kept.find(order.key)
        assert (found is None) is bool(change)
        if found:
            assert (found.name, found.read()[:2]) == ("本公司 岗位说明书汇编", b"PK")
            monkeypatch.setattr(Order, "paper", None)
            assert Order(edition, Options(), form=WORD).kept == found  # and nothing is built to find it
            monkeypatch.undo()
