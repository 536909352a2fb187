"""RACI: three very different designs, written by hand from the fixtures; then rule by rule."""

import pytest

from departments.comparison.coverage import single_functions
from departments.comparison.raci import Basis, raci
from departments.comparison.raci_steps import process_raci
from departments.models.outlines import Outline
from departments.restructuring import open_edition
from tests.comparison.designs import outline
from tests.factories import create_design, create_edition, publish

pytestmark = pytest.mark.django_db
SIGNS = {Basis.STATED: "", Basis.DERIVED: "'", Basis.SET: "!"}


def said(line):
    """Return a line in short: the letters of every position that has some, ' for derived, ! for set."""
    return {
        str(cell.place): "".join(letter + SIGNS[basis] for letter, basis in cell.marks)
        for cell in line.cells
        if cell.letters
    }


def matrix(found):
    return {line.function.slug: said(line) for line in found.lines if not line.empty}


HEAD, PR, SALES = "市场部主任", "公关科主任", "营销科主任"
HOSPITAL = {  # three job descriptions; both section heads report to the head of the department by their place
    "market-research": {HEAD: "RA'", SALES: "R"},
    "data-analysis": {HEAD: "I'", PR: "RA'"},
    "marketing-strategy": {HEAD: "RA'"},
    "brand": {HEAD: "I'", PR: "RA'"},
    "advertising": {HEAD: "RA'"},
    "public-relations": {HEAD: "RA'", PR: "R", SALES: "R"},
    "content-design": {HEAD: "I'", SALES: "RA'"},
    "promotion": {HEAD: "RA'", SALES: "R"},
    "events": {HEAD: "I'", PR: "RA'"},
    "customer-relations": {HEAD: "RA'", PR: "R"},
    "customer-service": {HEAD: "RA'", SALES: "R"},
    "team-management": {HEAD: "RA'"},
    "training": {HEAD: "RA'"},
    "government-policy": {HEAD: "I'", PR: "RA'"},
}
PLAN, PUSH, CHANNEL, GROW = "市场策划员", "推广员", "渠道公关", "拓展员"
FOUR = {  # nobody leads: duties stand with four departments of one position each; the researcher's department is missing
    "market-research": {PLAN: "C'", PUSH: "C'", GROW: "C'"},
    "budget": {PUSH: "R'A'"},
    "advertising": {PLAN: "R'A'"},
    "public-relations": {PLAN: "R'", CHANNEL: "R'"},
    "content-design": {PLAN: "R'", CHANNEL: "R'"},
    "promotion": {PLAN: "R'", PUSH: "R'", CHANNEL: "C'"},
    "business-development": {PLAN: "C'", PUSH: "C'", CHANNEL: "C'", GROW: "R'A'"},
    "customer-relations": {PLAN: "C'", PUSH: "R'", CHANNEL: "C'", GROW: "R'"},
    "customer-service": {CHANNEL: "R'A'"},
    "partner-management": {PUSH: "C'"},
    "procurement": {PUSH: "R'A'"},
}

VICE, PLANS, DEPUTY = "品牌营销副总经理", "策划部经理", "企划部副经理"
A, B, C = "企划岗A（开业与新品）", "企划岗B（个性方案）", "企划岗C（新品与个性化）"
D, E = "企划岗D（物料跟进）", "企划岗E（活动落实）"
DESIGNS, FILMS, BRANDS, HAND = "设计部经理", "影视制作部经理", "品牌部经理", "执行专员"
JEWELLERS = {  # nine duties of the centre and eleven of its planners; five planners under a deputy manager; teams without people
    "market-research": {DEPUTY: "I'", E: "RA'"},
    "data-analysis": {VICE: "I'", PLANS: "R'A'"},
    "marketing-strategy": {VICE: "R'A'", PLANS: "R'"},
    "brand": {VICE: "R'A'"},
    "advertising": {VICE: "I'", PLANS: "R'A'"},
    "public-relations": {VICE: "R'A'", PLANS: "R'"},
    # What the centre is for, two of its departments do: their heads, and whoever is above both.
    "content-design": {VICE: "A'", DESIGNS: "R'", FILMS: "R'"},
    # Four planners of one deputy manager: he is the lowest above them all.
    "promotion": {DEPUTY: "A'", A: "R", B: "R", C: "R", D: "R"},
    # A planner and a specialist of two departments: only the vice president stands above both.
    "events": {VICE: "A'", DEPUTY: "I'", E: "R", BRANDS: "I'", HAND: "R"},
    "retail-display": {VICE: "I'", BRANDS: "R'A'"},
    "product": {VICE: "R'A'", BRANDS: "R'"},
    "channel": {VICE: "I'", PLANS: "R'A'"},
    "customer-service": {VICE: "R'A'"},
    "training": {VICE: "I'", PLANS: "R'A'"},
    "policy-process": {VICE: "R'A'"},
    "partner-management": {VICE: "R'A'"},
    "procurement": {VICE: "A'", DEPUTY: "I'", D: "R", BRANDS: "R'"},
}


def test_the_hospital():
    found = raci(outline("hospital-marketing-dept"), single_functions())
    assert matrix(found) == HOSPITAL
    assert (found.unanswered, found.answered_twice, found.undone, found.idle) == ([], [], [], [])
    assert [(str(load.place), load.functions) for load in found.overloaded] == [(HEAD, 9)]
    assert len(found.empty) == 29 - len(HOSPITAL)


def test_four_departments_without_a_head():
    found = raci(outline("four-department-primary-auxiliary"), single_functions())
    assert matrix(found) == FOUR
    assert [line.function.slug for line in found.unanswered] == [
        "market-research",
        "public-relations",
        "content-design",
        "promotion",
        "customer-relations",
        "partner-management",
    ]
    assert [line.function.slug for line in found.undone] == ["market-research", "partner-management"]
    assert [str(place) for place in found.idle] == ["市场调研员"]


def test_the_jewellers():
    found = raci(outline("jewelry-franchise-brand-marketing-center"), single_functions())
    assert matrix(found) == JEWELLERS
    assert (found.unanswered, found.answered_twice, found.undone, found.idle) == ([], [], [], [])
    assert [(str(load.place), load.functions) for load in found.overloaded] == [(VICE, 10)]
    assert len(found.empty) == 29 - len(JEWELLERS)


def test_the_steps_of_a_process():
    found = outline("four-department-primary-auxiliary")
    processes = found.edition.processes.prefetch_related("steps")
    (one,) = process_raci(found, [(process, list(process.steps.all())) for process in processes])
    assert [str(place) for place in one.places] == [PLAN, PUSH, CHANNEL]
    assert [said(line) for line in one.lines] == [
        {PLAN: "R'A'", PUSH: "I'"},
        {PLAN: "R'", PUSH: "R"},
        {PUSH: "R'A'"},
        {PUSH: "R'A'"},
        {PUSH: "R'A'", CHANNEL: "I'"},
        {PUSH: "R'", CHANNEL: "R'"},
    ]


@pytest.fixture
def small(db):
    """Return the room's way to a design of a head, two clerks beside each other and one duty each, and its functions."""
    outline("hospital-marketing-dept")  # brings the functions
    edition = create_edition(design=create_design(slug="small"))
    with open_edition(edition) as room:
        root = room.insert("department", title="市场部", code="MK")
        for number in (1, 2):
            clerk = room.insert("position", under=root.uid, title=f"专员{number}", code=f"C{number}")
            room.insert("duty", under=clerk.uid, text=f"调研{number}", functions=["market-research"])
    return edition


def test_who_is_equally_near_is_not_chosen_between(small):
    line = matrix(raci(Outline(small), single_functions()))["market-research"]
    assert line == {"专员1": "R", "专员2": "R"}


def test_rules_run_on_set_cells_too_and_a_set_cell_replaces_the_derived_one(small):
    with open_edition(small) as room:
        for code, letters in (("C1", "RA"), ("C2", "A")):
            room.edit(small.nodes.get(code=code).uid, {"raci": {"market-research": letters, "brand": ""}})
    found = raci(Outline(small), single_functions(), most=0)
    assert matrix(found) == {"market-research": {"专员1": "R!A!", "专员2": "A!"}}
    assert [line.function.slug for line in found.answered_twice] == ["market-research"]
    assert [load.functions for load in found.overloaded] == [1, 1]
    cells = {
        str(cell.place): cell for line in found.lines if line.function.slug == "market-research" for cell in line.cells
    }
    assert [(cell.derived, cell.is_set, [str(duty) for duty in cell.duties]) for cell in cells.values()] == [
        ("R", True, ["调研1"]),
        ("R", True, ["调研2"]),
    ]


def test_a_superior_by_a_dotted_line_does_not_answer(small):
    publish(small)
    found = raci(Outline(small), single_functions())
    assert [line.function.slug for line in found.unanswered] == ["market-research"]
