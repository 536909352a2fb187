"""Review on the page: what changed, comments on any node, what waits for whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from departments.models import Comment, Design, Edition
from departments.restructuring import open_edition
from departments.restructuring.transitions import begin, submit
from tests.remembering import remember
from tests.views.conftest import office
from tests.views.people import account, own_design, signed_in

pytestmark = pytest.mark.django_db
REVIEW = "/designs/ours/review/"


@pytest.fixture
def ours(make_design) -> Design:
    return remember(lambda: own_design(make_design(office())))


@pytest.fixture
def draft(ours) -> Edition:
    draft = begin(ours, by=account("editor"))
    with open_edition(draft) as tree:
        head = draft.nodes.get(code="HEAD")
        tree.edit(draft.nodes.get(text="制定市场调研计划").uid, {"text": "制定年度市场调研计划"})
        tree.insert("duty", under=head.uid, text="主持<例会>")
        tree.remove(draft.nodes.get(code="G1-STAFF").uid)
    return draft


def _page(role: str, address: str = REVIEW, **more) -> str:
    answer = signed_in(role).get(address, **more)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def test_the_reviewer_sees_duty_by_duty_what_changed_with_the_words_marked(draft):
    page = _page("reviewer")
    assert "<ins>年度</ins>" in page
    assert "<ins>主持&lt;例会&gt;</ins>" in page
    assert "<del>专员1</del>" in page
    assert [page.count(f'class="revision {verdict}"') for verdict in ("added", "removed", "reworded")] == [1, 3 - 1, 1]


def test_what_became_of_the_departments_is_drawn(draft):
    assert "orgchart" not in _page("reviewer")
    with open_edition(draft) as tree:
        tree.insert("department", under=draft.nodes.get(code="G1").uid, title="新<组>")
    page = _page("reviewer")
    assert ('class="department added"' in page, "新&lt;组&gt;" in page) == (True, True)


def test_a_first_draft_is_compared_with_what_it_was_adopted_from(make_design):
    design = own_design(make_design(office()), in_force=False)
    assert 'class="revision' not in _page("editor")
    draft = design.editions.get()
    with open_edition(draft) as tree:
        tree.edit(draft.nodes.get(code="HEAD").uid, {"title": "市场总监"})
    assert "<ins>总监</ins>" in _page("editor")


def test_there_is_nothing_to_review_where_nothing_is_on_its_way(ours):
    assert signed_in("editor").get(REVIEW).status_code == 404


def test_a_comment_is_made_on_a_duty_stops_approval_and_is_settled(draft):
    duty = draft.nodes.get(text="制定年度市场调研计划")
    head = draft.nodes.get(code="HEAD")
    reviewer = signed_in("reviewer")
    answer = reviewer.post(f"/designs/ours/comments/{duty.uid}/", {"about": duty.uid, "text": "多久？\n写明"})
    assert answer["Location"] == f"/designs/ours/comments/{head.uid}/"
    comment = Comment.objects.get()
    assert (comment.uid, comment.about, comment.by) == (duty.uid, "制定年度市场调研计划", account("reviewer"))
    assert "多久？<br>写明" in _page("editor", f"/designs/ours/comments/{head.uid}/")
    submit(draft, by=account("editor"))
    assert 'name="waive"' in _page("approver")
    assert signed_in("editor").post(f"/designs/ours/comments/{comment.pk}/settle/")["Location"] == REVIEW
    comment.refresh_from_db()
    assert (comment.closed_by, comment.waived) == (account("editor"), False)
    assert 'name="waive"' not in _page("approver")


@pytest.mark.parametrize("wrong", [{"text": "  "}, {"text": "好", "about": "00000000-0000-4000-8000-000000000000"}])
def test_an_empty_comment_or_one_on_nothing_is_refused_in_words(draft, wrong):
    address = f"/designs/ours/comments/{draft.nodes.get(code='HEAD').uid}/"
    page = signed_in("reviewer").post(address, wrong, follow=True).content.decode()
    assert ('<li class="error">' in page, Comment.objects.count()) == (True, 0)


def test_a_comment_outlives_its_edition_and_its_node(draft):
    uid = draft.nodes.get(code="G1").uid
    signed_in("reviewer").post(f"/designs/ours/comments/{uid}/", {"text": "为何？"})
    with open_edition(draft) as tree:
        tree.remove(uid)
    page = _page("editor")
    assert ("为何？" in page, "第1组" in page) == (True, True)
    assert signed_in("editor").get(f"/designs/ours/comments/{uid}/").status_code == 404


def test_comments_are_offered_on_the_pages_of_the_draft(draft, client):
    uid = draft.nodes.get(code="HEAD").uid
    assert f"/designs/ours/comments/{uid}/" in _page("reviewer", "/designs/ours/draft/positions/HEAD/")
    assert "/comments/" not in _page("reviewer", "/designs/ours/positions/HEAD/")


@pytest.mark.parametrize("duties", [1, 3])
def test_review_costs_the_same_whatever_the_size(make_design, django_assert_num_queries, duties):
    design = own_design(make_design(office(groups=duties, duties=duties)))
    draft = begin(design, by=account("editor"))
    with open_edition(draft) as tree:
        for duty in draft.nodes.filter(kind="duty"):
            tree.edit(duty.uid, {"text": f"{duty.text}并汇报"})
    reviewer = signed_in("reviewer")
    with CaptureQueriesContext(connection) as queries:
        reviewer.get(REVIEW)
    assert len(queries) == 15
    with CaptureQueriesContext(connection) as queries:
        reviewer.get(f"/designs/ours/comments/{draft.nodes.get(code='HEAD').uid}/")
    assert len(queries) == 12


@pytest.mark.parametrize(
    ("status", "waits_for"),
    [
        ("draft", ["editor", "administrator"]),
        ("in_review", ["reviewer", "approver", "administrator"]),
        ("approved", ["approver", "administrator"]),
    ],
)
def test_what_waits_for_whom(draft, status, waits_for):
    if status != "draft":
        submit(draft, by=account("editor"))
        Edition.objects.filter(pk=draft.pk).update(status=status)
    everybody = ["reader", "editor", "reviewer", "approver", "administrator"]
    assert [role for role in everybody if REVIEW in _page(role, "/todo/")] == waits_for


def test_ones_own_submission_waits_for_somebody_else(draft, settings):
    submit(draft, by=account("administrator"))
    assert REVIEW not in _page("administrator", "/todo/")
    settings.ONE_PERSON_OFFICE = True
    assert REVIEW in _page("administrator", "/todo/")


def test_a_returned_draft_says_why_and_open_comments_are_listed(draft):
    submit(draft, by=account("editor"))
    signed_in("reviewer").post("/designs/ours/editions/send-back/", {"note": "补上频次"})
    signed_in("reviewer").post(f"/designs/ours/comments/{draft.nodes.get(code='HEAD').uid}/", {"text": "含糊"})
    page = _page("editor", "/todo/")
    assert ("补上频次" in page, "含糊" in page) == (True, True)


@pytest.mark.parametrize("designs", [1, 3])
def test_the_list_costs_the_same_however_much_waits(make_design, django_assert_num_queries, designs):
    source = make_design(office())
    for number in range(designs):
        own_design(source, slug=f"ours-{number}", in_force=False)
    editor = signed_in("editor")
    with django_assert_num_queries(6):
        editor.get("/todo/")
