"""The graph of an edition: rdflib reads both spellings, they are one graph, and it says what the design says."""

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from departments.documents import files, vocabulary
from departments.formats import org_ontology, org_vocabulary, rdf
from departments.models import Section
from tests.formats.extracts import HOSTILE, SITE, bureau, extract, framed, hostile

ORG = Namespace("http://www.w3.org/ns/org#")
OD = Namespace(f"{SITE}/ns/orgdesign#")
# https://www.w3.org/TR/vocab-org/: every term of the Recommendation that we use
ORG_TERMS = {
    "FormalOrganization",
    "Head",
    "Organization",
    "OrganizationalUnit",
    "Post",
    "Role",
    "identifier",
    "postIn",
    "purpose",
    "reportsTo",
    "role",
    "subOrganizationOf",
    "unitOf",
}

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),  # rdflib's own JSON-LD reader
]


def parsed(text: str, form: str = "turtle") -> Graph:
    return Graph().parse(data=text, format=form)


def at(path: str, slug: str = "office") -> URIRef:
    return URIRef(f"{SITE}/designs/{slug}/{path}")


def texts(graph: Graph, subject: URIRef, predicate: URIRef) -> set[str]:
    return {str(value) for value in graph.objects(subject, predicate)}


@pytest.mark.parametrize("document", [bureau, framed, hostile])
def test_turtle_is_read_round_trips_and_is_the_same_graph_as_json_ld(document):
    made = extract(document())
    graph = parsed(org_ontology.turtle(made))
    assert isomorphic(graph, parsed(org_ontology.json_ld(made), "json-ld"))
    assert isomorphic(graph, parsed(graph.serialize(format="turtle")))
    assert isomorphic(graph, parsed(graph.serialize(format="xml"), "xml"))


@pytest.mark.parametrize("path", vocabulary.design_files()[::9], ids=lambda path: path.stem)
def test_reference_designs_are_one_graph_in_both_spellings(path):
    made = extract(files.read(path).model_dump(mode="json", by_alias=True) | {"variant_of": None})
    graph = parsed(org_ontology.turtle(made))
    assert isomorphic(graph, parsed(org_ontology.json_ld(made), "json-ld"))
    assert len(list(graph.subjects(RDF.type, ORG.Post))) == made.outline.counts.positions
    assert len(list(graph.subjects(RDF.type, ORG.OrganizationalUnit))) == made.outline.counts.departments
    leaves = [entry for entry in made.outline.entries if entry.is_duty and entry.section == "responsibility"]
    assert len(list(graph.subjects(RDF.type, OD.Duty))) == len(leaves)


def test_departments_and_posts_say_where_they_stand():
    graph = parsed(org_ontology.turtle(extract(bureau())))
    home, top, group, head = at(""), at("departments/MKT/"), at("departments/G1/"), at("positions/HEAD/")
    assert set(graph.objects(home, RDF.type)) == {ORG.Organization}
    assert set(graph.objects(top, ORG.subOrganizationOf)) == {home}
    assert set(graph.objects(group, ORG.subOrganizationOf)) == {top}
    assert set(graph.objects(head, ORG.postIn)) == {top}
    assert ORG.Head in set(graph.objects(head, ORG.role))
    assert set(graph.objects(top, SKOS.prefLabel)) == {Literal("市场部", "zh"), Literal("Marketing Department", "en")}
    assert set(graph.objects(group, ORG.identifier)) == {Literal("G1", datatype=OD.Code)}
    assert list(graph.subject_objects(ORG.unitOf)) == []


def test_a_company_of_its_own_is_a_formal_organisation():
    made = extract(bureau())
    made.edition.design.origin = "own"
    graph = parsed(org_ontology.turtle(made))
    assert set(graph.objects(at(""), RDF.type)) == {ORG.FormalOrganization}
    assert list(graph.subject_objects(ORG.unitOf)) == [(at("departments/MKT/"), at(""))]
    assert list(graph.subject_objects(ORG.subOrganizationOf)) == [
        (at("departments/G1/"), at("departments/MKT/")),
        (at("departments/G2/"), at("departments/MKT/")),
    ]


def test_reporting_lines_say_how_they_are_known():
    made = extract(bureau())
    graph = parsed(org_ontology.turtle(made))
    head, first, second = (at(f"positions/{code}/") for code in ("HEAD", "G1-STAFF", "G2-STAFF"))
    assert set(graph.subject_objects(OD.reportsToLine)) >= {(first, head), (second, head)}
    assert set(graph.subject_objects(OD.reportsToDotted)) == {(second, first)}
    assert set(graph.subject_objects(OD.reportsToInferred)) == {(second, head)}
    (outside,) = graph.objects(head, ORG.reportsTo)
    assert texts(graph, outside, SKOS.prefLabel) == {"总经理"}
    assert set(graph.objects(outside, RDF.type)) == {OD.OutsideParty}
    lines = {OD.reportsToLine, OD.reportsToDotted, OD.reportsToDerived}
    assert {pair for one in lines for pair in graph.subject_objects(one)} == set(graph.subject_objects(ORG.reportsTo))


def test_a_superior_that_follows_from_the_place_is_said_to():
    document = bureau()
    del document["tree"]["children"][-1]["children"][0]["superiors"]
    graph = parsed(org_ontology.turtle(extract(document)))
    second, head = at("positions/G2-STAFF/"), at("positions/HEAD/")
    assert list(graph.subject_objects(OD.reportsToDerived)) == [(second, head)]
    assert (second, OD.reportsToLine, head) not in graph


def test_duties_relations_and_headcount():
    graph = parsed(org_ontology.turtle(extract(bureau())))
    second, unit = at("positions/G2-STAFF/"), at("departments/MKT/")
    duties = {str(graph.value(one, SKOS.prefLabel)): one for one in graph.objects(second, OD.hasDuty)}
    assert sorted(duties) == sorted(
        ["收集第1类市场信息", "收集第2类市场信息", "帮助拓展员", "传播", "写稿件", "发稿件"]
    )
    assert graph.value(duties["写稿件"], SKOS.broader) == duties["传播"]
    assert graph.value(duties["帮助拓展员"], OD.dutyKind) == OD.Auxiliary
    assert [str(graph.value(one, SKOS.prefLabel)) for one in graph.objects(second, OD.hasStatement)] == ["大学本科"]
    assert [str(graph.value(one, SKOS.prefLabel)) for one in graph.objects(unit, ORG.purpose)] == ["研究市场"]
    assert list(graph.subject_objects(OD.headcount)) == [(at("positions/G1-STAFF/"), Literal(2))]
    assert texts(graph, second, OD.headcountForm) == {"as_needed"}
    assert list(graph.objects(at("positions/HEAD/"), OD.headcountForm)) == []
    assert list(graph.subject_objects(OD.assists)) == [(at("departments/G1/"), at("departments/G2/"))]
    assert [str(value) for value in graph.objects(None, OD.about)] == ["活动执行"]


def test_a_frame_is_nothing_and_what_stands_under_it_stands_in_the_design():
    graph = parsed(org_ontology.turtle(extract(framed())))
    assert {str(one) for one in graph.subjects(RDF.type, ORG.OrganizationalUnit)} == {
        str(at("departments/A/", "framed")),
        str(at("departments/B/", "framed")),
    }
    assert graph.value(at("departments/A/", "framed"), ORG.subOrganizationOf) == at("", "framed")
    assert graph.value(at("positions/FREE/", "framed"), ORG.postIn) == at("", "framed")


def test_a_branch_holds_what_is_below_its_start():
    graph = parsed(org_ontology.turtle(extract(bureau(), "G1")))
    assert set(graph.subjects(RDF.type, ORG.Post)) == {at("positions/G1-STAFF/")}
    assert set(graph.subjects(RDF.type, ORG.OrganizationalUnit)) == {at("departments/G1/")}
    assert graph.value(at("departments/G1/"), ORG.subOrganizationOf) == at("departments/MKT/")


def test_texts_arrive_as_they_were_written():
    graph = parsed(org_ontology.turtle(extract(hostile())))
    said = {str(graph.value(one, SKOS.prefLabel)) for one in graph.subjects(RDF.type, OD.Duty)}
    assert said == set(HOSTILE)


def test_the_vocabulary_names_every_term_we_use_and_no_term_of_org_is_made_up():
    graph = parsed(rdf.write_turtle(org_vocabulary.vocabulary(SITE)))
    assert isomorphic(graph, parsed(rdf.write_json_ld(org_vocabulary.vocabulary(SITE)), "json-ld"))
    known = {str(one) for one in graph.subjects(RDF.type, None) if one.startswith(OD)}
    used = {
        str(term)
        for document in (bureau(), framed())
        for triple in parsed(org_ontology.turtle(extract(document)))
        for term in (*triple, getattr(triple[2], "datatype", None))
        if term is not None
    }
    assert {term for term in used if term.startswith(OD)} - known == set()
    assert {term.removeprefix(ORG) for term in used if term.startswith(ORG)} - ORG_TERMS == set()
    assert graph.value(OD.reportsToDotted, RDFS.subPropertyOf) == ORG.reportsTo
    assert list(graph.subjects(RDF.type, OWL.Ontology)) == [URIRef(f"{SITE}/ns/orgdesign")]


def test_every_section_and_property_in_the_source_has_its_term():
    source = Path(org_ontology.__file__).read_text(encoding="utf-8")
    written = set(re.findall(r'"od:(\w+)"', source))
    named = {*org_vocabulary.CLASSES, *org_vocabulary.DATATYPES, *org_vocabulary.PROPERTIES, *org_vocabulary.VALUES}
    assert written - named == set()
    assert {section.capitalize() for section in Section.values} - named == set()
