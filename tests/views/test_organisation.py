"""Our organisation: named by an administrator, what home opens on, its logo, its numbers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from departments.company.numbers import document_number
from departments.models import Design, Organisation
from tests.formats.test_logos import png, svg
from tests.views.conftest import office
from tests.views.people import own_design, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/own/organisation/"


@pytest.fixture
def ours(make_design) -> Design:
    return own_design(make_design(office(groups=2)))


def form(design: Design | None, **more):
    pattern = "{company}-{design}-{edition:02}"
    fields = {"design": design.pk if design else "", "name": "华新集团", "code": "HX", "document_pattern": pattern}
    return {**fields, "holders_seen_by": "nobody", **more}


def test_an_administrator_names_it_and_home_opens_on_it(ours, client):
    administrator = signed_in("administrator")
    assert "谁负责什么" in client.get("/").content.decode()
    assert administrator.post(PAGE, form(ours))["Location"] == PAGE
    page = client.get("/").content.decode()
    assert ("<h1>华新集团</h1>" in page, 'href="/designs/ours/positions/HEAD/"' in page) == (True, True)
    assert '<a href="/library/"><b><span class="tag">参考</span> 设计库</b>' in page
    assert "HX-OURS-01" in administrator.get(PAGE).content.decode()


@pytest.mark.parametrize("groups", [1, 3])
def test_home_of_the_organisation_costs_the_same_for_any_size(make_design, client, django_assert_num_queries, groups):
    Organisation.objects.create(design=own_design(make_design(office(groups=groups))), name="华新")
    with django_assert_num_queries(5):
        context = client.get("/").context
    assert len(context["rows"]) == groups + 1
    assert [function.slug for function in context["functions"]] == ["market-research"]


def test_only_own_designs_with_an_edition_in_force_can_be_named(ours, make_design):
    own_design(make_design(office("other")), slug="waiting", in_force=False)
    offered = signed_in("administrator").get(PAGE).context["form"].fields["design"].queryset
    assert list(offered) == [ours]


def test_named_no_more_home_opens_on_the_library_again(ours, client):
    Organisation.objects.create(design=ours, name="华新")
    signed_in("administrator").post(PAGE, form(None))
    assert client.get("/").templates[0].name == "home/home.html"


def test_the_number_of_a_paper(ours):
    edition = ours.editions.get()
    assert document_number(edition) == ""
    Organisation.objects.create(design=ours, name="华新", code="HX")
    assert document_number(edition) == "HX-OURS-01"
    assert document_number(ours.adopted_from) == ""


@pytest.mark.parametrize("file", [png(), svg('<path d="M0 0h9"/>')])
def test_a_logo_is_kept_clean_and_shown_so_that_nothing_runs(ours, client, file):
    administrator = signed_in("administrator")
    assert client.get("/own/logo").status_code == 404
    administrator.post(PAGE, form(ours, new_logo=SimpleUploadedFile("logo", file)))
    answer = client.get("/own/logo")
    assert answer["Content-Type"] == Organisation.objects.get().logo_type
    assert answer["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert '<img class="logo" src="/own/logo?v=' in client.get("/").content.decode()
    administrator.post(PAGE, form(ours))
    assert client.get("/own/logo").status_code == 200
    administrator.post(PAGE, form(ours, no_logo="on"))
    assert client.get("/own/logo").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"code": "华新"}, "code"),
        ({"document_pattern": "{design}"}, "document_pattern"),
        ({"holders_carried": "on"}, "holders_carried"),
        ({"new_logo": SimpleUploadedFile("logo.svg", svg("<script/>"))}, "new_logo"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_stored(ours, wrong, field):
    answer = signed_in("administrator").post(PAGE, form(ours, **wrong))
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": 2},
        {"logo_type": "image/png"},
        {"logo": b"x"},
        {"logo": b"x", "logo_type": "text/html"},
        {"holders_carried": True},
    ],
)
def test_the_database_holds_to_it(db, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(name="华新", **wrong)
