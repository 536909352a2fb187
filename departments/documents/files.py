"""A design document as text: YAML or JSON in, the same document out, byte for byte.

Faults are collected, not raised one by one: whoever wrote the file sees all of them with file, line and place.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.utils.translation import gettext as _
from pydantic import ValidationError

from departments.documents.schema import Chronicle, Design
from departments.models.nodes import MAXIMUM_DEPTH

MAXIMUM_BYTES = 4 * 1024 * 1024
Form = TypeVar("Form", Design, Chronicle)


@dataclass(frozen=True)
class Fault:
    """One fault of a document: `place` reads like tree › 公关科 › superiors, `line` counts from 1 (0: not known)."""

    file: str
    place: str
    message: str
    line: int = 0

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.place}: {self.message}" if self.place else f"{where}: {self.message}"


class DocumentError(Exception):
    """A document that cannot be used; `faults` says why, one entry a fault."""

    def __init__(self, faults: list[Fault]):
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


def parse(text: str, *, file: str = "document") -> Design:
    """Return the document in `text` (YAML, of which JSON is a part). Raises DocumentError with every fault found."""
    return _parse(text, file, Design, MAXIMUM_BYTES)


def parse_chronicle(text: str, *, file: str = "document") -> Chronicle:
    """Return the design with all its editions that `text` holds; raises as `parse`."""
    return _parse(text, file, Chronicle, 5 * MAXIMUM_BYTES)


def is_chronicle(text: str) -> bool:
    """Whether the text begins like a design with all its editions: with the key `design` where a document has `slug`."""
    return re.match(r"\s*(design:|\{\s*\"design\")", text) is not None


def _parse(text: str, file: str, form: type[Form], most: int) -> Form:
    if len(text.encode(errors="surrogatepass")) > most:
        raise _too_large(file, most)
    if fault := _unsafe(text, file):
        raise DocumentError([fault])
    try:
        marks = yaml.compose(text, Loader=Loader)
        data = yaml.load(text, Loader=Loader)  # noqa: S506  # Loader is the safe loader
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as error:
        line = mark.line + 1 if (mark := getattr(error, "problem_mark", None)) else 0
        problem = getattr(error, "problem", None) or str(error)
        message = _("This is neither YAML nor JSON: %s") % problem
        raise DocumentError([Fault(file, "", message, line)]) from error
    if not isinstance(data, dict):
        raise DocumentError([Fault(file, "", _("The document must be a mapping of keys."))])
    try:
        return form.model_validate(data)
    except ValidationError as error:
        raise DocumentError([_fault(file, data, marks, e) for e in error.errors(include_url=False)]) from error


def read(path: Path) -> Design:
    """Return the document in the file `path`. Raises DocumentError; its faults carry the file's name."""
    try:
        with path.open("rb") as file:
            data = file.read(MAXIMUM_BYTES + 1)
        if len(data) > MAXIMUM_BYTES:
            raise _too_large(path.name, MAXIMUM_BYTES)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise DocumentError([Fault(path.name, "", _("The file cannot be read."))]) from error
    except UnicodeDecodeError as error:
        raise DocumentError([Fault(path.name, "", _("The file is not UTF-8 text."))]) from error
    return parse(text.replace("\r\n", "\n"), file=path.name)


def to_yaml(design: Design | Chronicle) -> str:
    """Return the canonical YAML: keys in the schema's order, defaults left out."""
    data = design.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**6)


def to_json(design: Design | Chronicle) -> str:
    """Return the whole document as JSON, defaults written out, so that a reader need not know them."""
    return json.dumps(design.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=2) + "\n"


class Loader(yaml.CSafeLoader):
    """The safe loader, refusing a key that stands twice."""

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002  # PyYAML's signature
    ) -> dict[Any, Any]:
        keys: set[str] = set()
        for key, _value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key is a word", key.start_mark)
            if key.value in keys:
                raise yaml.constructor.ConstructorError(None, None, f"key twice: {key.value}", key.start_mark)
            keys.add(key.value)
        return super().construct_mapping(node, deep)


# A date in a text stays the text that was written.
Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


class Dumper(yaml.CSafeDumper):
    """The safe dumper without aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # PyYAML's signature
        return True


def _too_large(file: str, most: int) -> DocumentError:
    return DocumentError([Fault(file, "", _("The document is larger than %d MB.") % (most // 1024**2))])


def _unsafe(text: str, file: str) -> Fault | None:
    """Refuse what could unfold to far more than was written (aliases, deep nesting), and tags, which make objects."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=Loader):
            if isinstance(event, yaml.AliasEvent):
                return Fault(file, "", _("Aliases (*) are not allowed."), _mark(event))
            if getattr(event, "tag", None):
                return Fault(file, "", _("Tags (!) are not allowed."), _mark(event))
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                depth += 1
                if depth > 2 * MAXIMUM_DEPTH + 6:
                    message = _("The tree is deeper than %d levels.") % MAXIMUM_DEPTH
                    return Fault(file, "tree", message, _mark(event))
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                depth -= 1
    except (yaml.YAMLError, ValueError):
        return None  # said by the reader, with its own words
    return None


def _mark(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _fault(file: str, data: Any, marks: yaml.Node | None, error: Any) -> Fault:
    steps = [step for step in error["loc"] if step not in ("department", "position", "duty") or step in _keys(data)]
    return Fault(file, _place(data, steps), _sentence(error), _line(marks, steps))


def _keys(data: Any) -> set[str]:
    return set(data) if isinstance(data, dict) else set()


def _place(data: Any, steps: list[Any]) -> str:
    """Name the way to a fault by titles where there are any: tree › 市场部 › 公关科 › superiors 1."""
    words: list[str] = []
    for step in steps:
        if isinstance(data, dict):
            data = data.get(step)
            if step != "children":
                words.append(str(step))
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
            named = isinstance(data, dict) and (data.get("title") or data.get("name") or data.get("text"))
            words.append(str(named)[:20] if named else str(step + 1))
    return " › ".join(words)


def _line(node: Any, steps: list[Any]) -> int:
    line = node.start_mark.line + 1 if node else 0
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            break
        if node is None:
            break
        line = node.start_mark.line + 1
    return line


def _sentence(error: Any) -> str:
    """Say pydantic's error in the reader's language."""
    kind, context = error["type"], error.get("ctx", {})
    value = _shown(error.get("input"))
    sentences = {
        "extra_forbidden": _("This key is not known."),
        "missing": _("This key is required."),
        "literal_error": _("“%(value)s” is not one of: %(expected)s")
        % {"value": value, "expected": context.get("expected")},
        "union_tag_invalid": _("“%(value)s” cannot stand here; expected: %(expected)s")
        % {"value": context.get("tag"), "expected": context.get("expected_tags")},
        "union_tag_not_found": _("The key “kind” is required."),
        "string_type": _("Text is expected, not “%s”.") % value,
        "string_too_short": _("The text is empty."),
        "string_too_long": _("The text is longer than %s characters.") % context.get("max_length"),
        "string_pattern_mismatch": _("“%s” has characters that are not allowed here.") % value,
        "list_type": _("A list is expected."),
        "model_type": _("A mapping of keys is expected."),
        "bool_parsing": _("true or false is expected, not “%s”.") % value,
        "int_parsing": _("A whole number is expected, not “%s”.") % value,
        "int_type": _("A whole number is expected, not “%s”.") % value,
        "greater_than_equal": _("The number must be at least %s.") % context.get("ge"),
        "less_than_equal": _("The number must be at most %s.") % context.get("le"),
        "unprintable": _("The text has control characters."),
        "inferred": _("Nothing is said of what is marked as inferred: %s") % context.get("names"),
        "headcount": _("The headcount figures do not fit the form “%s”.") % context.get("form"),
        "superior": _("Give either code or outside; neither where basis is top."),
        "relation": _("Give either to or outside."),
        "chronicle": _(
            "The editions must follow each other: numbers rise, the published ones come first and are dated."
        ),
    }
    return sentences.get(kind) or str(error["msg"])


def _shown(value: Any) -> str:
    try:
        return str(value)[:60].encode(errors="replace").decode()
    except ValueError:  # a number of more digits than Python writes
        return "…"
