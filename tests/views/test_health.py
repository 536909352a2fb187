"""/designs/<slug>/health/: each finding with a link to its place."""

import datetime

import pytest
from django.utils.timezone import now

from departments.models import Transition
from tests.views.conftest import office, position
from tests.views.people import own_design, signed_in


@pytest.fixture
def ailing(make_design):
    """Return nothing; store a design with a position without duties and headcount beside the usual ones."""
    document = office("office", groups=2)
    document["tree"]["children"].append(position("IDLE", "顾问", superiors=[{"code": "HEAD"}]))
    make_design(document)


def test_every_finding_leads_to_its_place(client, ailing):
    answer = client.get("/designs/office/health/")
    page = answer.content.decode()
    assert [str(entry) for entry in answer.context["health"].without_duties] == ["顾问"]
    assert 'href="/designs/office/positions/IDLE/"' in page
    assert 'href="/designs/office/departments/G1/"' in page  # without a head
    assert 'href="/designs/office/coverage/#f-market-research"' in page  # an overlap
    assert 'href="/functions/sales/"' in page  # uncovered


def test_derived_lines_count_on_request_only(client, ailing):
    stated = client.get("/designs/office/health/")
    derived = client.get("/designs/office/health/?derived=1")
    assert [[span.size for span in answer.context["health"].spans.spans] for answer in (stated, derived)] == [[1], [3]]
    assert "?derived=1&amp;" in stated.content.decode()
    assert "?derived=1&amp;" not in derived.content.decode()


def test_the_band_can_be_set(client, ailing):
    assert len(client.get("/designs/office/health/").context["health"].out_of_band) == 1
    assert client.get("/designs/office/health/?least=1&most=2").context["health"].out_of_band == []


@pytest.mark.parametrize("asked", ["x", "-1", "", "99999", "²", "1.5"])
def test_an_odd_band_is_the_usual_one(client, ailing, asked):
    assert client.get("/designs/office/health/", {"least": asked}).context["least"] == 3


@pytest.mark.parametrize("groups", [1, 3])
def test_the_report_costs_the_same_whatever_the_size(client, make_design, django_assert_num_queries, groups):
    make_design(office(groups=groups, duties=groups))
    with django_assert_num_queries(6):
        client.get("/designs/office/health/?derived=1")


def test_a_design_leads_to_its_health(client, ailing):
    assert 'href="/designs/office/health/"' in client.get("/designs/office/").content.decode()
    assert client.get("/designs/none/health/").status_code == 404


def test_an_editor_sets_the_span_an_own_design_aims_at(make_design):
    own_design(make_design(office(groups=2)))
    editor = signed_in("editor")
    assert editor.get("/designs/ours/health/").context["least"] == 3
    assert editor.post("/designs/ours/health/targets/", {"span_least": "2", "span_most": "6"}).status_code == 302
    context = editor.get("/designs/ours/health/").context
    assert (context["least"], context["most"]) == (2, 6)
    assert editor.get("/designs/ours/health/?least=1").context["least"] == 1  # whoever looks may ask otherwise
    answer = editor.post("/designs/ours/health/targets/", {"span_least": "9", "span_most": "6"}, follow=True)
    assert answer.context["least"] == 2
    assert len(list(answer.context["messages"])) == 1
    editor.post("/designs/ours/health/targets/", {"span_least": "", "span_most": ""})
    assert editor.get("/designs/ours/health/").context["least"] == 3
    assert editor.post("/designs/office/health/targets/", {"span_least": "1", "span_most": "2"}).status_code == 404


def test_the_age_of_the_last_review(make_design, client):
    own_design(make_design(office()))
    assert client.get("/designs/ours/health/").context["reviewed"]["days"] == 0
    Transition.objects.update(at=now() - datetime.timedelta(days=400))
    reviewed = client.get("/designs/ours/health/").context["reviewed"]
    assert (reviewed["days"], reviewed["old"]) == (400, True)


def test_vacancies_stand_beside_the_headcount_where_they_are_known(make_design, client):
    make_design(office("silent"))
    assert not client.get("/designs/silent/health/").context["staffed"]
    document = office()
    three = {"form": "number", "min": 3, "max": 3, "filled": 1}
    document["tree"]["children"].append(position("STAFFED", "内勤", headcount=three))
    make_design(document)
    answer = client.get("/designs/office/health/")
    whole = answer.context["health"].vacancies[0]
    assert (str(whole.department), whole.known, whole.filled, whole.missing) == ("市场部", 1, 1, 2)
    assert answer.context["staffed"]
