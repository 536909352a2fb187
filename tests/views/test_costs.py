"""What every page costs in queries: the same beside 1 and 100 designs, with 10 and with 1,000 nodes.

A new kind of page gets a line here; `test_every_page_has_its_cost` sees to it.
"""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from departments.models import Topic
from tests.views.conftest import office

PROCESS = {"name": "流程", "steps": [{"number": 1, "who": ["HEAD"], "action": "做"}]}
COSTS = {
    "home": ("/", 5),
    "library": ("/library/", 4),
    "design": ("/designs/office-0/", 9),
    "department": ("/designs/office-0/departments/MKT/", 5),
    "position": ("/designs/office-0/positions/HEAD/", 5),
    "process": ("/designs/office-0/processes/1/", 7),
    "downloads": ("/designs/office-0/downloads/", 4),
    "download": ("/designs/office-0/downloads/zip", 10),
    "design-yaml": ("/designs/office-0/design.yaml", 10),
    "design-json": ("/designs/office-0/design.json", 10),
    "register": ("/designs/office-0/register/", 4),
    "chart": ("/designs/office-0/chart/", 4),
    "chart-svg": ("/designs/office-0/chart.svg", 4),
    "choose": ("/choose/?stage=growth", 5),
    "choose-rules": ("/choose/rules/", 3),
    "compare": ("/compare/?a=office-0&b=office-0", 10),
    "compare-xlsx": ("/compare.xlsx?a=office-0&b=office-0", 8),
    "design-coverage": ("/designs/office-0/coverage/", 5),
    "design-raci": ("/designs/office-0/raci/", 7),
    "raci-function": ("/designs/office-0/raci/market-research/", 5),
    "raci-xlsx": ("/designs/office-0/raci.xlsx", 7),
    "matrix-pdf": ("/designs/office-0/matrix.pdf", 5),
    "coverage": ("/coverage/", 4),
    "design-health": ("/designs/office-0/health/", 6),
    "functions": ("/functions/", 3),
    "function": ("/functions/market-research/", 5),
    "search": ("/search/?q=市场", 4),
    "suggestions": ("/search/suggestions/?q=市场", 2),
    "standard-positions": ("/positions/", 2),
    "standard-position": ("/positions/market-department-manager/", 7),
    "topics": ("/knowledge/", 1),
    "topic": ("/knowledge/topic/", 4),
    "vocabulary": ("/ns/orgdesign", 0),
    "login": ("/sign-in/", 0),
    "own": ("/own/", 1),
    "editions": ("/designs/office-0/editions/", 3),
}
ELSEWHERE = {
    "span-targets": "a form: tests/views/test_health.py",
    **dict.fromkeys(("edit", "edit-part", "edit-process", "edit-step"), "tests/views/test_editing.py"),
    "phrases": "for editors: tests/views/test_phrases.py",
    "bulk": "for editors: tests/views/test_bulk.py",
    **dict.fromkeys(("history", "undo-change"), "for who works on it: tests/views/test_history.py"),
    "record": "for who works on it: tests/views/test_record.py",
    "rights": "for administrators: tests/test_branch_rights.py",
    "admin-door": "the door of the admin: tests/views/test_admin.py",
    **dict.fromkeys(("review", "comments", "settle", "todo"), "for who works on it: tests/views/test_review.py"),
    "origin": "for who works on it: tests/views/test_origin.py",
    **dict.fromkeys(("adopt", "adopt-empty"), "for editors: tests/views/test_adopting.py"),
    **dict.fromkeys(
        ("begin", "bring-back", "submit", "send-back", "reviewed", "approve", "publish"),
        "steps: tests/views/test_editions.py",
    ),
    "booklet": "tests/views/test_paper.py",
    "choose-pdf": "tests/views/test_choose.py",
    "design-editions": "tests/views/test_downloads.py",
    **dict.fromkeys(("booklet-docx", "position-docx"), "tests/views/test_word.py"),
    **dict.fromkeys(
        ("booklet-options", "print-job", "print-again", "print-cancel", "printed"),
        "papers and their jobs: tests/views/test_printing.py",
    ),
    **dict.fromkeys(
        ("import", "import-check", "import-new", "import-new-check"), "for editors: tests/views/test_importing.py"
    ),
    **dict.fromkeys(
        ("import-editions", "import-editions-check"), "for administrators: tests/views/test_importing_editions.py"
    ),
    **dict.fromkeys(("read-in", "read-review"), "for editors: tests/views/test_reading_in.py"),
    "api-reference": "of no design: tests/api",
    "tokens": "for who is signed in: tests/views/test_tokens.py",
    **dict.fromkeys(
        (
            "word-templates",
            "word-template-ours",
            "word-template-use-ours",
            "word-template-file",
            "word-template-try",
            "word-template-use",
            "word-template-remove",
        ),
        "for administrators: tests/views/test_word_templates.py",
    ),
    "webhooks": "for administrators: tests/views/test_webhooks.py",
    "chart-pdf": "tests/views/test_charts.py",
    **dict.fromkeys(("organisation", "logo"), "for administrators, and one picture: tests/views/test_organisation.py"),
    **dict.fromkeys(("holders", "mine"), "for who is signed in: tests/views/test_holders.py"),
    "take-position": "for editors: tests/views/test_standard.py",
    "logout": "a form: tests/views/test_accounts.py",
    "password_change": "for who is signed in: tests/views/test_accounts.py",
    "password_change_done": "for who is signed in: tests/views/test_accounts.py",
    "permalink": "one redirect: tests/views/test_tree.py",
    "position-pdf": "tests/views/test_paper.py",
    "set_language": "Django's own",
}


API = ("admin", "api")  # the admin is Django's; what the API costs: tests/api


@pytest.mark.parametrize(
    ("designs", "groups"),
    [
        pytest.param(1, 2, marks=pytest.mark.postgresql, id="small"),
        pytest.param(100, 2, id="100 designs"),
        pytest.param(1, 330, id="1,000 nodes"),
    ],
)
def test_pages_cost_the_same_whatever_the_size(client, make_design, monkeypatch, designs, groups):
    monkeypatch.setattr("departments.formats.pdf.print_book", lambda _book, **_how: b"%PDF")  # of which no query comes
    for number in range(designs):
        made = make_design(office(f"office-{number}", groups=groups, processes=[PROCESS]))
    topic = Topic.objects.create(
        key="topic", order=1, title="主题", title_en="Topic", summary="概要", body="正文", sources=made.sources
    )
    topic.designs.add(made)
    costs = {}
    for name, (path, _cost) in COSTS.items():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        costs[name] = len(queries)
    assert costs == {name: cost for name, (_path, cost) in COSTS.items()}


def test_every_page_has_its_cost():
    assert {*COSTS, *ELSEWHERE} == set(_names(get_resolver()))


def _names(resolver: URLResolver) -> Any:
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield one.name
        elif one.namespace not in API:
            yield from _names(one)
