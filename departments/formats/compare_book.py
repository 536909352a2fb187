"""A comparison as an .xlsx workbook: what became of every duty and why, what somebody has to decide, who stands where."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from departments.comparison.verdicts import Diff, Question, Row, Verdict
from departments.formats.table_book import Table, table_book
from departments.models.entries import Entry


def compare_book(names: tuple[str, str], diff: Diff, labels: Mapping[Verdict, str | Promise]) -> bytes:
    """Return the workbook; one row a duty, those taken together under one number. No query."""
    title = f"{names[0]} ⇄ {names[1]}"
    heads = [_("No."), _("Verdict"), names[0], _("Who has it"), names[1], _("Who has it"), _("Both say")]
    widths = [6, 10, 42, 17, 42, 17, 26]
    duties = [row for number, one in enumerate(diff.rows, 1) for row in _rows(number, str(labels[one.verdict]), one)]
    questions = [row for number, one in enumerate(diff.questions, 1) for row in _rows(number, "", one)]
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


def _rows(number: int, verdict: str, one: Row | Question) -> list[list[str | int]]:
    """Return the rows of duties taken together; the first says what they have in common."""
    rows: list[list[str | int]] = []
    for at in range(max(len(one.left), len(one.right))):
        said: list[str | int] = [number, verdict]
        for side in (one.left, one.right):
            said += [side[at].text, side[at].holder.title] if at < len(side) else ["", ""]
        rows.append([*said, _("; ").join(one.shared) if at == 0 else ""])
    return rows


def _place(entry: Entry | None) -> str:
    return " › ".join(str(one) for one in (*entry.trail, entry)) if entry is not None else ""
