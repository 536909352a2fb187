"""The diagram formats against strict parsers of their grammars: what is drawn, and that no text breaks out."""

import json

import pytest

from departments.documents import files, vocabulary
from departments.formats import diagrams
from departments.formats.extracts import one_line
from tests.formats import grammars
from tests.formats.extracts import HOSTILE, bureau, extract, framed, hostile
from tests.views.conftest import department, office, position

pytestmark = pytest.mark.django_db

PARENTS = {"HEAD": "MKT", "G1": "MKT", "G1-STAFF": "HEAD", "G2": "MKT", "G2-STAFF": "HEAD"}
EDGES = [("G1-STAFF", "G2-STAFF", True), ("G1", "G2", True)]


def test_drawio_connects_superiors_and_dotted_lines():
    drawing = grammars.drawio(diagrams.drawio(extract(bureau())))
    assert drawing.labels == {
        "MKT": "市场部", "HEAD": "市场部经理", "G1": "第1组", "G1-STAFF": "专员1", "G2": "第2组", "G2-STAFF": "专员2",
    }  # fmt: skip
    assert drawing.parents == PARENTS
    assert sorted(drawing.edges) == sorted(EDGES)


def test_mermaid_draws_the_same():
    drawing = grammars.mermaid(diagrams.mermaid(extract(bureau())))

    def name(ref):
        return "n_" + ref.replace("-", "_")

    assert drawing.parents == {name(entry): name(parent) for entry, parent in PARENTS.items()}
    assert sorted(drawing.edges) == sorted((name(start), name(end), dotted) for start, end, dotted in EDGES)


def test_plantuml_is_one_tree_in_document_order():
    assert grammars.plantuml(diagrams.plantuml(extract(bureau()))) == [
        (1, "市场部"), (2, "市场部经理"), (3, "专员1"), (3, "专员2"), (2, "第1组"), (2, "第2组"),
    ]  # fmt: skip
    assert grammars.plantuml(diagrams.plantuml(extract(framed()))) == [
        (1, "framed设计"), (2, "甲部"), (3, "甲主任"), (2, "乙部"), (2, "自由人"),
    ]  # fmt: skip


def test_visio_has_one_row_a_box_and_an_empty_superior_at_the_top():
    text = diagrams.visio(extract(bureau()))
    assert text.startswith("\ufeff")
    head, *rows = grammars.csv_rows(text.removeprefix("\ufeff"))
    assert head == ["Unique_ID", "Name", "Reports_To", "Title", "Department", "Duties_URL"]
    assert {row[0]: row[2] for row in rows} == PARENTS | {"MKT": ""}
    assert rows[3] == [
        "G1-STAFF", "专员1", "HEAD", "专员1", "第1组", "https://example.org/designs/office/positions/G1-STAFF/",
    ]  # fmt: skip


@pytest.mark.parametrize(("document", "root"), [(bureau, "MKT"), (framed, "design-framed"), (hostile, "TOP")])
def test_flat_has_one_root_and_every_end_is_a_node(document, root):
    data = json.loads(diagrams.flat(extract(document())))
    ids = [node["id"] for node in data["nodes"]]
    assert [node["id"] for node in data["nodes"] if node["parentId"] is None] == [root]
    assert len(ids) == len(set(ids))
    ends = {end for one in data["connections"] for end in (one["from"], one["to"])}
    assert {*ends, *(node["parentId"] for node in data["nodes"] if node["parentId"])} - set(ids) == set()


def test_flat_says_what_each_connection_is_and_never_an_unstated_number():
    document = bureau()
    document["tree"]["children"][-1]["repeats"] = "每个区域一个"
    data = json.loads(diagrams.flat(extract(document)))
    nodes = {node["id"]: node for node in data["nodes"]}
    assert [(one["kind"], one["line"], one["basis"]) for one in data["connections"]] == [
        ("assists", "dotted", "stated"), ("reports_to", "dotted", "stated"),
    ]  # fmt: skip
    assert data["connections"][0]["label"] == "活动执行"
    assert nodes["G1-STAFF"]["headcount"] == {"form": "number", "min": 2, "max": 2}
    assert nodes["G2-STAFF"]["headcount"] == {"form": "as_needed", "min": None, "max": None}
    assert nodes["HEAD"]["headcount"] is None
    assert (nodes["G2"]["repeats"], nodes["G1"]["repeats"]) == ("每个区域一个", None)


def test_of_two_superiors_none_is_made_the_first():
    document = bureau()
    staff = document["tree"]["children"][-1]["children"][0]
    staff["superiors"] = [{"code": "HEAD"}, {"code": "G1-STAFF"}]
    drawing = grammars.drawio(diagrams.drawio(extract(document)))
    assert drawing.parents["G2-STAFF"] == "G2"
    assert [edge for edge in drawing.edges if edge[1] == "G2-STAFF"] == [
        ("HEAD", "G2-STAFF", False), ("G1-STAFF", "G2-STAFF", False),
    ]  # fmt: skip


def test_superiors_in_a_ring_with_the_places_do_not_close_it():
    above = position("A", "甲", position("B", "乙"), superiors=[{"code": "B"}])
    drawing = grammars.drawio(diagrams.drawio(extract(office() | {"tree": department("MKT", "市场部", above)})))
    assert drawing.parents == {"A": "MKT", "B": "A"}


def test_a_branch_is_drawn_alone():
    made = extract(bureau(), "G2")
    assert grammars.drawio(diagrams.drawio(made)).parents == {"G2-STAFF": "G2"}
    assert grammars.plantuml(diagrams.plantuml(made)) == [(1, "第2组"), (2, "专员2")]
    assert [node["id"] for node in json.loads(diagrams.flat(made))["nodes"]] == ["G2", "G2-STAFF"]


def test_no_text_breaks_out():
    made = extract(hostile())
    titles = [one_line(entry.title) for entry in made.holders]
    assert list(grammars.drawio(diagrams.drawio(made)).labels.values()) == titles
    assert list(grammars.mermaid(diagrams.mermaid(made)).labels.values()) == titles
    assert [label for _depth, label in grammars.plantuml(diagrams.plantuml(made))] == titles
    assert [node["title"] for node in json.loads(diagrams.flat(made))["nodes"]] == [e.title for e in made.holders]
    _head, *rows = grammars.csv_rows(diagrams.visio(made).removeprefix("\ufeff"))
    assert [row[1].removeprefix("'") for row in rows] == titles
    assert {text[0] for row in rows for text in row if text} & {*"=+-@＝＋－＠"} == set()
    assert [text for text in HOSTILE if text.startswith("=")] == ["=1+1"]


@pytest.mark.parametrize("path", vocabulary.design_files(), ids=lambda path: path.stem)
def test_every_reference_design_is_in_every_grammar(path):
    made = extract(files.read(path).model_dump(mode="json", by_alias=True) | {"variant_of": None})
    number = len(made.holders)
    assert len(grammars.drawio(diagrams.drawio(made)).labels) == number
    assert len(grammars.mermaid(diagrams.mermaid(made)).labels) == number
    assert len(grammars.plantuml(diagrams.plantuml(made))) - number in (0, 1)
    assert len(grammars.csv_rows(diagrams.visio(made))) == number + 1
    assert len(json.loads(diagrams.flat(made))["nodes"]) - number in (0, 1)
