"""A design with all its editions comes in on the screen: looked at first, then made as it was; by administrators alone."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from departments.documents.chronicles import chronicle
from departments.documents.files import to_json, to_yaml
from departments.models import Design, ImportFile
from departments.restructuring.removing import remove_design
from departments.restructuring.transitions import begin
from tests.formats.extracts import bureau, extract
from tests.views.people import own_design, signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "/own/import/editions/"
CHECK = f"{ADDRESS}check/"


@pytest.fixture
def design(db: None) -> Design:
    """One edition in force, one a draft."""
    ours = own_design(extract(bureau()).edition.design)
    begin(ours, by=None)
    return ours


def send(content: str, name: str = "ours-all.yaml") -> str:
    answer = signed_in("administrator").post(ADDRESS, {"file": SimpleUploadedFile(name, content.encode())}, follow=True)
    assert answer.redirect_chain == [(CHECK, 302)]
    return answer.content.decode()


def confirm(page: str) -> Any:
    found = re.search(r'name="sign" value="(\w*)"', page)
    assert found
    return signed_in("administrator").post(CHECK, {"sign": found[1]}, follow=True)


@pytest.mark.parametrize("write", [to_yaml, to_json])
def test_all_editions_come_in_as_they_were(design, write, django_assert_num_queries):
    whole = chronicle(design)
    remove_design(design, confirm="ours")
    page = send(write(whole), "ours-all.json")
    rows = [re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row) for row in page.partition("<tbody>")[2].split("</tr>")[:2]]
    assert rows == [["1", "现行", "2026年1月1日", "3", "3", "8"], ["2", "草稿", "–", "3", "3", "8"]]
    assert not Design.objects.filter(slug="ours").exists()
    browser = signed_in("administrator")
    with django_assert_num_queries(7):
        browser.get(CHECK)
    assert confirm(page).redirect_chain == [("/designs/ours/editions/", 302)]
    assert write(chronicle(Design.objects.get(slug="ours"))) == write(whole)
    assert ImportFile.objects.count() == 0


def test_what_is_there_or_unknown_or_no_such_file_is_said_and_makes_nothing(design):
    text = to_yaml(chronicle(design))
    page = send(text)
    assert "已经存在（“本公司”）" in page
    assert "确认并新建" not in page
    assert confirm(page).redirect_chain == []
    remove_design(design, confirm="ours")
    assert "没有职能“no-such”" in send(text.replace("market-research", "no-such"))
    assert "这不是带全部版本的设计" in send("slug: ours")
    assert "不是 YAML" in send("design: [")
    assert not Design.objects.filter(slug="ours").exists()


def test_it_is_no_file_for_a_draft_and_does_not_wait_among_the_others(design):
    text = to_yaml(chronicle(design)).encode()
    browser = signed_in("administrator")
    answer = browser.post("/designs/ours/draft/import/", {"file": SimpleUploadedFile("a.yaml", text)}, follow=True)
    assert "带全部版本" in answer.content.decode()
    send(text.decode())
    assert browser.get("/own/import/check/")["Location"] == "/own/import/"
