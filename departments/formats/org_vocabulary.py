"""The vocabulary of our own that stands beside W3C ORG, published at /ns/orgdesign: duties, headcount, lines."""

from departments.formats.rdf import NAMESPACE, Graph, Iri

CLASSES = {
    "Statement": ("岗位说明书条目", "A statement of a job description or of a department's remit."),
    "Duty": ("职责", "A statement of what a department or position is responsible for."),
    "DutyKind": ("职责主辅", "Whether a duty is a main or an auxiliary one."),
    "Section": ("栏目", "The part of a job description in which a statement stands."),
    "OutsideParty": (
        "外部方",
        "Somebody outside the design to whom a line leads: a person, a post or an organisation.",
    ),
    "Relation": ("协作关系", "A relation between two units or posts of which more is said than that it is there."),
}
DATATYPES = {
    "Code": ("编码", "The code of a department or position, unique in its edition."),
    "Slug": ("设计代号", "The short name of a design in addresses."),
    "Uid": ("标识", "The lasting identifier of a department or position that has no code."),
}
# name → (Chinese, what it says, range, the property it is a part of)
PROPERTIES = {
    "hasStatement": ("条目", "A statement of the unit or post.", "od:Statement", ""),
    "hasDuty": ("职责", "A duty of the unit or post.", "od:Duty", "od:hasStatement"),
    "dutyKind": ("主辅", "Whether the duty is a main or an auxiliary one.", "od:DutyKind", ""),
    "section": ("栏目", "The section in which the statement stands.", "od:Section", ""),
    "aspect": ("细分", "What a qualification or an authority is about.", "xsd:string", ""),
    "measure": ("衡量标准", "How the statement is measured.", "rdf:langString", ""),
    "ratingRequired": ("要求评级", "The level required of a competency.", "xsd:integer", ""),
    "ratingMaximum": ("最高评级", "The highest level of a competency.", "xsd:integer", ""),
    "heading": ("分组标题", "It is a heading over other statements, not itself one.", "xsd:boolean", ""),
    "openEnded": ("未尽列举", "The source leaves the list open.", "xsd:boolean", ""),
    "inferred": ("推断", "The source does not say so itself; it was concluded.", "xsd:boolean", ""),
    "function": ("职能", "A function the unit, post or duty serves.", "skos:Concept", ""),
    "unitType": ("单位类别", "What kind of unit a department is.", "xsd:string", ""),
    "placeInferred": ("位置为推断", "That it stands where it stands was concluded.", "xsd:boolean", ""),
    "repeats": ("代表多个", "It stands for several of its kind: which, or how many.", "rdf:langString", ""),
    "reportsToUnstated": ("未说明实线或虚线的汇报", "Reports to; solid or dotted is not stated.", "", "org:reportsTo"),
    "grade": ("职级", "The grade of a post.", "rdf:langString", ""),
    "headForm": ("负责人形式", "Whether a head is a person, a body, an alternative or part-time.", "xsd:string", ""),
    "placedUnder": (
        "所在岗位",
        "The post under which a post stands in the tree: a place, no reporting line.",
        "org:Post",
        "",
    ),
    "edition": ("版次", "The number of the edition.", "xsd:integer", ""),
    "headcount": ("定员", "How many people, where the source gives one number.", "xsd:integer", ""),
    "headcountForm": ("定员形式", "How the source states the headcount.", "xsd:string", ""),
    "headcountBasis": ("定员依据", "Whether the headcount is stated, inferred or an example.", "xsd:string", ""),
    "headcountMin": ("定员下限", "The fewest people.", "xsd:integer", ""),
    "headcountMax": ("定员上限", "The most people.", "xsd:integer", ""),
    "headcountPer": ("定员单位", "What the headcount is counted per.", "rdf:langString", ""),
    "headcountVariesWith": ("定员随何变化", "What the headcount varies with.", "rdf:langString", ""),
    "headcountFilled": ("在岗人数", "How many people there are now.", "xsd:integer", ""),
    "reportsToLine": ("直线汇报", "Reports to, by a solid line.", "", "org:reportsTo"),
    "reportsToDotted": ("虚线汇报", "Reports to, by a dotted line.", "", "org:reportsTo"),
    "reportsToInferred": ("推断的汇报", "Reports to, as was concluded.", "", "org:reportsTo"),
    "reportsToDerived": ("由位置得出的汇报", "Reports to, as follows from the place alone.", "", "org:reportsTo"),
    "nobodyAbove": ("无上级", "Nobody stands above it.", "xsd:boolean", ""),
    "assists": ("协助", "Assists another unit, post or party.", "", ""),
    "worksWith": ("协作", "Works with another unit, post or party.", "", ""),
    "from": ("起点", "Where the relation begins.", "", ""),
    "to": ("终点", "Where the relation ends.", "", ""),
    "about": ("事项", "What the relation is about.", "rdf:langString", ""),
}
VALUES = {
    "Main": ("主要职责", "od:DutyKind"),
    "Auxiliary": ("辅助职责", "od:DutyKind"),
    "Responsibility": ("职责", "od:Section"),
    "Authority": ("权限", "od:Section"),
    "Qualification": ("任职资格", "od:Section"),
    "Competency": ("能力素质", "od:Section"),
    "Indicator": ("考核指标", "od:Section"),
    "Assessment": ("考核办法", "od:Section"),
    "Deliverable": ("工作成果", "od:Section"),
    "Regulation": ("规章制度", "od:Section"),
    "Equipment": ("工作设备", "od:Section"),
    "Condition": ("工作条件", "od:Section"),
    "Scope": ("工作范围", "od:Section"),
}


def vocabulary(site: str) -> Graph:
    """Return the vocabulary of our own, for publishing at `NAMESPACE`."""
    made = Graph(site)
    ontology = f"{site}{NAMESPACE}"
    made.prefixes["owl"] = "http://www.w3.org/2002/07/owl#"
    made.add(ontology, "a", "owl:Ontology")
    made.text(ontology, "rdfs:label", "组织设计词汇", "Organisation design vocabulary")
    made.text(
        ontology, "rdfs:comment", "", "What the W3C organization ontology has no term for: duties, headcount, lines."
    )
    described: list[tuple[str, str, str, str]] = [
        *((name, "rdfs:Class", *words) for name, words in CLASSES.items()),
        *((name, "rdfs:Datatype", *words) for name, words in DATATYPES.items()),
        *((name, "rdf:Property", *words[:2]) for name, words in PROPERTIES.items()),
        *((name, kind, label, "") for name, (label, kind) in VALUES.items()),
    ]
    for name, kind, label, comment in described:
        made.add(f"od:{name}", "a", kind)
        made.text(f"od:{name}", "rdfs:label", label)
        made.text(f"od:{name}", "rdfs:comment", "", comment)
        made.add(f"od:{name}", "rdfs:isDefinedBy", Iri(ontology))
    made.add("od:Duty", "rdfs:subClassOf", "od:Statement")
    for name, (_label, _comment, values, whole) in PROPERTIES.items():
        for predicate, one in (("rdfs:range", values), ("rdfs:subPropertyOf", whole)):
            if one:
                made.add(f"od:{name}", predicate, one)
    return made
