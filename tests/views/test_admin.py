"""The admin: for administrators only; accounts, functions, sources and nothing of a tree."""

import pytest
from django.contrib.auth.models import Group, User

from departments.admin import site
from departments.documents import vocabulary
from departments.models import Function, Source
from departments.permissions import Role, roles
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
