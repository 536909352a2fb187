"""Sheets of paper, A4 to A1: how large a chart can be on each, and which is the smallest on which it can be read."""

from collections.abc import Sequence
from dataclasses import dataclass

from departments.charts.picture import Picture
from departments.charts.sizes import ENGLISH, NOTE

LEAST_POINTS = 6.5  # the smallest type that carries a title
MARGIN = 12  # mm, around the sheet
HEAD, LEGEND, BLOCK = 13, 11, 13  # mm, taken from the height of an A4 by the name, the legend, the title block
LARGER = {"a4": 1.0, "a3": 1.2, "a2": 1.6, "a1": 2.2}  # times these are on other sheets
LARGEST = {"a4": 1.2, "a3": 1.7, "a2": 2.4, "a1": 3.4}  # times as on the screen: a poster is read from further away
PX_PER_MM = 96 / 25.4
POINTS_PER_PX = 0.75


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper, mm."""

    name: str  # of the page in chart.css on paper
    width: int
    height: int

    @property
    def size(self) -> str:
        """A4 … A1 in small letters, whichever way it is held."""
        return self.name.partition("-")[0]

    @property
    def free(self) -> tuple[float, float]:
        """How broad and how high a drawing on it may be, px."""
        around = 2 * MARGIN + (HEAD + LEGEND + BLOCK) * LARGER[self.size]
        across, along = self.width - 2 * MARGIN, self.height - around
        return across * PX_PER_MM, along * PX_PER_MM

    def room(self, width: float, height: float) -> float:
        """Return how many times larger a picture of that size (px) might be."""
        across, along = self.free
        return min(across / width, along / height)


SHEETS = (
    (Sheet("a4-portrait", 210, 297), Sheet("a4-landscape", 297, 210)),
    (Sheet("a3-portrait", 297, 420), Sheet("a3-landscape", 420, 297)),
    (Sheet("a2-portrait", 420, 594), Sheet("a2-landscape", 594, 420)),
    (Sheet("a1-portrait", 594, 841), Sheet("a1-landscape", 841, 594)),
)


def least(picture: Picture) -> float:
    """Return the scale below which a picture cannot be read: marks and numbers may be smaller than its titles."""
    smallest = ENGLISH if any(box.english for box in picture.boxes) else NOTE
    return LEAST_POINTS / (smallest * POINTS_PER_PX)


def better_way(size: str, picture: Picture) -> Sheet:
    """Return the sheet of that size, upright or across, on which the picture is larger."""
    sheets = next(pair for pair in SHEETS if pair[0].size == size)
    return max(sheets, key=lambda sheet: sheet.room(picture.width, picture.height))


def smallest_size(pictures: Sequence[Picture]) -> str:
    """Return the smallest size on which every picture can be read; the largest where there is none."""
    for pair in SHEETS:
        size = pair[0].size
        if all(scale(size, picture) >= least(picture) for picture in pictures):
            return size
    return SHEETS[-1][0].size


def scale(size: str, picture: Picture) -> float:
    """Return how large a picture is drawn on paper of that size."""
    return min(LARGEST[size], better_way(size, picture).room(picture.width, picture.height))
