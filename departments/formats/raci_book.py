"""A RACI matrix as an .xlsx workbook: functions, processes, what the rules find, and how to read it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from departments.comparison.raci import Basis, Cell, Line, Raci
from departments.comparison.raci_steps import ProcessRaci
from departments.formats.table_book import MEDIA_TYPE, Table, table_book

SIGNS = {Basis.STATED: "", Basis.DERIVED: "推", Basis.SET: "定"}


def raci_book(title: str, found: Raci, processes: Sequence[ProcessRaci]) -> tuple[bytes, str]:
    """Return the workbook and its media type. No query."""
    tables = [_functions(found), *(_process(one) for one in processes), _findings(found), _reading()]
    return table_book(f"{title} RACI", tables), MEDIA_TYPE


def _cell(cell: Cell) -> str:
    return " ".join(f"{letter}{SIGNS[basis]}" for letter, basis in cell.marks)


def _row(line: Line) -> list[str]:
    return [_cell(cell) for cell in line.cells]


def _functions(found: Raci) -> Table:
    return Table(
        _("RACI"),
        [_("Function"), *(place.title for place in found.places)],
        [[line.function.name, *_row(line)] for line in found.lines if not line.empty],
        [18, *(9 for _place in found.places)],
        fixed=1,
    )


def _process(one: ProcessRaci) -> Table:
    return Table(
        one.process.name,
        [_("Step"), _("What is done"), *(place.title for place in one.places), _("Others")],
        [
            [line.step.number, line.step.name or line.step.action, *_row(line), "、".join(line.others)]
            for line in one.lines
        ],
        [6, 36, *(9 for _place in one.places), 20],
        fixed=2,
    )


def _findings(found: Raci) -> Table:
    said = [
        (_("Nobody answers for it"), [line.function.name for line in found.unanswered]),
        (_("More than one answers for it"), [line.function.name for line in found.answered_twice]),
        (_("Nobody carries it out"), [line.function.name for line in found.undone]),
        (_("No position has to do with it"), [line.function.name for line in found.empty]),
        (
            _("More than %(n)d functions carried out or answered for") % {"n": found.most},
            [f"{load.place.title} {load.functions}" for load in found.overloaded],
        ),
        (_("Nothing to do with any function"), [place.title for place in found.idle]),
    ]
    return Table(
        _("Findings"), [_("Rule"), _("Where")], [[rule, where] for rule, places in said for where in places], [40, 40]
    )


def _reading() -> Table:
    said = [
        ("R", _("carries it out")),
        ("A", _("answers for it")),
        ("C", _("is asked")),
        ("I", _("is told")),
        ("推", _("derived from reporting lines and places, not stated")),
        ("定", _("set by an editor")),
    ]
    return Table(_("How to read it"), [_("Mark"), _("Meaning")], [list(row) for row in said], [8, 60])
