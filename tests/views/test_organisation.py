"""Our organisation: named by an administrator, what home opens on, its logo, its numbers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from departments.company.numbers import document_number
from departments.models import Design, Organisation
from tests.formats.test_logos import png, svg
from tests.remembering import remember
from tests.views.conftest import office
from tests.views.people import own_design, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/own/organisation/"


@pytest.fixture
def ours(make_design) -> Design:
    return remember(lambda: own_design(make_design(office(groups=2))))


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
@pytest.mark.postgresql
def test_the_database_holds_to_it(db, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(name="华新", **wrong)


@pytest.mark.parametrize("groups", [1, 3])
def test_search_opens_on_it_and_answers_who_under_whom(make_design, client, django_assert_num_queries, groups):
    make_design(office("elsewhere", groups=groups))
    ours = own_design(make_design(office(groups=groups)))
    Organisation.objects.create(design=ours, name="华新")
    with django_assert_num_queries(7):
        answer = client.get("/search/", {"q": "收集第1类"})
    group = answer.context["results"].groups[0]
    assert [(hit.design, hit.bearer.title) for hit in group.hits] == [
        (ours, f"专员{number}") for number in range(1, groups + 1)
    ]
    page = " ".join(answer.content.decode().partition('id="found-duty"')[2].split())
    facts = ['positions/G1-STAFF/">专员1</a>', 'departments/G1/">第1组</a>', "主责", 'positions/HEAD/">市场部经理</a>']
    assert [fact in page for fact in facts] == [True] * 4
    assert 'origin=reference">在参考设计中查找“收集第1类”</a>' in page


@pytest.mark.parametrize(
    ("asked", "designs"),
    [
        ({}, ["ours"]),
        ({"design": ""}, ["elsewhere", "office", "ours"]),
        ({"origin": "reference"}, ["elsewhere", "office"]),
        ({"design": "office"}, ["office"]),
    ],
)
def test_whoever_asks_elsewhere_is_answered_there(make_design, client, asked, designs):
    make_design(office("elsewhere"))
    Organisation.objects.create(design=own_design(make_design(office())), name="华新")
    answer = client.get("/search/", {"q": "收集第1类", **asked})
    assert sorted(hit.design.slug for hit in answer.context["results"].groups[0].hits) == designs
    assert answer.content.decode().count("参考 · ") == len(set(designs) - {"ours"})


@pytest.mark.parametrize("groups", [1, 3])
def test_who_does_what_opens_on_it(make_design, client, django_assert_num_queries, groups):
    ours = own_design(make_design(office(groups=groups)))
    Organisation.objects.create(design=ours, name="华新")
    with django_assert_num_queries(6):
        functions = client.get("/functions/").context
    parts = {part["function"].slug: part for group in functions["groups"] for part in group["parts"]}
    held = [(place.title, how) for place, how in parts["market-research"]["whose"]]
    assert held == [("市场部", "primary"), ("市场部经理", "primary")] + [
        (f"专员{number}", "primary") for number in range(1, groups + 1)
    ]
    assert (parts["market-research"]["designs"], parts["sales"]["whose"]) == (1, [])
    with django_assert_num_queries(8):
        function = client.get("/functions/market-research/")
    assert [place.title for _holder, place in function.context["answers"]] == [title for title, _how in held]
    assert [bearing.design.slug for bearing in function.context["bearings"]] == ["office"]
    page = function.content.decode()
    assert page.index('<h2><a href="/designs/ours/">华新</a></h2>') < page.index("在其他设计中")
    assert "本公司无人负责" in client.get("/functions/sales/").content.decode()
