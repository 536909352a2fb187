"""The departments and positions recognised so far: found again by name, put where they belong."""

from departments.formats.recognition.parts import GUESSED, SURE, Part
from departments.formats.recognition.words import DEPARTMENT_ENDS, STEMS, is_department


class Holders:
    """The tree under construction. `base` is the department the source as a whole is about, once it was named."""

    def __init__(self) -> None:
        self.top = Part("department", "")
        self.base: Part | None = None
        self._above: dict[Part, Part] = {}

    def find(self, kind: str, title: str) -> Part | None:
        """Return who has this title; of positions also one that was only listed, under a longer or shorter name."""
        known = [part for part in self._above if part.kind == kind]
        exact = next((part for part in known if part.text == title), None)
        if exact or kind == "department":
            return exact
        alike = [part for part in known if len(title) > 2 and _is_alike(part, title)]
        return alike[0] if len(alike) == 1 else None

    def department(
        self, title: str, line: int, under: Part | None = None, certainty: float = SURE, *, of_a_form: bool = False
    ) -> Part:
        """Return the department of this name, made where it is new: under another, or under what the source is about.

        The first one is what the source is about, unless a form only says that a position belongs to it.
        """
        found = self.find("department", title)
        if found is None:
            found = self._put(
                Part("department", title, certainty=certainty, lines=[line]), under or self.base or self.top
            )
            if self.base is None and not of_a_form:
                self.base = found
        return found

    def position(self, title: str, line: int, under: Part | None = None, certainty: float = SURE) -> Part:
        """Return the position of this name, made where it is new: under the department of its stem, else where it was read."""
        found = self.find("position", title)
        if found is None:
            found = Part("position", title, certainty=certainty, lines=[line])
            place = self._of_its_name(title) or under or self.base or self.top
            self._put(found, place)
        return found

    def place(self, part: Part, under: Part) -> None:
        """Put a part elsewhere, as its form says."""
        if part is not under and part in self._above:
            self._above[part].children.remove(part)
            self._put(part, under)

    def above(self, part: Part) -> Part | None:
        """Return what a part stands under."""
        return self._above.get(part)

    def _put(self, part: Part, under: Part) -> Part:
        under.children.append(part)
        self._above[part] = under
        return part

    def _of_its_name(self, title: str) -> Part | None:
        """Return the department whose name the title begins with, or shares the stem of: 公关科主任, 销售总监 of 销售部."""
        departments = [part for part in self._above if part.kind == "department"]
        begun = [part for part in departments if title.startswith(part.text)]
        if begun:
            return max(begun, key=lambda part: len(part.text))
        stem = stem_of(title)
        return next((part for part in departments if stem and stem_of(part.text) == stem), None)

    def guess(self, title: str, line: int, expects: str, under: Part | None) -> Part:
        """Return a department or position that only its place in the source says to be one."""
        if expects == "department" or is_department(title):
            return self.department(title, line, under, GUESSED)
        return self.position(title, line, under, GUESSED)


def _is_alike(part: Part, title: str) -> bool:
    """Whether a title is short for a position's, or the other way round where the position was only listed so far."""
    if part.text.startswith(title):
        return True
    return not part.children and (part.text.endswith(title) or title.endswith(part.text))


def stem_of(title: str) -> str:
    """Return a name without its ending: 人力资源经理 and 人力资源部 are both 人力资源."""
    for end in (*STEMS, *DEPARTMENT_ENDS):
        if title.endswith(end) and len(title) > len(end) + 1:
            return title[: -len(end)]
    return ""
