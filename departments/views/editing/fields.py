"""The parts of a department, position or statement that are fields: shown as a form, saved, and what to do in a clash."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from departments.forms.nodes import FORMS, HEADCOUNT, NodeForm
from departments.models.headcount import Headcount
from departments.restructuring import Clash
from departments.views.editing.desk import CANNOT, Desk, reason_of

TEMPLATES = {"statement": "editing/statement.html", "headcount": "editing/headcount.html"}


def fields(desk: Desk, part: str, data: Any) -> HttpResponse:
    """Show the form of a part, or save what was typed. Only what was changed is written."""
    entry = desk.entry
    form = FORMS[part](data, entry=entry, outline=desk.reading.outline)
    more = {"where": entry.anchor if entry.is_duty else f"part-{part}", "template": TEMPLATES.get(part, "")}
    if desk.request.method != "POST":
        return desk.ask(part, form, **more)
    if not form.is_valid():
        return desk.ask(part, form, 422, **more)
    pairs = form.changes()
    for name in [name for name in pairs if desk.request.POST.get(f"choice-{name}") == "theirs"]:
        del pairs[name]
    try:
        desk.write(
            lambda room: room.edit(
                entry.uid,
                {name: typed for name, (_seen, typed) in pairs.items()},
                expected={name: seen for name, (seen, _typed) in pairs.items()},
            )
        )
    except Clash as clash:
        again = form.rebased({name: theirs for name, (_seen, theirs, _mine) in clash.fields.items()})
        return desk.ask(part, again, 409, clashes=_clashes(form, clash, desk), **more)
    except CANNOT as error:
        form.add_error(None, reason_of(error))
        return desk.ask(part, form, 422, **more)
    focus = f"change-{entry.anchor if entry.is_duty else part}"
    said = _("Saved.") if desk.number else _("Nothing was changed.")
    return desk.done(said, focus=focus, tree=part == "names")


def _clashes(form: NodeForm, clash: Clash, desk: Desk) -> list[dict[str, str]]:
    """Return, for every field that clashed, its label and both texts; a headcount is said as a whole."""
    fields = dict(clash.fields)
    found = []
    if own := [name for name in fields if name in HEADCOUNT]:
        names = {name: name.removeprefix("headcount_") for name in HEADCOUNT}
        theirs = Headcount(**{short: getattr(clash.node, name) for name, short in names.items()})
        mine = Headcount(**{short: form.cleaned_data[name] for name, short in names.items()})
        found.append({"name": own[0], "label": _("Headcount"), "theirs": str(theirs), "mine": str(mine)})
        fields = {name: texts for name, texts in fields.items() if name not in HEADCOUNT}
    return found + [
        {
            "name": name,
            "label": str(form.fields[name].label),
            "theirs": form.shown(name, theirs),
            "mine": form.shown(name, mine),
        }
        for name, (_seen, theirs, mine) in fields.items()
    ]
