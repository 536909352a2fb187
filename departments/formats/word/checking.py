"""What the marks of a template may say: the fields of `words`, loops over its lists, and whether a field is filled.

A template comes from an administrator, yet it is data: nothing in it is called, calculated or reached but by a path that
the vocabulary has. A loop in a loop goes over something of the outer one's item, so that a paper grows with its design.
"""

from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from django.utils.translation import gettext as _
from jinja2 import nodes

from departments.formats.word.words import Words


class BadTemplate(ValueError):
    """The file cannot be a template; the message says why, for whoever made it."""


@dataclass(frozen=True)
class Loop:
    """What a template may ask of the loop it is in."""

    index: int
    first: bool
    last: bool
    length: int


def check(template: nodes.Template) -> None:
    """Check the marks of one part of a template. Raises BadTemplate, which names the first that may not be."""
    _check_all(template.body, fields(Words), "")


@cache
def fields(record: type) -> Mapping[str, Any]:
    """Return the fields of a record with the types that are written at them."""
    return get_type_hints(record)


def _check_all(body: list[Any], known: Mapping[str, Any], item: str) -> None:
    """Check what stands in a loop over `item`; empty outside of loops."""
    for node in body:
        match node:
            case nodes.Output():
                for part in node.nodes:
                    if not isinstance(part, nodes.TemplateData):
                        _check_text(part, known)
            case nodes.For(target=nodes.Name(), test=None, recursive=False):
                _check_loop(node, known, item)
            case nodes.If():
                _check_condition(node.test, known)
                for inner in (node.body, node.elif_, node.else_):
                    _check_all(inner, known, item)
            case _:
                raise BadTemplate(_("A template fills in fields, repeats and leaves out; it cannot do anything else."))


def _check_text(node: nodes.Node, known: Mapping[str, Any]) -> None:
    kind = _kind(node, known)
    if get_origin(kind) is list or is_dataclass(kind):
        raise BadTemplate(_("“%(path)s” holds several things: go on to one of its fields.") % {"path": _path(node)})


def _check_loop(node: nodes.For, known: Mapping[str, Any], item: str) -> None:
    kind, path = _kind(node.iter, known), _path(node.iter)
    if get_origin(kind) is not list:
        raise BadTemplate(_("“%(path)s” is no list, so nothing can be repeated for it.") % {"path": path})
    if item and path.partition(".")[0] != item:
        message = _("“for … in %(path)s” stands inside a loop over “%(item)s”: go over something of “%(item)s” there.")
        raise BadTemplate(message % {"path": path, "item": item})
    name = node.target.name  # type: ignore[attr-defined]  # a Name, as was asked
    (inner,) = get_args(kind)
    _check_all(node.body, {**known, name: inner, "loop": Loop}, name)
    _check_all(node.else_, known, item)


def _check_condition(node: nodes.Node, known: Mapping[str, Any]) -> None:
    match node:
        case nodes.Not():
            _check_condition(node.node, known)
        case nodes.And() | nodes.Or():
            _check_condition(node.left, known)
            _check_condition(node.right, known)
        case nodes.Compare(ops=[nodes.Operand(op="eq" | "ne" | "gt" | "gteq" | "lt" | "lteq", expr=nodes.Const())]):
            _check_text(node.expr, known)
        case _:
            _kind(node, known)


def _kind(node: nodes.Node, known: Mapping[str, Any]) -> Any:
    """Return the type of what a path names. Raises BadTemplate where it is no path, or names nothing."""
    match node:
        case nodes.Name() if node.name in known:
            return known[node.name]
        case nodes.Getattr():
            above = _kind(node.node, known)
            if is_dataclass(above) and isinstance(above, type) and node.attr in fields(above):
                return fields(above)[node.attr]
    if path := _path(node):
        raise BadTemplate(_("There is no field “%(path)s”.") % {"path": path})
    raise BadTemplate(_("Between double braces a template names one field, without calculating anything."))


def _path(node: nodes.Node) -> str:
    """Return form.title; empty for anything but a path."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and (above := _path(node.node)):
        return f"{above}.{node.attr}"
    return ""
