"""Holders on the pages: named by editors, seen by those whom the setting lets, carried on paper where it says so."""

import pytest
from django.test import Client

from departments.models import Holder, Organisation
from departments.permissions import Role
from tests.remembering import remember
from tests.views.conftest import office
from tests.views.people import account, own_design, signed_in

pytestmark = pytest.mark.django_db
POSITION = "/designs/ours/positions/HEAD/"


@pytest.fixture
def ours(make_design):
    ours = remember(lambda: own_design(make_design(office())))
    ours.uid = ours.editions.get().nodes.get(code="HEAD").uid
    ours.page = f"/designs/ours/holders/{ours.uid}/"
    return ours


def let(seen_by: str, *, carried: bool = False) -> None:
    Organisation.objects.update_or_create(
        pk=1, defaults={"name": "华新", "holders_seen_by": seen_by, "holders_carried": carried}
    )


def hold(ours, name="王芳", **more) -> None:
    Holder.objects.create(design=ours, uid=ours.uid, name=name, **more)


def test_an_editor_names_them_and_links_an_account_which_sees_its_position(ours, client):
    reader = signed_in("reader")
    assert "/mine/" not in reader.get("/").content.decode()
    answer = signed_in("editor").post(ours.page, {"people": "王芳 ＠reader\n\n 李明 \n"})
    assert answer["Location"] == ours.page
    assert list(Holder.objects.values_list("name", "account__username")) == [("王芳", "reader"), ("李明", None)]
    assert '<a class="todo" href="/mine/">我的岗位</a>' in reader.get("/").content.decode()
    assert f'<a href="{POSITION}">市场部经理</a>' in reader.get("/mine/").content.decode()
    assert "/mine/" not in client.get("/").content.decode()
    page = signed_in("editor").get(ours.page).content.decode()
    assert ("王芳 @reader\n李明</textarea>" in page, "— → 王芳 @reader、李明" in page) == (True, True)


@pytest.mark.parametrize("people", ["王芳 @nobody-here", "@", "王" * 81, "王 @editor\n芳 @editor", "王芳\n" * 100])
def test_what_cannot_be_is_said_and_what_was_typed_stays(ours, people):
    answer = signed_in("editor").post(ours.page, {"people": people})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["people"])
    assert people.strip().splitlines()[0] in answer.content.decode()
    assert not Holder.objects.exists()


@pytest.mark.parametrize(
    ("seen_by", "seeing"),
    [
        ("nobody", ["editor", "administrator"]),
        ("signed_in", list(Role.values)),
        ("everybody", ["stranger", *Role.values]),
    ],
)
def test_who_sees_them(ours, seen_by, seeing):
    let(seen_by)
    hold(ours)
    browsers = {"stranger": Client()} | {role: signed_in(role) for role in Role.values}
    assert [who for who, browser in browsers.items() if "王芳" in browser.get(POSITION).content.decode()] == seeing


def test_they_are_off_where_nothing_was_set(ours, client):
    hold(ours)
    assert "王芳" not in client.get(POSITION).content.decode()


@pytest.mark.parametrize("carried", [False, True])
def test_paper_and_exports_carry_them_where_the_company_says_so(ours, client, monkeypatch, carried):
    monkeypatch.setattr("departments.formats.pdf.print_book", lambda book, **_how: repr(book.pieces).encode())
    let("signed_in", carried=carried)
    hold(ours)
    reader = signed_in("reader")
    papers = ["/designs/ours/positions/HEAD.pdf", "/designs/ours/booklet.pdf"]
    assert ["王芳" in reader.get(paper).content.decode() for paper in papers] == [carried] * 2
    assert ["王芳" in client.get(paper).content.decode() for paper in papers] == [False] * 2
    table = "/designs/ours/downloads/csv"
    assert (reader.get(table).content == client.get(table).content) is not carried


def test_the_page_says_how_it_is_staffed_and_how_that_is_known(ours, client):
    let("everybody")
    hold(ours)
    assert "在岗 1 人（按任职人计）" in client.get(POSITION).content.decode()


@pytest.mark.parametrize("held", [1, 3])
def test_costs(ours, django_assert_num_queries, client, held):
    let("everybody")
    for order in range(held):
        hold(ours, f"王{order}", order=order)
    with django_assert_num_queries(7):
        client.get(POSITION)
    reader = signed_in("reader")
    Holder.objects.filter(order=0).update(account=account("reader"))
    with django_assert_num_queries(4):
        reader.get("/mine/")
