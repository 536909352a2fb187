"""The admin: for administrators only; accounts, functions, sources and nothing of a tree."""

import pytest
from django.contrib.auth.models import Group, User

from departments.admin import site
from departments.comparison.coverage import single_functions
from departments.documents import vocabulary
from departments.models import Function, Source
from departments.permissions import Role, roles
from tests.views.conftest import office
from tests.views.people import account, signed_in

pytestmark = pytest.mark.django_db
PAGES = ["/admin/", "/admin/auth/user/", "/admin/departments/function/", "/admin/departments/source/add/"]


@pytest.mark.parametrize("page", PAGES)
def test_only_administrators_come_in(client, page):
    answers = {role: signed_in(role).get(page, follow=True).status_code for role in Role.values}
    assert answers == dict.fromkeys(Role.values, 403) | {"administrator": 200}
    assert client.get(page, follow=True).redirect_chain[-1][0] == f"/sign-in/?next={page}"


def test_nobody_is_led_elsewhere_by_the_door(client):
    assert client.get("/admin/login/?next=https://example.org/")["Location"] == "/sign-in/?next=/admin/"


def test_nothing_of_a_tree_is_offered():
    assert {model.__name__ for model in site._registry} == {"User", "Group", "Grant", "Function", "Source"}


def test_an_administrator_makes_an_account_with_a_role(db):
    for role in Role.values:
        Group.objects.get_or_create(name=role)
    password = "一个很长的口令2026"
    form = {"username": "li", "first_name": "李四", "password1": password, "password2": password}
    form |= {"usable_password": "true", "groups": [Group.objects.get(name="reviewer").pk]}
    answer = signed_in("administrator").post("/admin/auth/user/add/", form)
    assert answer.status_code == 302
    li = User.objects.get(username="li")
    assert (roles(li), li.first_name, li.is_superuser, li.is_staff) == ({"reviewer"}, "李四", False, False)


def test_nobody_becomes_a_superuser_here_and_none_is_touched(db):
    administrator = signed_in("administrator")
    boss = User.objects.create_superuser("boss", password="x")
    reader = account("reader")
    fields = {"username": "reader", "is_active": "on", "is_superuser": "on", "is_staff": "on"}
    administrator.post(f"/admin/auth/user/{reader.pk}/change/", fields)
    reader.refresh_from_db()
    assert (reader.is_superuser, reader.is_staff) == (False, False)
    assert administrator.post(f"/admin/auth/user/{boss.pk}/change/", fields).status_code == 403
    assert administrator.get(f"/admin/auth/user/{boss.pk}/password/").status_code == 403
    assert administrator.post(f"/admin/auth/user/{boss.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_pages_of_every_kind_open(db):
    vocabulary.load()
    administrator = signed_in("administrator")
    pages = [
        f"/admin/departments/function/{Function.objects.first().pk}/change/",
        f"/admin/departments/source/{Source.objects.first().pk}/change/",
        "/admin/auth/user/add/",
        f"/admin/auth/user/{account('reader').pk}/change/",
    ]
    assert [administrator.get(page).status_code for page in pages] == [200] * 4


OWN = {
    "name": "院内感控",
    "name_en": "Infection control",
    "slug": "infection-control",
    "definition": "含",
    "excludes": "不含",
}


def test_a_company_adds_functions_of_its_own_and_reports_say_so(make_design):
    make_design(office())
    administrator = signed_in("administrator")
    last = Function.objects.last()
    group = Function.objects.get(slug="insight-planning")
    page = administrator.get("/admin/departments/function/add/")
    assert page.context["adminform"].form.initial["order"] == last.order + 1
    assert ("包括什么" in page.content.decode(), "Definition" in page.content.decode()) == (True, False)
    form = {**OWN, "parent": group.pk, "coverage": "on", "order": last.order + 1}
    assert administrator.post("/admin/departments/function/add/", form).status_code == 302
    assert Function.objects.get(slug="infection-control").own
    vocabulary.load()  # the reference anew leaves it alone
    assert Function.objects.filter(own=True).count() == 1
    reference = len(single_functions()) - 2  # neither ours nor general affairs
    for address in ("/coverage/", "/designs/office/coverage/", "/designs/office/health/", "/designs/office/raci/"):
        assert f"所用职能：参考 {reference} 项、自有 1 项" in administrator.get(address).content.decode()
    assert "自有 1 项" in administrator.get("/functions/").content.decode()


def test_the_functions_of_the_reference_stay_as_they_came(make_design):
    make_design(office())
    administrator = signed_in("administrator")
    for slug in ("brand", "insight-planning"):
        address = f"/admin/departments/function/{Function.objects.get(slug=slug).pk}/"
        assert administrator.get(f"{address}change/").status_code == 200
        assert administrator.post(f"{address}change/", {**OWN, "order": 1}).status_code == 403
        assert administrator.post(f"{address}delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("above", ["brand", "general-affairs"])
def test_functions_stand_in_two_levels_under_groups_only(make_design, above):
    make_design(office())
    form = {**OWN, "parent": Function.objects.get(slug=above).pk, "order": 100}
    answer = signed_in("administrator").post("/admin/departments/function/add/", form)
    assert list(answer.context["adminform"].form.errors) == ["parent"]
