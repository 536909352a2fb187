"""The sentences of lines (who reports to, assists or works with whom) and of processes."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from departments.changes.parts import Part, Parts, fill, join, marked, named
from departments.models import Change, Relation

Name = Callable[[str], str]  # from a uid to what the node was called
FIELDS = {
    "name": gettext_lazy("name"),
    "name_en": gettext_lazy("English title"),
    "owner": gettext_lazy("owner"),
    "summary": gettext_lazy("summary"),
    "lead_time": gettext_lazy("lead time"),
}


def tell_line(change: Change, name: Name) -> Parts:
    """Return the sentence of a line that was added, changed or taken away."""
    before, after = change.before.get("line"), change.after.get("line")
    if before is None:
        return fill(_("added: %(line)s"), line=_line(after, name))
    if after is None:
        return fill(_("took away: %(line)s"), line=_line(before, name))
    ends = ("kind", "start", "end", "outside", "basis", "line")
    if any(before[key] != after[key] for key in ends):
        return fill(_("changed: %(old)s; now: %(new)s"), old=_line(before, name), new=_line(after, name))
    old, new = marked(before["about"], after["about"])
    return fill(
        _("changed of %(line)s what it is about: “%(old)s” to “%(new)s”"), line=_line(after, name), old=old, new=new
    )


def _line(line: Mapping[str, Any], name: Name) -> Parts:
    start = named(name(line["start"]))
    if line["basis"] == Relation.Basis.TOP:
        return fill(_("“%(start)s” has nobody above"), start=start)
    sentences = {
        Relation.Kind.REPORTS_TO: _("“%(start)s” reports to “%(end)s”"),
        Relation.Kind.ASSISTS: _("“%(start)s” assists “%(end)s”"),
        Relation.Kind.WORKS_WITH: _("“%(start)s” works with “%(end)s”"),
    }
    told = fill(sentences[line["kind"]], start=start, end=named(name(line["end"]) if line["end"] else line["outside"]))
    notes = [_("dotted line")] if line["line"] == Relation.Line.DOTTED else []
    notes += [_("inferred")] if line["basis"] == Relation.Basis.INFERRED else []
    return [*told, Part(_(" (%(notes)s)") % {"notes": _(", ").join(notes)})] if notes else told


def tell_process(change: Change) -> Parts:
    """Return the sentence of a process that was added, changed or taken away."""
    before, after = change.before.get("process"), change.after.get("process")
    if before is None:
        return fill(_("added the process “%(name)s”"), name=named(after["name"]))
    if after is None:
        return fill(_("removed the process “%(name)s”"), name=named(before["name"]))
    told = [*_fields(before, after), *_steps(before["steps"], after["steps"])]
    what = join(told) if told else [Part(_("its details"))]
    return fill(_("changed of the process “%(name)s” %(what)s"), name=named(after["name"]), what=what)


def _fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Parts]:
    for field, label in FIELDS.items():
        if before[field] != after[field]:
            old, new = marked(before[field], after[field])
            yield fill(_("the %(field)s from “%(old)s” to “%(new)s”"), field=[Part(str(label))], old=old, new=new)


def _steps(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterator[Parts]:
    """Tell the steps that came, went, or say something else in their place."""
    gone = [step for step in before if _content(step) not in map(_content, after)]
    come = [step for step in after if _content(step) not in map(_content, before)]
    if not gone and not come and before != after:
        yield [Part(_("the order of the steps"))]
    for step in list(gone):
        twin = next((one for one in come if one["number"] == step["number"]), None)
        if twin is not None and len(before) == len(after):
            gone.remove(step)
            come.remove(twin)
            old, new = marked(_said(step), _said(twin))
            number = [Part(str(step["number"]))]
            yield fill(_("step %(number)s from “%(old)s” to “%(new)s”"), number=number, old=old, new=new)
    for step in gone:
        yield fill(_("without the step “%(step)s”"), step=named(_said(step)))
    for step in come:
        yield fill(_("with the new step “%(step)s”"), step=named(_said(step)))


def _content(step: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a step says, wherever it stands."""
    return {**step, "number": 0}


def _said(step: Mapping[str, Any]) -> str:
    words = (step["name"], step["action"], step["output"], step["lead_time"], step["approval"])
    return "，".join(word for word in words if word)
