"""From a change to its sentence, a way for each verb."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.changes.fields import FIELDS, HEADCOUNT, WHOLE, WORDED, WORDS, field_of
from departments.changes.parts import Part, Parts, fill, join, marked, named
from departments.changes.past import Past
from departments.changes.telling_lines import tell_line, tell_process
from departments.models import Change, Section
from departments.models.facets import Aspect, UnitType
from departments.models.headcount import Headcount

Verb = Change.Verb


class Teller:
    """Tells changes, given what nodes said then and the names of functions."""

    def __init__(self, past: Past, functions: Mapping[str, str]):
        self.past = past
        self.functions = functions

    def tell(self, change: Change) -> Parts:
        """Return the sentence of a change."""
        ways: dict[str, Callable[[Change], Parts]] = {
            Verb.INSERT: self._insert,
            Verb.MOVE: self._move,
            Verb.EDIT: self._edit,
            Verb.REMOVE: self._remove,
            Verb.RESTORE: self._restore,
            Verb.RELATE: self._relate,
            Verb.PROCESS: tell_process,
            Verb.GROUP: self._group,
        }
        if change.verb not in ways:
            return [Part(_("loaded from a design document"))]
        told = ways[change.verb](change)
        if change.undoes is None:
            return told
        return fill(_("took change %(number)s back: %(told)s"), number=[Part(str(change.undoes.number))], told=told)

    def _insert(self, change: Change) -> Parts:
        rows = change.after["rows"]
        values = {"name": named(_content_name(rows[0])), "place": self._under(change, change.after), "n": _rest(rows)}
        if not change.after["place"]["under"]:
            return fill(_("began with “%(name)s”"), name=values["name"])
        if len(rows) > 1:
            return fill(_("added “%(name)s” (and %(n)s below it) under “%(place)s”"), **values)
        return fill(_("added “%(name)s” under “%(place)s”"), **values)

    def _move(self, change: Change) -> Parts:
        values = {
            "name": self._name(change),
            "old": self._under(change, change.before),
            "new": self._under(change, change.after),
        }
        if change.before["place"]["under"] == change.after["place"]["under"]:
            return fill(_("changed the order under “%(new)s”: “%(name)s”"), **values)
        return fill(_("moved “%(name)s” from “%(old)s” to “%(new)s”"), **values)

    def _remove(self, change: Change) -> Parts:
        rows = change.before["rows"]
        values = {"name": named(_content_name(rows[0])), "place": self._under(change, change.before), "n": _rest(rows)}
        if len(rows) > 1:
            return fill(_("removed “%(name)s” (and %(n)s below it) from “%(place)s”"), **values)
        return fill(_("removed “%(name)s” from “%(place)s”"), **values)

    def _restore(self, change: Change) -> Parts:
        rows = change.undoes.before["rows"] if change.undoes else []
        values = {"name": self._name(change), "place": self._under(change, change.after), "n": _rest(rows)}
        if len(rows) > 1:
            return fill(_("brought “%(name)s” (and %(n)s below it) back under “%(place)s”"), **values)
        return fill(_("brought “%(name)s” back under “%(place)s”"), **values)

    def _relate(self, change: Change) -> Parts:
        return tell_line(change, lambda uid: self.past.name(uid, after=change.number))

    def _group(self, change: Change) -> Parts:
        count = {"note": change.note, "n": change.after["parts"]}
        return [Part(ngettext("%(note)s (%(n)s change)", "%(note)s (%(n)s changes)", count["n"]) % count)]

    def _edit(self, change: Change) -> Parts:
        """Say what is called otherwise first, then the other fields in the order of FIELDS."""
        told: list[Parts] = []
        names = {field_of(column) for column in change.after}
        for column in ("title", "text"):
            if column in names:
                old, new = marked(change.before[column], change.after[column])
                above = self._above(change)
                if column == "title":
                    told.append(fill(_("renamed “%(old)s” to “%(new)s”"), old=old, new=new))
                elif above:
                    sentence = _("reworded under “%(place)s”: “%(old)s” to “%(new)s”")
                    told.append(fill(sentence, old=old, new=new, place=above))
                else:
                    told.append(fill(_("reworded “%(old)s” to “%(new)s”"), old=old, new=new))
        others = [name for name in FIELDS if name in names and name not in ("title", "text")]
        fields = [self._said_field(change, name) for name in others]
        if told or not fields:
            return join(told + fields)
        return fill(_("changed of “%(name)s” %(fields)s"), name=self._name(change), fields=join(fields))

    def _said_field(self, change: Change, name: str) -> Parts:
        label = [Part(str(FIELDS[name]))]
        before, after = self._sides(change, name)
        if before == after:
            return fill(_("the %(field)s"), field=label)
        old, new = marked(before, after)
        if not before:
            return fill(_("the %(field)s to “%(new)s”"), field=label, new=new)
        if not after:
            return fill(_("the %(field)s “%(old)s” to nothing"), field=label, old=old)
        return fill(_("the %(field)s from “%(old)s” to “%(new)s”"), field=label, old=old, new=new)

    def _sides(self, change: Change, name: str) -> tuple[str, str]:
        """Return what a field said before and after, in words; the same twice where it is not put in words."""
        if name == "headcount":
            return self._headcount(change, change.before), self._headcount(change, change.after)
        if name in WHOLE:
            return "", ""
        return self._words(name, change.before[name]), self._words(name, change.after[name])

    def _headcount(self, change: Change, side: Mapping[str, Any]) -> str:
        """Return the whole headcount, of which an edit logs only the columns that differ."""
        uid = change.node_uid.hex if change.node_uid else ""
        columns = {name: f"headcount_{name}" for name in HEADCOUNT}
        values = {
            name: side[column] if column in side else self.past.said(uid, column, after=change.number)
            for name, column in columns.items()
        }
        values = {name: value for name, value in values.items() if value is not None}
        headcount = Headcount(**values)
        words = [
            str(headcount),
            _("varies with %(what)s") % {"what": headcount.varies_with} if headcount.varies_with else "",
        ]
        if headcount and headcount.basis != "stated":
            words.append(str(WORDS[headcount.basis]))
        return str(_(", ")).join(word for word in words if word)

    def _words(self, name: str, value: Any) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        if name == "functions":
            return "、".join(self.functions.get(slug, slug) for slug in value)
        if name == "raci":
            return "、".join(f"{self.functions.get(slug, slug)} {letters or '—'}" for slug, letters in value.items())
        if isinstance(value, list):
            return "、".join(map(str, value))
        if name == "section" and value in Section.values:
            return str(Section(value).label)
        if name == "aspect" and value in Aspect.values:
            return str(Aspect(value).label)
        if name == "unit_type" and value in UnitType.values:
            return str(UnitType(value).label)
        return str(WORDS.get(value, value)) if name in WORDED else str(value)

    def _name(self, change: Change) -> Parts:
        return named(self.past.name(change.node_uid.hex, after=change.number) if change.node_uid else "")

    def _above(self, change: Change) -> Parts:
        """Return the name of what the changed node stood under; nothing where nobody knows."""
        uid = self.past.said(change.node_uid.hex, "above", after=change.number) if change.node_uid else ""
        name = self.past.name(uid, after=change.number) if uid else ""
        return named(name) if name else []

    def _under(self, change: Change, side: Mapping[str, Any]) -> Parts:
        uid = side["place"]["under"]
        return named(self.past.name(uid, after=change.number) if uid else "")


def _content_name(row: Mapping[str, Any]) -> str:
    return row["content"].get("title") or row["content"].get("text", "")


def _rest(rows: Sequence[Any]) -> Parts:
    return [Part(str(len(rows) - 1))]
