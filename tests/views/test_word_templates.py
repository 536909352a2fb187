"""/own/word-template/: their template is sent, tried, used, put aside and removed; refused with a reason at its field."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from docx import Document

from departments.company.templates import MOST
from departments.formats.docx import MEDIA_TYPE, our_template
from departments.models import Organisation, WordTemplate
from tests.formats.test_word_templates import own
from tests.remembering import remember
from tests.views.conftest import office
from tests.views.people import own_design, signed_in

PAGE = "/own/word-template/"
THEIRS = own("华新集团 {{ form.title }}")


@pytest.fixture
def ours(make_design):
    design = remember(lambda: own_design(make_design(office(groups=2))))
    Organisation.objects.create(design=design, name="华新集团")
    return design


def first_line(answer) -> str:
    """Return the first line of a Word file."""
    assert answer["Content-Type"] == MEDIA_TYPE
    return Document(io.BytesIO(answer.content)).paragraphs[0].text


def send(browser, content: bytes = THEIRS):
    """Send a template."""
    return browser.post(PAGE, {"file": SimpleUploadedFile("华新 岗位说明书.docx", content)})


def test_theirs_is_sent_tried_used_and_put_aside(ours, client):
    browser = signed_in("administrator")
    assert send(browser)["Location"] == PAGE
    template = WordTemplate.objects.get()
    assert (template.name, template.by_name, template.tried, template.in_use) == (
        "华新 岗位说明书", "administrator", False, False,
    )  # fmt: skip
    assert browser.get(f"{PAGE}{template.pk}.docx").content == THEIRS
    browser.post(f"{PAGE}{template.pk}/use/")
    assert not WordTemplate.objects.get().in_use  # it was not tried
    assert first_line(browser.post(f"{PAGE}{template.pk}/try.docx", {"position": "HEAD"})) == "华新集团 市场部经理"
    assert first_line(client.get("/designs/ours/positions/HEAD.docx")) == "市场部经理"
    browser.post(f"{PAGE}{template.pk}/use/")
    assert first_line(client.get("/designs/ours/positions/HEAD.docx")) == "华新集团 市场部经理"
    browser.post(f"{PAGE}{template.pk}/remove/")
    assert WordTemplate.objects.count() == 1  # it is in use
    browser.post(f"{PAGE}ours/")
    assert first_line(client.get("/designs/ours/positions/HEAD.docx")) == "市场部经理"
    browser.post(f"{PAGE}{template.pk}/remove/")
    assert not WordTemplate.objects.exists()


def test_another_takes_the_place_of_the_one_in_use(ours):
    browser = signed_in("administrator")
    for name in "甲乙":
        WordTemplate.objects.create(name=name, content=THEIRS, by_name="李", tried=True)
    for template in WordTemplate.objects.order_by("pk"):
        browser.post(f"{PAGE}{template.pk}/use/")
    assert list(WordTemplate.objects.order_by("pk").values_list("in_use", flat=True)) == [False, True]


def test_what_is_wrong_is_said_at_the_field_and_nothing_is_kept(ours):
    answer = send(signed_in("administrator"), own("{{ form.tilte }}"))
    assert answer.context["form"].errors == {"file": ["没有“form.tilte”这个字段。"]}
    assert "没有“form.tilte”这个字段。" in answer.content.decode()
    assert not WordTemplate.objects.exists()


def test_no_more_are_kept_than_fit(ours):
    WordTemplate.objects.bulk_create(WordTemplate(name="甲", content=b"PK", by_name="李") for _ in range(MOST))
    answer = send(signed_in("administrator"))
    assert "请先删除一份" in answer.content.decode()
    assert WordTemplate.objects.count() == MOST


def test_our_template_can_be_taken_along_and_sent_back(ours):
    browser = signed_in("administrator")
    content = browser.get(f"{PAGE}ours.docx").content
    assert content == our_template()
    assert send(browser, content).status_code == 302


def test_it_is_tried_on_a_design_whose_positions_have_duties(make_design):
    tree = {"kind": "department", "code": "MKT", "title": "市场部", "children": []}
    make_design(office("a-design-without-duties") | {"tree": tree})
    make_design(office("office"))
    WordTemplate.objects.create(name="甲", content=b"PK", by_name="李")
    offered = signed_in("administrator").get(PAGE).context["trial"].fields["position"].choices
    assert offered == [("HEAD", "市场部经理 · 市场部"), ("G1-STAFF", "专员1 · 第1组")]


@pytest.mark.parametrize("kept", [1, 3])
def test_page_costs_the_same_for_any_number(ours, kept, django_assert_num_queries):
    browser = signed_in("administrator")
    WordTemplate.objects.bulk_create(WordTemplate(name="甲", content=b"PK", by_name="李") for _ in range(kept))
    with django_assert_num_queries(9):
        assert browser.get(PAGE).content.decode().count("尚未试用") == kept


@pytest.mark.postgresql
@pytest.mark.parametrize("wrong", [[{"in_use": True}], [{"in_use": True, "tried": True}] * 2])
def test_the_database_holds_to_it(db, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        WordTemplate.objects.bulk_create(WordTemplate(name="甲", content=b"PK", by_name="李", **more) for more in wrong)
