"""The page of a process: its swim lanes above the table that says the same."""

import pytest

from departments.formats.paper import booklet_book
from departments.models import Edition
from departments.models.outlines import Outline
from tests.views.conftest import office

STEPS = [
    {"number": 1, "who": ["HEAD"], "action": "提出计划", "lead_time": "3 日"},
    {"number": 2, "who": ["G1-STAFF", "总经理"], "action": "批准计划", "who_basis": "inferred"},
    {"number": 3, "action": "存档"},
]


@pytest.fixture
def page(client, make_design):
    make_design(office(processes=[{"name": "计划流程", "steps": STEPS}]))
    return client.get("/designs/office/processes/1/").content.decode()


def test_process_is_drawn_before_it_is_listed(page):
    assert 0 < page.index('<figure class="lanes-figure">') < page.index('<table class="register steps">')


def test_process_page_has_the_rules_of_its_drawing(page):
    assert "departments/lanes.css" in page


def test_process_drawing_names_those_who_act(page):
    heads = [f">{name}</text>" in page for name in ("市场部经理", "专员1", "总经理")]
    assert heads == [True, True, True]


def test_a_process_without_steps_has_no_drawing(client, make_design):
    make_design(office(processes=[{"name": "计划流程", "steps": []}]))
    assert "lanes-figure" not in client.get("/designs/office/processes/1/").content.decode()


def test_the_booklet_draws_a_process_before_it_lists_it(make_design, django_assert_num_queries):
    make_design(office(processes=[{"name": "计划流程", "steps": STEPS}]))
    edition = Edition.objects.select_related("design").get()
    outline = Outline(edition)
    with django_assert_num_queries(3):
        booklet = "".join(piece.html for piece in booklet_book(edition, outline).pieces)
    assert 0 < booklet.index('<div class="lanes-piece">') < booklet.index('<table class="part steps">')
