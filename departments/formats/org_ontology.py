"""W3C ORG (https://www.w3.org/TR/vocab-org/): an edition as one graph, written as Turtle or as JSON-LD.

The graph is built once; both spellings are taken from it, so they cannot differ. What ORG has no term for (duties,
headcount, how a reporting line is known) is said in a small vocabulary of our own: see org_vocabulary. A department in a
department is `org:subOrganizationOf`, never `org:unitOf`, whose range is a formal organisation.
"""

import hashlib
from urllib.parse import quote

from departments.formats.extracts import Extract, above
from departments.formats.rdf import Graph, Iri, Literal, write_json_ld, write_turtle
from departments.models import Design, Section
from departments.models.entries import Entry, Line


def graph(extract: Extract) -> Graph:
    """Return the design, its departments, positions, duties and lines. No query."""
    made = Graph(extract.site)
    _design(made, extract)
    for entry in extract.holders:
        (_department if entry.is_department else _position)(made, extract, entry)
        _common(made, extract, entry)
    for entry in extract.statements:
        _statement(made, extract, entry)
    for entry in extract.holders:
        _lines(made, extract, entry)
    for slug in sorted({slug for entry in extract.entries for slug in entry.functions}):
        about = _function(extract, slug)
        made.add(about, "a", "skos:Concept")
        made.text(about, "skos:prefLabel", *extract.outline.function_names[slug])
    return made


def turtle(extract: Extract) -> str:
    """Return the extract as Turtle."""
    return write_turtle(graph(extract))


def json_ld(extract: Extract) -> str:
    """Return the same graph as JSON-LD."""
    return write_json_ld(graph(extract))


def _design(made: Graph, extract: Extract) -> None:
    design, home = extract.edition.design, extract.home
    made.add(home, "a", "org:FormalOrganization" if _formal(extract) else "org:Organization")
    made.text(home, "skos:prefLabel", design.name, design.name_en)
    made.add(home, "org:identifier", Literal(design.slug, datatype="od:Slug"))
    made.text(home, "dcterms:description", design.summary)
    made.number(home, "od:edition", extract.edition.number)
    if extract.edition.effective_on:
        made.add(home, "dcterms:issued", Literal(extract.edition.effective_on.isoformat(), datatype="xsd:date"))
    _sources(made, extract, home, design.sources)


def _formal(extract: Extract) -> bool:
    """Whether the design is a company's own: a reference design is no legal body."""
    return extract.edition.design.origin == Design.Origin.OWN


def _department(made: Graph, extract: Extract, entry: Entry) -> None:
    about, parent = extract.url(entry), above(entry)
    made.add(about, "a", "org:OrganizationalUnit")
    if parent is not None:
        made.add(about, "org:subOrganizationOf", Iri(extract.url(parent)))
    else:
        made.add(about, "org:unitOf" if _formal(extract) else "org:subOrganizationOf", Iri(extract.home))
    if entry.unit_type:
        made.add(about, "od:unitType", Literal(entry.unit_type))


def _position(made: Graph, extract: Extract, entry: Entry) -> None:
    about, department = extract.url(entry), entry.department
    made.add(about, "a", "org:Post")
    made.add(about, "org:postIn", Iri(extract.url(department) if department else extract.home))
    role = f"{extract.home}#role-{_digest(entry.title)}"
    made.add(about, "org:role", Iri(role))
    made.add(role, "a", "org:Role", "skos:Concept")
    made.text(role, "skos:prefLabel", entry.title)
    if entry.head:
        made.add(about, "org:role", "org:Head")
        made.add(about, "od:headForm", Literal(entry.head_form))
    parent = above(entry)
    if parent is not None and parent.is_position:
        made.add(about, "od:placedUnder", Iri(extract.url(parent)))
    if entry.grade:
        made.text(about, "od:grade", entry.grade)


def _common(made: Graph, extract: Extract, entry: Entry) -> None:
    about, headcount = extract.url(entry), entry.headcount
    made.text(about, "skos:prefLabel", entry.title, entry.title_en)
    for alias in entry.aliases:
        made.text(about, "skos:altLabel", str(alias))
    made.add(about, "org:identifier", Literal(entry.ref, datatype="od:Code" if entry.code else "od:Uid"))
    made.text(about, "dcterms:description", entry.summary)
    made.true(about, "od:inferred", value=entry.inferred)
    made.true(about, "od:placeInferred", value=entry.place_basis == "inferred")
    made.text(about, "od:repeats", entry.repeats)
    if headcount:
        made.add(about, "od:headcountForm", Literal(headcount.form))
        made.add(about, "od:headcountBasis", Literal(headcount.basis))
        if headcount.form == "number":
            made.number(about, "od:headcount", headcount.min)
        made.number(about, "od:headcountMin", headcount.min)
        made.number(about, "od:headcountMax", headcount.max)
        made.text(about, "od:headcountPer", headcount.per)
        made.text(about, "od:headcountVariesWith", headcount.varies_with)
    made.number(about, "od:headcountFilled", headcount.filled)
    for slug in entry.functions:
        made.add(about, "od:function", Iri(_function(extract, slug)))
    _sources(made, extract, about, entry.sources)


def _statement(made: Graph, extract: Extract, entry: Entry) -> None:
    about, holder = extract.url(entry), extract.url(entry.holder)
    is_duty = entry.section == Section.RESPONSIBILITY
    if is_duty and entry.holder.is_department:
        made.add(holder, "org:purpose", Iri(about))
    made.add(holder, "od:hasDuty" if is_duty else "od:hasStatement", Iri(about))
    made.add(about, "a", "od:Duty" if is_duty else "od:Statement", "skos:Concept")
    made.text(about, "skos:prefLabel", entry.text)
    made.add(about, "od:section", f"od:{entry.section.capitalize()}")
    if is_duty:
        made.add(about, "od:dutyKind", "od:Auxiliary" if entry.weight == "auxiliary" else "od:Main")
    if entry.parent is not None and entry.parent.is_duty:
        made.add(about, "skos:broader", Iri(extract.url(entry.parent)))
    if entry.aspect:
        made.add(about, "od:aspect", Literal(entry.aspect))
    made.text(about, "od:measure", entry.measure)
    made.number(about, "od:ratingRequired", entry.rating_required)
    made.number(about, "od:ratingMaximum", entry.rating_maximum)
    made.true(about, "od:heading", value=not entry.is_leaf)
    made.true(about, "od:openEnded", value=entry.open_ended)
    made.true(about, "od:inferred", value=entry.inferred)
    for slug in entry.functions:
        made.add(about, "od:function", Iri(_function(extract, slug)))
    _sources(made, extract, about, entry.sources)


def _lines(made: Graph, extract: Extract, entry: Entry) -> None:
    """Say who an entry reports to, with how it is known, whom it assists and with whom it works."""
    about = extract.url(entry)
    others = [line for line in entry.relations_out if not line.superior]
    for line in [*entry.superiors, *others]:
        if line.basis == "top":
            made.true(about, "od:nobodyAbove", value=True)
            continue
        other = Iri(_other(made, extract, line))
        if line.kind == "reports_to":
            made.add(about, "org:reportsTo", other)
            made.add(about, _reporting(line), other)
            if line.basis == "inferred":
                made.add(about, "od:reportsToInferred", other)
        else:
            made.add(about, "od:assists" if line.kind == "assists" else "od:worksWith", other)
        if line.about and line.uid:
            relation = f"{about}#relation-{line.uid.hex[:12]}"
            made.add(relation, "a", "od:Relation")
            made.add(relation, "od:from", Iri(about))
            made.add(relation, "od:to", other)
            made.text(relation, "od:about", line.about)
            _sources(made, extract, relation, line.sources)


def _reporting(line: Line) -> str:
    if line.basis == "derived":
        return "od:reportsToDerived"
    return {"dotted": "od:reportsToDotted", "unstated": "od:reportsToUnstated"}.get(line.line, "od:reportsToLine")


def _other(made: Graph, extract: Extract, line: Line) -> str:
    if line.end is not None:
        return extract.url(line.end)
    outside = f"{extract.home}#outside-{_digest(line.outside)}"
    made.add(outside, "a", "od:OutsideParty")
    made.text(outside, "skos:prefLabel", line.outside)
    return outside


def _sources(made: Graph, extract: Extract, about: str, citations: list[dict[str, object]]) -> None:
    for citation in citations:
        document = str(citation["document"])
        source = f"{extract.home}#source-{quote(document, safe='')}"
        made.add(about, "prov:wasDerivedFrom", Iri(source))
        made.add(source, "a", "prov:Entity")
        made.add(source, "rdfs:label", Literal(document))


def _function(extract: Extract, slug: str) -> str:
    return f"{extract.site}/functions/{quote(slug, safe='')}/"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
