"""Who may open what: every address for every role. An address missing here fails the suite.

Strangers are sent to sign in (302) where a role is needed; what one may not see is 404, what one may see but not do 403.
"""

from typing import Any
from urllib.parse import unquote

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from departments.models import Comment, Edition, Grant, Holder, Organisation, SourceText, Topic, WordTemplate
from departments.restructuring.transitions import begin
from tests.formats.test_logos import png
from tests.views.conftest import office
from tests.views.people import account, own_design, signed_in

pytestmark = pytest.mark.django_db
ROLES = ("stranger", "nobody", "reader", "editor", "reviewer", "approver", "administrator")
PROCESS = {"name": "流程", "steps": [{"number": 1, "who": ["HEAD"], "action": "做"}]}

EVERYBODY = (200,) * 7
REDIRECT = (302,) * 7
SIGNED_IN = (302, *(200,) * 6)
WORKING = (302, 404, 404, 200, 200, 200, 200)  # on a draft, its comments and its review
EDITORS = (302, 403, 403, 200, 403, 403, 200)
ADMINISTRATORS = (302, 403, 403, 403, 403, 403, 200)

ADMINISTER = (302, 403, 403, 403, 403, 403, 302)

PAGES: dict[str, tuple[str, tuple[int, ...]]] = {
    "home": ("/", EVERYBODY),
    "library": ("/library/", EVERYBODY),
    "functions": ("/functions/", EVERYBODY),
    "function": ("/functions/market-research/", EVERYBODY),
    "standard-positions": ("/positions/", EVERYBODY),
    "standard-position": ("/positions/market-department-manager/", EVERYBODY),
    "take-position": (
        "/positions/market-department-manager/take/?design=ours&line={line}",
        (302, 404, 404, 200, 403, 403, 200),
    ),
    "topics": ("/knowledge/", EVERYBODY),
    "topic": ("/knowledge/topic/", EVERYBODY),
    "search": ("/search/?q=市场", EVERYBODY),
    "suggestions": ("/search/suggestions/?q=市场", EVERYBODY),
    "compare": ("/compare/?a=office&b=ours", EVERYBODY),
    "choose": ("/choose/?stage=startup", EVERYBODY),
    "choose-rules": ("/choose/rules/", EVERYBODY),
    "compare-xlsx": ("/compare.xlsx?a=office&b=ours", EVERYBODY),
    "coverage": ("/coverage/", EVERYBODY),
    "vocabulary": ("/ns/orgdesign", EVERYBODY),
    "permalink": ("/n/{uid}/", REDIRECT),
    "login": ("/sign-in/", EVERYBODY),
    "password_change": ("/password/", SIGNED_IN),
    "password_change_done": ("/password/changed/", SIGNED_IN),
    "tokens": ("/account/tokens/", SIGNED_IN),
    "api-reference": ("/api/", EVERYBODY),
    "own": ("/own/", EVERYBODY),
    "todo": ("/todo/", SIGNED_IN),
    "origin": ("/designs/ours/origin/", WORKING),
    "mine": ("/mine/", SIGNED_IN),
    "holders": ("/designs/ours/holders/{draft_uid}/", EDITORS),
    "organisation": ("/own/organisation/", ADMINISTRATORS),
    "webhooks": ("/own/webhooks/", ADMINISTRATORS),
    "logo": ("/own/logo", EVERYBODY),
    "word-templates": ("/own/word-template/", ADMINISTRATORS),
    "word-template-ours": ("/own/word-template/ours.docx", ADMINISTRATORS),
    "word-template-file": ("/own/word-template/{template}.docx", ADMINISTRATORS),
    "adopt": ("/designs/office/adopt/", EDITORS),
    "adopt-empty": ("/own/new/", EDITORS),
    "read-in": ("/own/read/", EDITORS),
    "read-review": ("/own/read/{read}/", (302, 403, 403, 200, 403, 403, 404)),
    "editions": ("/designs/ours/editions/", EVERYBODY),
    "history": ("/designs/ours/draft/history/", WORKING),
    "edit": ("/designs/ours/draft/edit/HEAD/", (302, 404, 404, 302, 403, 403, 302)),
    "edit-part": ("/designs/ours/draft/edit/HEAD/names/", (302, 404, 404, 200, 403, 403, 200)),
    "edit-process": ("/designs/ours/draft/processes/1/edit/", (302, 404, 404, 200, 403, 403, 200)),
    "edit-step": ("/designs/ours/draft/processes/1/edit/1/", (302, 404, 404, 200, 403, 403, 200)),
    "import": ("/designs/ours/draft/import/", (302, 404, 404, 200, 403, 403, 200)),
    "import-check": ("/designs/ours/draft/import/check/", (302, 404, 404, 302, 403, 403, 302)),
    "import-new": ("/own/import/", EDITORS),
    "import-new-check": ("/own/import/check/", (302, 403, 403, 302, 403, 403, 302)),
    "import-editions": ("/own/import/editions/", ADMINISTRATORS),
    "import-editions-check": ("/own/import/editions/check/", ADMINISTER),
    "phrases": ("/designs/ours/draft/phrases/HEAD/", (302, 404, 404, 200, 403, 403, 200)),
    "record": ("/designs/ours/record/", WORKING),
    "review": ("/designs/ours/review/", WORKING),
    "comments": ("/designs/ours/comments/{draft_uid}/", WORKING),
    "rights": ("/designs/ours/rights/", (302, 404, 404, 403, 403, 403, 200)),
}
# The pages of a design, in every edition: below /designs/<slug>/, /designs/<slug>/editions/<n>/ and /designs/<slug>/draft/.
DESIGN_PAGES = {
    "design": "",
    "chart": "chart/",
    "chart-svg": "chart.svg",
    "department": "departments/MKT/",
    "position": "positions/HEAD/",
    "process": "processes/1/",
    "downloads": "downloads/",
    "booklet-options": "booklet/",
    "download": "downloads/csv",
    "design-yaml": "design.yaml",
    "design-json": "design.json",
    "design-editions": "design-editions.yaml",
    "register": "register/",
    "design-coverage": "coverage/",
    "design-raci": "raci/",
    "raci-function": "raci/market-research/",
    "raci-xlsx": "raci.xlsx",
    "matrix-pdf": "matrix.pdf",
    "booklet-docx": "booklet.docx",
    "position-docx": "positions/HEAD.docx",
    "design-health": "health/",
}
PAPERS = {"chart-pdf": "chart.pdf", "booklet": "booklet.pdf", "position-pdf": "positions/HEAD.pdf"}
# What is sent, not read: GET is refused to everybody, and who may send it is asked before anything is done.
FORMS: dict[str, tuple[str, tuple[int, ...]]] = {
    "begin": ("/designs/office/editions/begin/", (302, 403, 403, 403, 403, 403, 403)),
    "bring-back": ("/designs/ours/editions/1/bring-back/", (302, 403, 403, 302, 403, 403, 302)),
    "submit": ("/designs/ours/editions/submit/", (302, 404, 404, 302, 403, 403, 302)),
    "send-back": ("/designs/ours/editions/send-back/", (302, 404, 404, 403, 302, 302, 302)),
    "reviewed": ("/designs/ours/editions/reviewed/", (302, 404, 404, 403, 302, 302, 302)),
    "approve": ("/designs/ours/editions/approve/", (302, 404, 404, 403, 403, 302, 302)),
    "publish": ("/designs/ours/editions/publish/", (302, 404, 404, 403, 403, 302, 302)),
    "span-targets": ("/designs/ours/health/targets/", (302, 403, 403, 302, 403, 403, 302)),
    "word-template-use-ours": ("/own/word-template/ours/", ADMINISTER),
    "word-template-try": ("/own/word-template/{template}/try.docx", ADMINISTER),
    "word-template-use": ("/own/word-template/{template}/use/", ADMINISTER),
    "word-template-remove": ("/own/word-template/{template}/remove/", ADMINISTER),
    "settle": ("/designs/ours/comments/{comment}/settle/", (302, 404, 404, 302, 302, 302, 302)),
}
ELSEWHERE = {
    "bulk": "sent, and in a draft alone: tests/views/test_bulk.py",
    "print-job": "a job of its own, with whoever asked for it: tests/views/test_printing.py",
    "printed": "the same",
    "print-cancel": "the same",
    "print-again": "the same",
    "choose-pdf": "paper of what everybody may read: tests/views/test_choose.py",
    "admin-door": "the door of the admin, and what is behind it: tests/views/test_admin.py",
    "logout": "tests/views/test_accounts.py",
    "undo-change": "on a change of its own for everybody: tests/views/test_history.py",
    "set_language": "Django's own",
}


@pytest.fixture
def world(make_design) -> dict[str, Any]:
    """A reference design, an own one in force with a draft, a comment on it."""
    reference = make_design(office(processes=[PROCESS]))
    Topic.objects.create(key="topic", order=1, title="主题", title_en="T", summary="概要", body="正文", sources=[])
    ours = own_design(reference)
    Organisation.objects.create(design=ours, name="本公司", logo_type="image/png", logo=png())
    draft = begin(ours, by=account("", "author"))
    head = draft.nodes.get(code="HEAD")
    comment = Comment.objects.create(design=ours, uid=head.uid, about="市场部经理", text="？", name="李")
    return {
        "uid": reference.editions.get().nodes.get(code="HEAD").uid,
        "draft_uid": head.uid,
        "comment": comment.pk,
        "read": SourceText.objects.create(user=account("editor"), name="文本").pk,
        "template": WordTemplate.objects.create(name="华新", content=b"PK", by_name="李").pk,
        "draft": draft,
        "line": reference.editions.get().nodes.get(text="制定市场调研计划").uid,
    }


@pytest.fixture
def browsers(world) -> dict[str, Client]:
    """A browser for every role, in which somebody of it is signed in."""
    return {role: Client() if role == "stranger" else signed_in("" if role == "nobody" else role) for role in ROLES}


def _answers(browsers: dict[str, Client], address: str) -> tuple[int, ...]:
    return tuple(browser.get(address).status_code for browser in browsers.values())


def test_pages(world, browsers):
    answers = {name: _answers(browsers, address.format(**world)) for name, (address, _expected) in PAGES.items()}
    assert answers == {name: expected for name, (_address, expected) in PAGES.items()}


@pytest.mark.parametrize(
    ("place", "expected"),
    [("office", EVERYBODY), ("ours", EVERYBODY), ("ours/editions/2", WORKING), ("ours/draft", WORKING)],
)
def test_the_pages_of_a_design_in_every_edition(browsers, place, expected):
    answers = {name: _answers(browsers, f"/designs/{place}/{page}") for name, page in DESIGN_PAGES.items()}
    assert answers == dict.fromkeys(DESIGN_PAGES, expected)


@pytest.mark.parametrize(
    ("place", "expected"), [("ours/editions/1", (200, 200)), ("office/draft", (302, 404)), ("none", (404, 404))]
)
def test_where_roles_do_not_matter_a_stranger_and_an_administrator_ask(browsers, place, expected):
    """What is in force by its number is what is in force by its name; what is not there is there for nobody."""
    two = {role: browsers[role] for role in ("stranger", "administrator")}
    answers = {name: _answers(two, f"/designs/{place}/{page}") for name, page in DESIGN_PAGES.items()}
    assert answers == dict.fromkeys(DESIGN_PAGES, expected)


def test_a_draft_is_not_printed_for_everybody(browsers, monkeypatch):
    monkeypatch.setattr("departments.formats.pdf.print_book", lambda _book, **_how: b"%PDF")
    for place, expected in (("ours", EVERYBODY), ("ours/draft", WORKING), ("ours/editions/2", WORKING)):
        answers = {name: _answers(browsers, f"/designs/{place}/{page}") for name, page in PAPERS.items()}
        assert answers == dict.fromkeys(PAPERS, expected), place


@pytest.mark.parametrize("status", ["draft", "in_review", "approved"])
def test_forms(world, browsers, status):
    Edition.objects.filter(pk=world["draft"].pk).update(status=status)
    answers, asked = {}, {}
    for name, (address, _expected) in FORMS.items():
        with transaction.atomic():  # each form finds the draft as it was
            answers[name] = tuple(browser.post(address.format(**world)).status_code for browser in browsers.values())
            asked[name] = browsers["administrator"].get(address.format(**world)).status_code
            transaction.set_rollback(True)
    assert answers == {name: expected for name, (_address, expected) in FORMS.items()}
    assert asked == dict.fromkeys(FORMS, 405)


# An editor of 第1组 alone is answered like a reader, save that drafts are shown; what differs stands here.
BRANCH_PAGES = {
    "phrases": 200,
    "edit": 403,
    "edit-part": 403,
    "edit-process": 403,
    "edit-step": 403,
    "take-position": 200,
    "rights": 403,
    "adopt": 403,
    "import": 200,
    "import-check": 302,
    "import-new": 403,
    "import-new-check": 403,
    "adopt-empty": 403,
    "read-in": 200,
    "read-review": 404,
}
BRANCH_INSIDE = {
    "edit": "/designs/ours/draft/edit/G1-STAFF/names/",
    "comments": "/designs/ours/comments/{inside_uid}/",
    "holders": "/designs/ours/holders/{inside_uid}/",
    "settle": "/designs/ours/comments/{inside_comment}/settle/",
}


@pytest.fixture
def branch_editor(world) -> Client:
    """Somebody whose right to edit ends with 第1组."""
    person = account("reader", "hr of group 1")
    nodes = world["draft"].nodes
    Grant.objects.create(user=person, design=world["draft"].design, department=nodes.get(code="G1").uid)
    inside = nodes.get(code="G1-STAFF")
    comment = Comment.objects.create(design=world["draft"].design, uid=inside.uid, about="专员1", text="？", name="李")
    world |= {"inside_uid": inside.uid, "inside_comment": comment.pk}
    return signed_in("reader", "hr of group 1")


def test_an_editor_of_a_branch_outside_her_branch(world, branch_editor):
    answers = {
        name: branch_editor.get(address.format(**world)).status_code for name, (address, _expected) in PAGES.items()
    }
    like_a_reader = {name: 200 if expected is WORKING else expected[2] for name, (_a, expected) in PAGES.items()}
    assert answers == like_a_reader | BRANCH_PAGES
    drafts = {page: branch_editor.get(f"/designs/ours/draft/{page}").status_code for page in DESIGN_PAGES.values()}
    assert drafts == dict.fromkeys(DESIGN_PAGES.values(), 200)
    sent = {
        name: branch_editor.post(address.format(**world)).status_code for name, (address, _expected) in FORMS.items()
    }
    assert sent == dict.fromkeys(FORMS, 403)


def test_an_editor_of_a_branch_inside_her_branch(world, branch_editor):
    places = {name: address.format(**world) for name, address in BRANCH_INSIDE.items()}
    comment = {"about": world["inside_uid"], "text": "？"}
    assert branch_editor.get(places["edit"]).status_code == 200
    below = {"title": "副手", "kind": "position"}
    assert branch_editor.post("/designs/ours/draft/edit/G1-STAFF/place/", below).status_code == 302
    assert branch_editor.post(places["comments"], comment).status_code == 302
    assert branch_editor.post(places["settle"]).status_code == 302
    assert branch_editor.get(places["holders"]).status_code == 200
    assert branch_editor.post(places["holders"], {"people": "王芳"}).status_code == 302
    names = [
        name
        for name in ("王芳", "李明")
        if name in branch_editor.get("/designs/ours/positions/G1-STAFF/").content.decode()
    ]
    assert names == ["王芳"]
    outside = {"people": "李明"}
    assert branch_editor.post(f"/designs/ours/holders/{world['draft_uid']}/", outside).status_code == 403
    Holder.objects.create(design=world["draft"].design, uid=world["draft_uid"], name="李明")
    assert "李明" not in branch_editor.get("/designs/ours/positions/HEAD/").content.decode()


def test_strangers_come_back_to_where_they_wanted_to_go(world, client):
    for address, expected in PAGES.values():
        if expected[0] == 302 and expected[1] != 302:
            asked = address.format(**world)
            assert unquote(client.get(asked)["Location"]) == f"/sign-in/?next={asked}"


def test_where_reading_is_not_public_strangers_see_nothing_but_the_door(world, settings, client):
    settings.PUBLIC_READING = False
    addresses = [address.format(**world) for name, (address, _expected) in PAGES.items() if name != "login"]
    addresses += [f"/designs/office/{page}" for page in (*DESIGN_PAGES.values(), *PAPERS.values())]
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 302)
    assert client.get("/sign-in/").status_code == 200


def test_every_address_is_in_the_matrix():
    known = {*PAGES, *DESIGN_PAGES, *PAPERS, *FORMS, *ELSEWHERE}
    assert known == set(_names(get_resolver()))


def _names(resolver: URLResolver) -> Any:
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield one.name
        elif one.namespace not in ("admin", "api"):  # the API has a matrix of its own: tests/api/test_rights.py
            yield from _names(one)
