"""RDF without a library: a graph as triples in a fixed order, and its two spellings, Turtle and JSON-LD."""

import json
from collections.abc import Callable
from dataclasses import dataclass

NAMESPACE = "/ns/orgdesign"
PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Literal:
    """A text with a language, or a value with the short name of its datatype; neither: plain text."""

    value: str
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class Iri:
    """A whole address."""

    value: str


Object = Literal | Iri | str  # a str is a short name: org:Post


class Graph:
    """Triples grouped by subject, in the order in which they were added; a triple added twice is there once."""

    def __init__(self, site: str):
        self.prefixes = {"od": f"{site}{NAMESPACE}#"} | PREFIXES
        self.subjects: dict[str, dict[str, dict[Object, None]]] = {}

    def add(self, subject: str, predicate: str, *objects: Object) -> None:
        """Add triples: a whole address or a short name, a short name (`a` for the type), anything."""
        for one in objects:
            self.subjects.setdefault(subject, {}).setdefault(predicate, {})[one] = None

    def text(self, subject: str, predicate: str, chinese: str, english: str = "") -> None:
        """Add a text in each language in which there is one."""
        for value, language in ((chinese, "zh"), (english, "en")):
            if value:
                self.add(subject, predicate, Literal(value, language))

    def number(self, subject: str, predicate: str, value: int | None) -> None:
        """Add a whole number; nothing where there is none."""
        if value is not None:
            self.add(subject, predicate, Literal(str(value), datatype="xsd:integer"))

    def true(self, subject: str, predicate: str, *, value: bool) -> None:
        """Say that something is so; nothing where it is not."""
        if value:
            self.add(subject, predicate, Literal("true", datatype="xsd:boolean"))


def write_turtle(made: Graph) -> str:
    """Return a graph as Turtle, a subject a paragraph."""
    parts = [f"@prefix {name}: <{address}> ." for name, address in made.prefixes.items()]
    for subject, predicates in made.subjects.items():
        lines = [
            f"{predicate} {' , '.join(_turtle_object(one) for one in objects)}"
            for predicate, objects in predicates.items()
        ]
        about = subject if _is_short(made, subject) else _turtle_iri(subject)
        parts.append(f"\n{about} " + " ;\n    ".join(lines) + " .")
    return "\n".join(parts) + "\n"


def _turtle_object(one: Object) -> str:
    if isinstance(one, str):
        return one
    if isinstance(one, Iri):
        return _turtle_iri(one.value)
    text = f'"{_escaped(one.value)}"'
    if one.language:
        return f"{text}@{one.language}"
    return f"{text}^^{one.datatype}" if one.datatype else text


def _turtle_iri(address: str) -> str:
    """Return the address in <>; what may not stand there is written as a number."""
    unsafe = '<>"{}|^`\\'
    return f"<{''.join(f'%{ord(one):02X}' if one in unsafe or one <= ' ' else one for one in address)}>"


NAMED_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _escaped(text: str) -> str:
    return "".join(
        NAMED_ESCAPES.get(one, f"\\u{ord(one):04X}" if one < " " or one in "\x7f\u2028\u2029" else one) for one in text
    )


def write_json_ld(made: Graph) -> str:
    """Return a graph as JSON-LD with the prefixes as its context."""
    nodes = []
    for subject, predicates in made.subjects.items():
        node: dict[str, object] = {"@id": subject}
        for predicate, objects in predicates.items():
            if predicate == "a":
                node["@type"] = list(objects)
            else:
                node[predicate] = [_json_object(one) for one in objects]
        nodes.append(node)
    return json.dumps({"@context": made.prefixes, "@graph": nodes}, ensure_ascii=False, indent=1) + "\n"


def _json_object(one: Object) -> dict[str, str]:
    if isinstance(one, str):
        return {"@id": one}
    if isinstance(one, Iri):
        return {"@id": one.value}
    value = {"@value": one.value}
    if one.language:
        value["@language"] = one.language
    if one.datatype:
        value["@type"] = one.datatype
    return value


def _is_short(made: Graph, name: str) -> bool:
    return name.partition(":")[0] in made.prefixes


WRITERS: dict[str, Callable[[Graph], str]] = {
    "text/turtle": write_turtle,
    "application/ld+json": write_json_ld,
    "text/html": write_turtle,  # a browser is shown the Turtle as plain text
}
