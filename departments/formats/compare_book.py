"""A comparison as an .xlsx workbook: what became of every duty, what somebody has to decide, and who stands where."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from departments.comparison.diff import Diff, Verdict
from departments.formats.table_book import Table, table_book
from departments.models.entries import Entry


def compare_book(names: tuple[str, str], diff: Diff, labels: Mapping[Verdict, str | Promise]) -> bytes:
    """Return the workbook; one row a duty, those taken together under one number. No query."""
    title = f"{names[0]} ⇄ {names[1]}"
    heads = [_("No."), _("Verdict"), names[0], _("Holder"), names[1], _("Holder")]
    widths = [6, 12, 46, 20, 46, 20]
    duties = [
        row
        for number, one in enumerate(diff.rows, 1)
        for row in _rows(number, str(labels[one.verdict]), one.left, one.right)
    ]
    questions = [row for number, one in enumerate(diff.questions, 1) for row in _rows(number, "", one.left, one.right)]
    places = [[_place(pair.left), _place(pair.right)] for pair in diff.places]
    figures: list[list[str | int]] = [[str(labels[verdict]), number] for verdict, number in diff.counts.items()]
    figures.append([_("please decide"), len(diff.questions)])
    return table_book(
        title,
        [
            Table(_("Duties"), heads, duties, widths, fixed=2),
            Table(_("Please decide"), [heads[0], _("Your verdict"), *heads[2:]], questions, widths, fixed=2),
            Table(_("Side by side"), list(names), places, [40, 40]),
            Table(
                _("Figures"),
                [_("Verdict"), _("Number")],
                figures,
                [20, 9],
            ),
        ],
    )


def _rows(number: int, verdict: str, left: list[Entry], right: list[Entry]) -> list[list[str | int]]:
    rows: list[list[str | int]] = []
    for at in range(max(len(left), len(right))):
        said: list[str | int] = [number, verdict]
        for side in (left, right):
            said += [side[at].text, side[at].holder.title] if at < len(side) else ["", ""]
        rows.append(said)
    return rows


def _place(entry: Entry | None) -> str:
    return " › ".join(str(one) for one in (*entry.trail, entry)) if entry is not None else ""
