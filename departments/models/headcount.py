"""定员: the forms a headcount takes, how it is said, and how headcounts add up without inventing a 0 or a 1."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Form(models.TextChoices):
    """How a source states a headcount."""

    NUMBER = "number", _("a number")
    RANGE = "range", _("a range")
    PER = "per", _("per something")
    AS_NEEDED = "as_needed", _("as needed")
    SEVERAL = "several", _("several")
    UNSTATED = "unstated", _("not stated")


@dataclass(frozen=True, slots=True)
class Headcount:
    """One headcount as the source states it; people, `min` and `max` inclusive."""

    form: str = Form.UNSTATED
    min: int | None = None
    max: int | None = None
    per: str = ""
    varies_with: str = ""
    basis: str = "stated"
    filled: int | None = None

    def __bool__(self) -> bool:
        return self.form != Form.UNSTATED

    def __str__(self) -> str:
        """Say it in the reader's language; empty where not stated."""
        if self.form == Form.NUMBER and self.min is not None:
            return _people(self.min, self.min)
        if self.form == Form.RANGE and self.min is not None:
            return _people(self.min, self.max)
        if self.form == Form.SEVERAL and self.min:
            return str(_("several (at least %(n)d)") % {"n": self.min})
        return {Form.PER: self.per, Form.AS_NEEDED: str(_("as needed")), Form.SEVERAL: str(_("several"))}.get(
            Form(self.form), ""
        )

    @property
    def vacant(self) -> int | None:
        """How many are wanting (缺编); negative where there are too many; None where nobody knows."""
        if self.form not in (Form.NUMBER, Form.RANGE) or self.filled is None or self.min is None:
            return None
        most = self.filled if self.max is None else self.max
        return max(self.min - self.filled, 0) + min(most - self.filled, 0)

    @property
    def inferred(self) -> bool:
        """Whether we concluded it."""
        return self.basis == "inferred"


@dataclass(frozen=True, slots=True)
class HeadcountSum:
    """What a group of positions comes to: people counted, and the positions that give no number."""

    least: int = 0
    most: int | None = 0
    counted: int = 0
    per: int = 0
    as_needed: int = 0
    several: int = 0
    unstated: int = 0

    def __str__(self) -> str:
        """Say 至少 8 人，另 7 岗视情况、3 岗未列明; not stated alone where nothing is known."""
        others = [
            text % {"n": number}
            for text, number in (
                (ngettext("%(n)d position staffed per unit", "%(n)d positions staffed per unit", self.per), self.per),
                (ngettext("%(n)d position as needed", "%(n)d positions as needed", self.as_needed), self.as_needed),
                (
                    ngettext("%(n)d position with several people", "%(n)d positions with several people", self.several),
                    self.several,
                ),
                (ngettext("%(n)d position not stated", "%(n)d positions not stated", self.unstated), self.unstated),
            )
            if number
        ]
        listed = str(_(", ")).join(others)
        if not self.counted:
            return listed if self.per or self.as_needed or self.several else str(_("not stated"))
        people = _people(self.least, None if others else self.most)
        return str(_("%(people)s, besides %(others)s") % {"people": people, "others": listed}) if others else people


def total(headcounts: Iterable[Headcount]) -> HeadcountSum:
    """Add headcounts up. A form without a number is counted as a position, never as people."""
    least, most, counted = 0, 0, 0
    bounded = True
    forms = dict.fromkeys(Form.values, 0)
    for one in headcounts:
        if one.min is not None and one.form in (Form.NUMBER, Form.RANGE, Form.SEVERAL):
            counted += 1
            least += one.min
            most += one.max or 0
            bounded = bounded and one.max is not None
        else:
            forms[Form.UNSTATED if one.form in (Form.NUMBER, Form.RANGE) else one.form] += 1
    return HeadcountSum(
        least=least,
        most=most if bounded else None,
        counted=counted,
        per=forms[Form.PER],
        as_needed=forms[Form.AS_NEEDED],
        several=forms[Form.SEVERAL],
        unstated=forms[Form.UNSTATED],
    )


def _people(least: int, most: int | None = None) -> str:
    """Say 5 人, 2–3 人 or, where nothing bounds it, 至少 2 人; give a number twice where it is exact."""
    if most is None:
        return ngettext("at least %(n)d person", "at least %(n)d people", least) % {"n": least}
    if most == least:
        return ngettext("%(n)d person", "%(n)d people", least) % {"n": least}
    return str(_("%(min)d–%(max)d people") % {"min": least, "max": most})
