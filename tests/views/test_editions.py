"""Editions on the page: what readers see while a draft is edited, and every step by its button."""

import datetime

import pytest
from django.db import OperationalError

from departments.models import Comment, Design, Edition
from departments.restructuring import open_edition
from departments.restructuring.transitions import begin
from departments.views.dates import DueEditions
from tests.remembering import remember
from tests.views.conftest import office
from tests.views.people import account, own_design, put_in_force, signed_in

pytestmark = pytest.mark.django_db
PAGES = ["", "departments/MKT/", "positions/HEAD/", "chart/", "chart.svg", "processes/1/"]
PROCESS = {"name": "流程", "steps": [{"number": 1, "who": ["HEAD"], "action": "做"}]}


@pytest.fixture
def ours(make_design) -> Design:
    return remember(lambda: own_design(make_design(office(processes=[PROCESS]))))


@pytest.fixture
def draft(ours) -> Edition:
    draft = begin(ours, by=account("editor"))
    with open_edition(draft) as tree:
        tree.edit(draft.nodes.get(code="HEAD").uid, {"title": "市场总监"})
    return draft


def test_readers_see_the_edition_in_force_while_the_draft_is_edited(draft, client):
    editor = signed_in("editor")
    assert _title(client.get("/designs/ours/positions/HEAD/")) == "市场部经理"
    assert _title(editor.get("/designs/ours/positions/HEAD/")) == "市场部经理"
    assert _title(editor.get("/designs/ours/draft/positions/HEAD/")) == "市场总监"
    assert _title(editor.get("/designs/ours/editions/1/positions/HEAD/")) == "市场部经理"


@pytest.mark.parametrize("page", PAGES)
def test_the_links_of_a_draft_stay_in_the_draft(draft, page):
    text = signed_in("editor").get(f"/designs/ours/draft/{page}").content.decode()
    links = [part.partition('"')[0] for part in text.split('href="')[1:]]
    astray = [link for link in links if "/designs/ours/" in link and "/designs/ours/draft/" not in link]
    elsewhere = (
        "/designs/ours/editions/",
        "/designs/ours/review/",
        "/designs/ours/comments/",
        "/designs/ours/holders/",
    )
    assert [link for link in astray if not link.startswith(elsewhere)] == []


@pytest.mark.parametrize("page", PAGES)
def test_drafts_are_only_for_who_works_on_them(draft, client, page):
    address = f"/designs/ours/draft/{page}"
    assert client.get(address)["Location"] == f"/sign-in/?next={address}"
    answers = {role: signed_in(role).get(address).status_code for role in ("", "reader", "editor", "reviewer")}
    assert answers == {"": 404, "reader": 404, "editor": 200, "reviewer": 200}
    by_number = {
        role: signed_in(role).get(f"/designs/ours/editions/2/{page}").status_code for role in ("reader", "editor")
    }
    assert by_number == {"reader": 404, "editor": 200}


def test_past_editions_are_read_by_everybody(draft, client):
    put_in_force(draft)
    assert _title(client.get("/designs/ours/positions/HEAD/")) == "市场总监"
    answer = client.get("/designs/ours/editions/1/positions/HEAD/")
    assert (_title(answer), 'class="stamp superseded"' in answer.content.decode()) == ("市场部经理", True)
    assert client.get("/designs/ours/editions/3/").status_code == 404


def test_reference_designs_look_as_before(ours, client):
    page = client.get("/designs/office/").content.decode()
    assert ("edition-strip" in page, "/editions/" in page) == (False, False)
    assert client.get("/designs/office/editions/1/").status_code == 200


def test_the_whole_way_by_buttons(ours, client):
    editor, reviewer, approver = signed_in("editor"), signed_in("reviewer"), signed_in("approver")
    assert editor.post("/designs/ours/editions/begin/")["Location"] == "/designs/ours/draft/"
    assert editor.post("/designs/ours/editions/begin/")["Location"] == "/designs/ours/draft/"
    for browser, step, fields, status in [
        (editor, "submit", {"note": "请审"}, "in_review"),
        (reviewer, "send-back", {"note": "补"}, "draft"),
        (editor, "submit", {}, "in_review"),
        (approver, "approve", {}, "approved"),
        (approver, "publish", {"on": "2026-01-02"}, "in_force"),
    ]:
        answer = browser.post(f"/designs/ours/editions/{step}/", fields)
        assert (answer["Location"], ours.editions.get(number=2).status) == ("/designs/ours/editions/", status)
    page = client.get("/designs/ours/editions/").content.decode()
    assert (page.count('class="stamp in_force"'), page.count('class="stamp superseded"')) == (1, 1)


def test_a_second_click_says_who_was_faster(ours):
    editor = signed_in("editor")
    editor.post("/designs/ours/editions/begin/")
    editor.post("/designs/ours/editions/submit/")
    page = editor.post("/designs/ours/editions/submit/", follow=True).content.decode()
    assert ('<li class="error">' in page, ours.editions.get(number=2).transitions.count()) == (True, 2)


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        ("draft", {"editor": ["submit"], "reviewer": [], "approver": []}),
        (
            "in_review",
            {"editor": [], "reviewer": ["reviewed", "send-back"], "approver": ["reviewed", "approve", "send-back"]},
        ),
        ("approved", {"editor": [], "reviewer": ["send-back"], "approver": ["publish", "send-back"]}),
    ],
)
def test_only_the_steps_one_may_take_are_offered(draft, status, offered):
    Edition.objects.filter(pk=draft.pk).update(status=status)
    assert {role: _offered(signed_in(role)) for role in offered} == offered


def test_who_submitted_is_not_offered_to_approve(draft, settings):
    boss = signed_in("administrator")
    boss.post("/designs/ours/editions/submit/")
    assert _offered(boss) == ["send-back"]
    settings.ONE_PERSON_OFFICE = True
    assert _offered(boss) == ["reviewed", "approve", "send-back"]


def test_open_comments_are_waived_only_by_saying_so(draft):
    Comment.objects.create(
        design=draft.design, uid=draft.nodes.get(parent=None).uid, about="市场部", text="含糊", name="李"
    )
    signed_in("editor").post("/designs/ours/editions/submit/")
    approver = signed_in("approver")
    assert 'name="waive"' in approver.get("/designs/ours/editions/").content.decode()
    approver.post("/designs/ours/editions/approve/")
    assert ours_status(draft) == "in_review"
    approver.post("/designs/ours/editions/approve/", {"waive": "1"})
    assert ours_status(draft) == "approved"


@pytest.mark.parametrize("on", ["", "morgen", "2026-02-30", "2001-01-01"])
def test_a_date_that_is_none_or_too_early_is_refused_in_words(draft, on):
    Edition.objects.filter(pk=draft.pk).update(status="approved")
    page = signed_in("approver").post("/designs/ours/editions/publish/", {"on": on}, follow=True).content.decode()
    assert ('<li class="error">' in page, ours_status(draft)) == (True, "approved")


def test_a_past_edition_comes_back_as_a_draft(draft):
    put_in_force(draft)
    editor = signed_in("editor")
    assert "/designs/ours/editions/1/bring-back/" in editor.get("/designs/ours/editions/").content.decode()
    assert editor.post("/designs/ours/editions/1/bring-back/")["Location"] == "/designs/ours/draft/"
    assert _title(editor.get("/designs/ours/draft/positions/HEAD/")) == "市场部经理"


@pytest.mark.parametrize("editions", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(ours, client, django_assert_num_queries, editions):
    for _edition in range(editions - 1):
        put_in_force(begin(ours, by=account("editor")))
    with django_assert_num_queries(3):
        assert client.get("/designs/ours/editions/").status_code == 200


def ours_status(edition: Edition) -> str:
    return Edition.objects.get(pk=edition.pk).status


def _title(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode().partition("<h1>")[2].partition("</h1>")[0].partition("<")[0].strip()


def _offered(browser) -> list[str]:
    page = browser.get("/designs/ours/editions/").content.decode()
    return [step for step in ("submit", "reviewed", "approve", "publish", "send-back") if f'/editions/{step}/"' in page]


def test_a_day_ahead_is_kept_and_the_edition_comes_in_force_on_it(draft, client, monkeypatch, looked_today):
    Edition.objects.filter(pk=draft.pk).update(status="approved")
    approver = signed_in("approver")
    page = approver.post("/designs/ours/editions/publish/", {"on": "2999-01-01"}, follow=True).content.decode()
    assert ("2999-01-01起生效" in page, _title(client.get("/designs/ours/positions/HEAD/"))) == (True, "市场部经理")
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: datetime.date(2999, 1, 1))
    monkeypatch.setattr(DueEditions, "looked_on", datetime.date(2998, 12, 31))
    assert _title(client.get("/designs/ours/positions/HEAD/")) == "市场总监"
    assert DueEditions.looked_on == datetime.date(2999, 1, 1)
    steps = draft.transitions.values_list("before", "after", "name")
    assert list(steps)[-2:] == [("approved", "approved", "approver"), ("approved", "in_force", "approver")]


@pytest.mark.postgresql
def test_a_database_that_refuses_keeps_nobody_from_reading(ours, client, monkeypatch):
    def refuse(_today):
        raise OperationalError("read only")

    monkeypatch.setattr("departments.views.dates.put_due_in_force", refuse)
    monkeypatch.setattr(DueEditions, "looked_on", None)
    assert client.get("/designs/ours/").status_code == 200
    assert DueEditions.looked_on is None


def test_a_design_is_read_as_of_any_day(draft, client):
    put_in_force(draft)
    Edition.objects.filter(pk=draft.pk).update(effective_on="2026-03-01")
    went = {
        page: client.get(f"/designs/{page}")["Location"]
        for page in (
            "ours/?on=2026-01-01",
            "ours/positions/HEAD/?on=2026-02-28",
            "ours/positions/HEAD/?on=2026-03-01",
            "ours/editions/1/chart.svg?show=reporting&on=2999-01-01",
            "ours/design.json?on=2026-02-01",
        )
    }
    assert went == {
        "ours/?on=2026-01-01": "/designs/ours/editions/1/",
        "ours/positions/HEAD/?on=2026-02-28": "/designs/ours/editions/1/positions/HEAD/",
        "ours/positions/HEAD/?on=2026-03-01": "/designs/ours/editions/2/positions/HEAD/",
        "ours/editions/1/chart.svg?show=reporting&on=2999-01-01": "/designs/ours/editions/2/chart.svg?show=reporting",
        "ours/design.json?on=2026-02-01": "/designs/ours/editions/1/design.json",
    }
    for day, words in (("2025-12-31", "第1版"), ("2026-02-30", "2026-11-22"), ("x", "2026-11-22")):
        answer = client.get(f"/designs/ours/?on={day}")
        assert (answer.status_code, words in answer.content.decode()) == (404, True)
    assert client.get("/designs/none/?on=2026-01-01").status_code == 404


def test_of_a_day_ahead_who_works_on_it_sees_what_will_be_in_force(draft, client):
    Edition.objects.filter(pk=draft.pk).update(status="approved", effective_on="2999-01-01")
    answers = [browser.get("/designs/ours/?on=2999-02-01")["Location"] for browser in (signed_in("editor"), client)]
    assert answers == ["/designs/ours/editions/2/", "/designs/ours/editions/1/"]


def test_where_reading_is_not_public_no_day_is_answered_to_strangers(draft, client, settings):
    settings.PUBLIC_READING = False
    assert client.get("/designs/ours/?on=2026-01-01")["Location"] == "/sign-in/?next=/designs/ours/%3Fon%3D2026-01-01"


def test_every_past_edition_is_printed_with_a_stamp(draft, client, monkeypatch):
    printed = []
    monkeypatch.setattr("departments.formats.pdf.print_book", lambda book, **_how: printed.append(book) or b"%PDF")
    put_in_force(draft)
    for place in ("ours", "ours/editions/1"):
        for paper in ("booklet.pdf", "positions/HEAD.pdf", "chart.pdf"):
            assert client.get(f"/designs/{place}/{paper}").status_code == 200
    assert ["作废" in repr(book) for book in printed] == [False] * 3 + [True] * 3
