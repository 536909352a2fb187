"""What takes longer than a page: sent to the job's page, stopped, taken, and who may see it."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from departments.formats import docx, pdf
from departments.models import Edition, Organisation, PrintJob
from departments.printing import orders, work
from departments.restructuring.transitions import begin
from departments.views import paper
from tests.views.conftest import office
from tests.views.people import account, own_design, signed_in

PDF = {"Accept": "application/pdf"}
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(autouse=True)
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be ready at once, and printing print nothing."""
    monkeypatch.setattr(orders, "SMALL", -1)
    monkeypatch.setattr(pdf, "print_book", lambda _book, **_how: b"%PDF-1.7")
    monkeypatch.setattr(paper, "LOOK_SECONDS", 0.01)


@pytest.fixture
def job(client, make_design) -> PrintJob:
    """A booklet that a stranger, `client`, has asked for."""
    make_design(office())
    assert client.get("/designs/office/booklet.pdf", headers=BROWSER).status_code == 303
    return PrintJob.objects.get()


@pytest.mark.postgresql
def test_a_browser_is_sent_to_the_page_of_the_job(client, make_design):
    make_design(office())
    answer = client.get("/designs/office/booklet.pdf", headers=BROWSER)
    job = PrintJob.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/printing/{job.pk}/")
    page = client.get(answer["Location"]).content.decode()
    assert "office设计 岗位说明书汇编" in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page


def test_a_form_of_a_position_that_takes_long_is_a_job_too(client, make_design):
    make_design(office())
    assert client.get("/designs/office/positions/HEAD.pdf").status_code == 303
    assert PrintJob.objects.get().name == "市场部经理 岗位说明书"


def test_the_page_asks_for_its_progress_alone_and_is_read_anew_at_the_end(client, job):
    address = f"/printing/{job.pk}/"
    PrintJob.objects.update(state="printing", done=3, total=12)
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "已完成 3 部分，共 12 部分" in part
    assert "25%" in part
    assert "<title>" not in part
    PrintJob.objects.update(state="waiting")
    work.carry_out(str(job.pk))
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    page = client.get(address).content.decode()
    assert f'href="{address}paper.pdf"' in page
    assert "hx-get" not in page
    assert "refresh" not in page


def test_the_pdf_is_taken_from_the_job_or_its_old_address(client, job):
    assert client.get(f"/printing/{job.pk}/paper.pdf")["Location"] == f"/printing/{job.pk}/"
    work.carry_out(str(job.pk))
    for address in (f"/printing/{job.pk}/paper.pdf", "/designs/office/booklet.pdf"):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"], answer.content) == (200, "application/pdf", b"%PDF-1.7")


def test_a_word_file_that_takes_long_is_a_job_of_its_own(client, make_design, monkeypatch):
    make_design(office())
    page = client.get("/designs/office/booklet.docx", headers=BROWSER)["Location"]
    job = PrintJob.objects.get()
    assert (page, job.form, client.get(f"{page}paper.docx")["Location"]) == (f"/printing/{job.pk}/", "docx", page)
    monkeypatch.setattr(docx.Manuscript, "write", lambda _script, _count: b"PK")
    work.carry_out(str(job.pk))
    text = client.get(page).content.decode()
    assert ("Word 文件已准备好。" in text, f'href="{page}paper.docx"' in text, "PDF" in text) == (True, True, False)
    for address in (f"{page}paper.docx", "/designs/office/booklet.docx"):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"], answer.content) == (200, docx.MEDIA_TYPE, b"PK")
        assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(f"{page}paper.pdf").status_code == 404


def test_a_program_that_takes_nothing_but_pdf_waits_for_it(client, make_design, monkeypatch):
    make_design(office())
    monkeypatch.setattr(paper.time, "sleep", lambda _seconds: work.carry_out(str(PrintJob.objects.get().pk)))
    answer = client.get("/designs/office/booklet.pdf", headers=PDF)
    assert (answer.status_code, answer.content) == (200, b"%PDF-1.7")


def test_a_program_is_told_when_to_come_back(client, make_design, settings):
    settings.PRINT_WAIT_SECONDS = 0
    make_design(office())
    answer = client.get("/designs/office/booklet.pdf", headers=PDF)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert answer.content.decode() == "还没有准备好，请一分钟后再试。\n"


def test_a_program_is_told_why_there_is_none(client, make_design, monkeypatch):
    def fail(_book: pdf.Book, **_how: object) -> bytes:
        raise pdf.TooSlow

    make_design(office())
    monkeypatch.setattr(pdf, "print_book", fail)
    monkeypatch.setattr(paper.time, "sleep", lambda _seconds: work.carry_out(str(PrintJob.objects.get().pk)))
    answer = client.get("/designs/office/booklet.pdf", headers=PDF)
    assert (answer.status_code, "Retry-After" in answer) == (503, False)
    assert answer.content.decode() == f"{pdf.TooSlow()}\n"


@pytest.mark.postgresql
def test_so_many_wait_at_once_and_no_more(client, make_design, settings):
    make_design(office())
    taken = [paper._waiting.acquire(blocking=False) for _place in range(settings.PRINT_WAITING)]
    try:
        assert client.get("/designs/office/booklet.pdf", headers=PDF).status_code == 503
    finally:
        for _place in taken:
            paper._waiting.release()


def test_a_failure_is_a_sentence_and_can_be_tried_again(client, job, monkeypatch):
    def fail(_book: pdf.Book, **_how: object) -> bytes:
        raise pdf.MissingGlyph({"\ue000": "处理\ue000投诉"})

    monkeypatch.setattr(pdf, "print_book", fail)
    work.carry_out(str(job.pk))
    page = client.get(f"/printing/{job.pk}/").content.decode()
    assert "U+E000" in page
    assert client.get("/designs/office/booklet.pdf")["Location"] == f"/printing/{job.pk}/"
    assert client.post(f"/printing/{job.pk}/again/")["Location"] == f"/printing/{job.pk}/"
    job.refresh_from_db()
    assert job.state == "waiting"


def test_who_asked_stops_it_and_nobody_else(client, job):
    address = f"/printing/{job.pk}/cancel/"
    assert "停止生成" not in Client().get(f"/printing/{job.pk}/").content.decode()
    assert Client().post(address).status_code == 302  # to sign in
    assert signed_in("editor").post(address).status_code == 403
    assert "停止生成" in client.get(f"/printing/{job.pk}/").content.decode()
    page = client.post(address, follow=True).content.decode()
    assert "已停止。" in page
    job.refresh_from_db()
    assert job.state == "cancelled"


def test_who_asked_leaves_where_others_wait(client, job):
    other = Client()
    other.get("/designs/office/booklet.pdf")
    other.get("/designs/office/booklet.pdf")  # again is not another
    page = client.post(f"/printing/{job.pk}/cancel/", follow=True).content.decode()
    assert "还有别人在等" in page
    assert "停止生成" not in page
    other.post(f"/printing/{job.pk}/cancel/")
    job.refresh_from_db()
    assert job.state == "cancelled"


def test_an_account_finds_its_job_after_signing_out_and_in(make_design):
    make_design(office())
    signed_in("editor").get("/designs/office/booklet.pdf")
    page = f"/printing/{PrintJob.objects.get().pk}/"
    assert Client().get(page).status_code == 200
    assert "停止生成" in signed_in("editor").get(page).content.decode()


def test_a_full_queue_is_said_in_plain_words(client, job, settings):
    settings.PRINT_QUEUE = settings.PRINT_QUEUE_ACCOUNT = 1
    full = client.get("/designs/office/booklet.pdf?branch=G1")
    assert (full.status_code, full["Retry-After"]) == (503, "60")
    assert "等待打印的文件太多" in full.content.decode()
    editor = signed_in("editor")
    assert editor.get("/designs/office/booklet.pdf?branch=G1").status_code == 303
    full = editor.get("/designs/office/booklet.pdf?branch=MKT")
    assert (full.status_code, full["Retry-After"]) == (429, "60")


def test_a_job_that_waits_says_how_many_are_in_front_and_when_nobody_prints(client, job):
    client.get("/designs/office/booklet.pdf?branch=G1")
    later = PrintJob.objects.order_by("-requested_at", "-pk").first()
    PrintJob.objects.filter(pk=later.pk).update(requested_at=timezone.now() + datetime.timedelta(seconds=9))
    page = client.get(f"/printing/{later.pk}/").content.decode()
    assert "前面还有 1 份" in page
    assert "没有进展" not in page
    PrintJob.objects.update(moved_at=timezone.now() - datetime.timedelta(seconds=200))
    assert "没有进展" in client.get(f"/printing/{later.pk}/").content.decode()


def test_the_job_of_a_draft_is_there_for_who_may_see_drafts(make_design):
    draft = begin(own_design(make_design(office())), by=account("editor"))
    signed_in("editor").get("/designs/ours/draft/booklet.pdf")
    pages = [f"/printing/{PrintJob.objects.get(edition=draft).pk}/{page}" for page in ("", "paper.pdf")]
    work.carry_out(str(PrintJob.objects.get().pk))
    seen = {role: [signed_in(role).get(page).status_code for page in pages] for role in ("", "reader", "reviewer")}
    assert seen == {"": [404, 404], "reader": [404, 404], "reviewer": [200, 200]}
    assert [Client().get(page)["Location"] for page in pages] == [f"/sign-in/?next={page}" for page in pages]
    Edition.objects.filter(pk=draft.pk).update(status="superseded", effective_on="2026-01-02")
    assert [Client().get(page).status_code for page in pages] == [200, 200]


def test_a_paper_that_names_holders_is_there_for_who_may_see_them(make_design):
    design = own_design(make_design(office()))
    Organisation.objects.create(design=design, name="本公司", holders_seen_by="signed_in", holders_carried=True)
    design.holders.create(uid=design.editions.get().nodes.get(code="HEAD").uid, name="李雷", order=0)
    reader = signed_in("reader")
    reader.get("/designs/ours/booklet.pdf")
    page = f"/printing/{PrintJob.objects.get().pk}/"
    assert (reader.get(page).status_code, Client().get(page).status_code) == (200, 302)
    Client().get("/designs/ours/booklet.pdf")
    assert sorted(PrintJob.objects.values_list("holders", flat=True)) == [False, True]
    Organisation.objects.update(holders_carried=False)
    assert reader.get(page).status_code == 404


@pytest.mark.parametrize("groups", [1, 3])
def test_asking_costs_the_same_for_any_size(client, make_design, django_assert_num_queries, groups):
    make_design(office(groups=groups))
    signed_in("reader")
    with django_assert_num_queries(19):
        client.get("/designs/office/booklet.pdf")
    client.get("/designs/office/booklet.pdf")
    with django_assert_num_queries(6):  # the session, the edition, the key, the job
        client.get("/designs/office/booklet.pdf")
    page = f"/printing/{PrintJob.objects.get().pk}/"
    with django_assert_num_queries(3):  # the session, the job, what is in front
        client.get(page)


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("branch=NONE", 404, "没有部门 NONE"),
        ("branch=HEAD", 404, "没有部门 HEAD"),
        ("position=G1", 404, "没有岗位 G1"),
        ("branch=G1&position=HEAD", 400, "不能同时"),
        ("without=cover", 400, "“cover”"),
        ("margins=wide", 400, "“wide”"),
        ("style=gothic", 400, "“gothic”"),
    ],
)
def test_what_cannot_be_printed_is_said(client, make_design, query, status, words):
    make_design(office())
    answer = client.get(f"/designs/office/booklet.pdf?{query}")
    assert (answer.status_code, words in answer.content.decode()) == (status, True)
    assert not PrintJob.objects.exists()


def test_the_options_are_chosen_on_a_page_that_keeps_what_was_chosen(client, make_design):
    make_design(office(groups=2))
    query = "branch=G1&position=HEAD&without=chart&style=reading&margins=mirrored"
    for address, status in (("booklet/", 200), ("booklet.pdf", 400)):
        answer = client.get(f"/designs/office/{address}?{query}")
        page = answer.content.decode()
        assert answer.status_code == status
        assert '<option value="G1" selected>' in page
        checked = re.findall(r'name="(\w+)" value="([\w-]*)" checked', page)
        assert checked == [("position", "HEAD"), ("without", "chart"), ("style", "reading"), ("margins", "mirrored")]
    plain = client.get("/designs/office/booklet/").content.decode()
    assert re.findall(r'name="(\w+)" value="([\w-]*)" checked', plain) == [("style", ""), ("margins", "")]
    assert 'href="/designs/office/booklet/"' in client.get("/designs/office/").content.decode()
    assert 'href="/designs/office/booklet/"' in client.get("/designs/office/register/").content.decode()


@pytest.mark.parametrize("groups", [3, 330])
def test_the_options_cost_the_same_for_any_size(client, make_design, django_assert_num_queries, groups):
    make_design(office(groups=groups))
    with django_assert_num_queries(4):
        client.get("/designs/office/booklet/")
