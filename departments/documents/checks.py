"""What only the whole document can tell: codes used twice, references to nothing, kinds out of place."""

import re
from collections import Counter
from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from departments.documents.files import DocumentError, Fault
from departments.documents.schema import Department, Design, Duty, Position
from departments.models.nodes import MAXIMUM_DEPTH

Node = Department | Position | Duty
CODE = re.compile(r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$")


def walk(node: Node, *trail: Node) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """Yield every node below and including `node` in document order, each with its ancestors, the root first."""
    waiting = [(node, trail)]
    while waiting:
        node, trail = waiting.pop()
        yield node, trail
        below = (*trail, node)
        waiting.extend((child, below) for child in reversed(node.children))


def check(
    design: Design,
    *,
    file: str = "document",
    functions: Collection[str] | None = None,
    documents: Collection[str] | None = None,
) -> None:
    """Raise DocumentError with every fault; `functions` and `documents` are the slugs and source files known."""
    faults = [
        Fault(file, place, message)
        for place, message in (*_references(design), *_placement(design), *_vocabulary(design, functions, documents))
    ]
    if faults:
        raise DocumentError(faults)


def _name(node: Node) -> str:
    return node.text[:20] if isinstance(node, Duty) else node.title


def _references(design: Design) -> Iterator[tuple[str, str]]:
    if design.variant_of == design.slug:
        yield "variant_of", _("No design is a variant of itself.")
    nodes = [node for node, _trail in walk(design.tree)]
    codes = Counter(node.code for node in nodes if not isinstance(node, Duty) and node.code)
    lowered = Counter(code.lower() for code in codes)
    uids = Counter(node.uid for node in nodes if node.uid)
    for code, times in codes.items():
        if times > 1 or lowered[code.lower()] > 1:
            yield f"tree › {code}", _("The code “%s” is used more than once.") % code
    for uid, times in uids.items():
        if times > 1:
            yield f"tree › {uid}", _("The uid “%s” is used more than once.") % uid
    unknown = _("No department or position has the code “%s”.")
    for node in nodes:
        if isinstance(node, Duty):
            continue
        for superior in node.superiors:
            if superior.code and superior.code not in codes:
                yield f"tree › {node.title} › superiors", unknown % superior.code
            if superior.code and superior.code == node.code:
                yield f"tree › {node.title} › superiors", _("Nobody is their own superior.")
    for index, relation in enumerate(design.relations, 1):
        if relation.start == relation.end:
            yield f"relations {index}", _("A relation joins two.")
        for end in (relation.start, relation.end):
            if end and end not in codes:
                yield f"relations {index}", unknown % end
    for process in design.processes:
        numbers = [step.number for step in process.steps]
        if numbers != sorted(set(numbers)):
            yield f"processes › {process.name}", _("The steps' numbers must rise.")
        for step in process.steps:
            for who in step.who:
                if CODE.match(who) and "-" in who and who not in codes:
                    yield f"processes › {process.name} › {step.number}", unknown % who


def _placement(design: Design) -> Iterator[tuple[str, str]]:
    for node, trail in walk(design.tree):
        if len(trail) == MAXIMUM_DEPTH:
            yield f"tree › {_name(node)}", _("The tree is deeper than %d levels.") % MAXIMUM_DEPTH
        if isinstance(node, Duty):
            if trail and isinstance(parent := trail[-1], Duty) and parent.section != node.section:
                yield f"tree › {_name(node)}", _("A duty stands in the section of its heading.")
        elif isinstance(node, Department) and node.frame and (node.headcount.form != "unstated" or node.levels):
            yield f"tree › {node.title}", _("A frame has no headcount.")
        elif isinstance(node, Position) and node.head and not isinstance(trail[-1], Department):
            yield f"tree › {node.title}", _("A head stands directly in its department.")


def _vocabulary(
    design: Design, functions: Collection[str] | None, documents: Collection[str] | None
) -> Iterator[tuple[str, str]]:
    lists = [(f"fits › {key}", getattr(design.fits, key)) for key in ("industries", "sizes", "stages")]
    lists += [(f"tree › {_name(node)}", node.functions) for node, _trail in walk(design.tree)]
    for place, values in lists:
        for value, times in Counter(values).items():
            if times > 1:
                yield place, _("“%s” stands here more than once.") % value
    for node, _trail in walk(design.tree):
        for slug in (*node.functions, *getattr(node, "raci", ())):
            if functions is not None and slug not in functions:
                yield f"tree › {_name(node)}", _("There is no function “%s”.") % slug
    cited = [c for node, _trail in walk(design.tree) for c in node.sources]
    cited += [*design.sources, *(c for relation in design.relations for c in relation.sources)]
    cited += [c for process in design.processes for c in process.sources]
    for citation in cited:
        if documents is not None and citation.document not in documents:
            yield "sources", _("There is no source “%s”.") % citation.document
