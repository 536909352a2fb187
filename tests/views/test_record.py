"""What happened to a design and to one position of it, through all editions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from departments.models import Design
from departments.restructuring import open_edition
from departments.restructuring.transitions import begin
from tests.remembering import remember
from tests.views.conftest import office
from tests.views.people import account, own_design, put_in_force, signed_in

pytestmark = pytest.mark.django_db
RECORD = "/designs/ours/record/"


@pytest.fixture
def ours(make_design) -> Design:
    return remember(lambda: own_design(make_design(office())))


def _revise(design: Design, title: str) -> None:
    draft = begin(design, by=account("editor"))
    with open_edition(draft, by=account("editor")) as tree:
        head = draft.nodes.get(code="HEAD")
        tree.edit(head.uid, {"title": title})
        tree.insert("duty", under=head.uid, text=f"主持{title}例会")
        tree.edit(draft.nodes.get(code="G1").uid, {"title": f"组{title}"})
    put_in_force(draft)


def _page(address: str = RECORD) -> str:
    answer = signed_in("reviewer").get(address)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def test_every_edition_stands_with_its_steps_and_changes_in_words(ours):
    _revise(ours, "市场总监")
    _revise(ours, "营销总监")
    page = _page()
    assert [page.count(word) for word in ("<h2>", 'class="told"', "批准 approver")] == [3, 6, 3]
    assert page.index("<ins>营销") < page.index("<del>部经理</del>")  # the newest first
    assert "本版没有更改" in page or "没有" in page  # the first edition


def test_a_position_is_followed_through_all_editions_by_the_names_it_had(ours):
    _revise(ours, "市场总监")
    _revise(ours, "营销总监")
    uid = ours.editions.get(number=3).nodes.get(code="HEAD").uid
    page = _page(f"{RECORD}?node={uid}")
    assert [page.count(word) for word in ("<h2>", 'class="told"', "主持营销总监例会", "组")] == [3, 4, 1, 0]
    assert ("“营销总监”" in page, "市场部经理" in page) == (True, True)
    assert _page(f"{RECORD}?node={uid}&page=99").count('class="told"') == 4


def test_what_was_removed_keeps_its_history(ours):
    draft = begin(ours, by=account("editor"))
    uid = draft.nodes.get(code="G1-STAFF").uid
    with open_edition(draft, by=account("editor")) as tree:
        tree.remove(uid)
    put_in_force(draft)
    page = _page(f"{RECORD}?node={uid}")
    assert page.count('class="told"') == 1
    for nothing in ("x", "00000000-0000-4000-8000-000000000000"):
        assert signed_in("editor").get(f"{RECORD}?node={nothing}").status_code == 404


@pytest.mark.parametrize("editions", [1, 3])
def test_the_record_costs_the_same_however_many_editions(ours, editions):
    for number in range(editions):
        _revise(ours, f"总监{number}")
    reviewer = signed_in("reviewer")
    with CaptureQueriesContext(connection) as queries:
        reviewer.get(RECORD)
    assert len(queries) == 12
    uid = ours.editions.first().nodes.get(code="HEAD").uid
    with CaptureQueriesContext(connection) as queries:
        reviewer.get(f"{RECORD}?node={uid}")
    assert len(queries) == 14
