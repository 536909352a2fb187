"""Adopting on the page: who may, what is proposed, what comes of it."""

import pytest

from departments.models import Design, Edition
from departments.restructuring import open_edition
from tests.views.conftest import office
from tests.views.people import own_design, signed_in

pytestmark = pytest.mark.django_db
FORM = {"branch": "", "name": "本公司市场部", "name_en": "", "slug": "ours"}


@pytest.fixture
def reference(make_design) -> Design:
    return make_design(office(groups=2))


def test_an_editor_adopts_the_whole(reference):
    editor = signed_in("editor")
    assert editor.get("/designs/office/").content.decode().count("/designs/office/adopt/") == 1
    answer = editor.post("/designs/office/adopt/", FORM)
    assert (answer.status_code, answer["Location"]) == (302, "/designs/ours/draft/")
    draft = Edition.objects.get(design__slug="ours")
    assert (draft.status, draft.nodes.count()) == ("draft", reference.editions.get().nodes.count())
    page = editor.get("/designs/ours/draft/", follow=True).content.decode()
    assert ("本公司市场部" in page, 'class="stamp draft"' in page) == (True, True)


def test_what_the_company_wrote_itself_comes_from_no_source_and_what_lacks_is_to_be_filled_in(reference):
    draft = own_design(reference, in_force=False).editions.get()
    with open_edition(draft) as room:
        room.insert("position", under=draft.nodes.get(code="G1").uid, title="策划", code="G1-PLAN")
    editor = signed_in("editor")
    pages = {
        code: editor.get(f"/designs/ours/draft/positions/{code}/").content.decode() for code in ("HEAD", "G1-PLAN")
    }
    said = {
        code: ('class="sources"' in page, "尚未填写：" in page, "来源未列明" in page) for code, page in pages.items()
    }
    assert said == {"HEAD": (True, True, False), "G1-PLAN": (False, True, False)}


def test_the_form_proposes_name_address_and_branch(reference):
    page = signed_in("editor").get("/designs/office/adopt/?branch=G2").content.decode()
    assert ('value="our-office"' in page, 'value="第2组"' in page) == (True, True)
    assert '<option value="G2" selected>' in page


def test_a_branch_is_adopted(reference):
    signed_in("editor").post("/designs/office/adopt/", {**FORM, "branch": "G1"})
    titles = Edition.objects.get(design__slug="ours").nodes.exclude(title="").values_list("title", flat=True)
    assert list(titles.order_by("lft")) == ["第1组", "专员1"]


def test_own_codes_are_given_on_the_form(reference):
    signed_in("editor").post("/designs/office/adopt/", {**FORM, "code_prefix": "GX"})
    assert Edition.objects.get(design__slug="ours").nodes.filter(code="GX").get().title == "市场部"


def test_a_prefix_that_makes_codes_too_long_is_said_at_its_field(make_design):
    document = office()
    document["tree"]["children"].append({"kind": "position", "code": "X" * 40, "title": "专员"})
    make_design(document)
    answer = signed_in("editor").post("/designs/office/adopt/", {**FORM, "code_prefix": "GX"})
    assert list(answer.context["form"].errors) == ["code_prefix"]
    assert Design.objects.count() == 1


def test_the_proposal_steps_aside_for_what_is_there(reference):
    own_design(reference, slug="our-office")
    assert 'value="our-office-2"' in signed_in("editor").get("/designs/office/adopt/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"slug": "office"},
        {"slug": "OFFICE"},
        {"slug": "我们"},
        {"name": ""},
        {"branch": "HEAD"},
        {"code_prefix": "国新"},
    ],
)
def test_what_is_wrong_is_said_on_the_form_and_nothing_is_made(reference, wrong):
    answer = signed_in("editor").post("/designs/office/adopt/", {**FORM, **wrong})
    assert (answer.status_code, "errorlist" in answer.content.decode(), Design.objects.count()) == (200, True, 1)


def test_somebody_who_took_the_address_meanwhile_is_no_server_error(reference, monkeypatch):
    own_design(reference)
    monkeypatch.setattr("departments.forms.adopting.NewDesign.clean_slug", lambda form: form.cleaned_data["slug"])
    monkeypatch.setattr("departments.forms.adopting.NewDesign._get_validation_exclusions", lambda _form: {"slug"})
    answer = signed_in("editor").post("/designs/office/adopt/", FORM)
    assert (answer.status_code, "errorlist" in answer.content.decode()) == (200, True)


def test_an_empty_design_has_one_department(db):
    answer = signed_in("editor").post("/own/new/", {"name": "新公司", "slug": "new"})
    assert answer["Location"] == "/designs/new/draft/"
    assert list(Edition.objects.get().nodes.values_list("title", flat=True)) == ["新公司"]


def test_readers_see_no_button_and_are_told_why_not(reference):
    reader = signed_in("reader")
    assert "/adopt/" not in reader.get("/designs/office/").content.decode()
    assert reader.post("/designs/office/adopt/", FORM).status_code == 403
    assert Design.objects.count() == 1


def test_own_designs_are_listed_with_what_each_may_see(reference, client, django_assert_num_queries):
    own_design(reference)
    own_design(reference, slug="theirs", in_force=False)
    editor = signed_in("editor")
    with django_assert_num_queries(2):
        assert _listed(client) == ["/designs/ours/", "/designs/office/editions/1/"]
    origin = "/designs/office/editions/1/"
    assert _listed(editor) == ["/designs/ours/", origin, "/designs/theirs/draft/", origin, "/designs/theirs/draft/"]


def _listed(browser) -> list[str]:
    page = browser.get("/own/").content.decode().partition("<main")[2].partition("</main>")[0]
    return [part.partition('"')[0] for part in page.split('href="')[1:] if part.startswith("/designs/")]
