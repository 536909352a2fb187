"""Brothers in several rows: how many in which, in which order, and the line from row to row."""

import pytest

from departments.charts import Options, compose
from tests.charts.outlines import Org


def rows(org: Org, **options) -> list[list[str]]:
    """Return the titles that stand beside each other, row by row."""
    picture = compose(org.outline, Options(rows="several", **options))
    place = (lambda box: (box.y, box.x)) if picture.direction == "down" else (lambda box: (box.x, box.y))
    found: dict[int, list[str]] = {}
    for box in sorted(picture.boxes, key=place):
        found.setdefault(place(box)[0], []).append(box.name)
    return list(found.values())


def broad(departments: int, *below) -> Org:
    return Org("总部", *([f"{number}部", *below] for number in range(departments)))


@pytest.mark.parametrize("options", [{}, {"leaves": "upright"}, {"direction": "right"}])
def test_rows_are_read_from_the_first_to_the_last_and_are_about_as_long_as_each_other(options):
    first, *others = rows(broad(40), **options)
    assert first == ["总部"]
    assert [title for row in others for title in row] == [f"{number}部" for number in range(40)]
    assert len(others) > 2
    assert [len(row) % 2 for row in others[:-1]] == [0] * (len(others) - 1)
    assert len(set(map(len, others[:-1]))) == 1


def test_fewer_than_four_a_row_stay_beside_each_other():
    assert [len(row) for row in rows(broad(7))] == [1, 7]
    assert [len(row) for row in rows(broad(8))] == [1, 4, 4]


def test_who_is_below_stands_above_the_next_row():
    assert [(len(row), row[0]) for row in rows(broad(16, ("专员", {})))] == [
        (1, "总部"), (6, "0部"), (6, "专员"), (6, "6部"), (6, "专员"), (4, "12部"), (4, "专员")
    ]  # fmt: skip


def test_departments_beside_each_other_stand_in_rows_too():
    org = Org("架构", *([f"{number}部"] for number in range(16)), frame=True)
    org.line("9部", "董事会")
    picture = compose(org.outline, Options(rows="several"))
    assert len({box.y for box in picture.boxes}) > 1
    assert [stroke.end.name for stroke in picture.strokes] == ["董事会"]


def test_the_line_to_a_lower_row_runs_between_the_halves_of_the_upper():
    picture = compose(broad(16).outline, Options(rows="several"))
    last, head = picture.boxes[-1], picture.boxes[0]
    (line,) = [stroke for stroke in picture.strokes if stroke.start is last]
    crossed = [box.name for box in picture.boxes[1:9] if box.x <= head.x + head.width / 2 <= box.x + box.width]
    assert (crossed, line.points[-2][0]) == ([], head.x + head.width / 2)
