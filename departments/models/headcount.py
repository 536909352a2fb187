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
        if self.form == Form.NUMBER:
            return ngettext("%(n)d person", "%(n)d people", self.min or 0) % {"n": self.min}
        if self.form == Form.RANGE and self.max is None:
            return str(_("at least %(n)d people") % {"n": self.min})
        if self.form == Form.RANGE:
            return str(_("%(min)d–%(max)d people") % {"min": self.min, "max": self.max})
        if self.form == Form.SEVERAL and self.min:
            return str(_("several (at least %(n)d)") % {"n": self.min})
        return {Form.PER: self.per, Form.AS_NEEDED: str(_("as needed")), Form.SEVERAL: str(_("several"))}.get(
            Form(self.form), ""
        )

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
        """Say 至少 8 人，另 7 岗视情况、3 岗未列明; 未列明 alone where nothing is known."""
        if not (self.counted or self.per or self.as_needed or self.several):
            return str(_("not stated"))
        exact = self.most == self.least and not (self.per or self.as_needed or self.several or self.unstated)
        people = ""
        if self.counted and exact:
            people = ngettext("%(n)d person", "%(n)d people", self.least) % {"n": self.least}
        elif self.counted and self.most is not None and self.most > self.least and not self._open:
            people = str(_("%(min)d–%(max)d people") % {"min": self.least, "max": self.most})
        elif self.counted:
            people = str(_("at least %(n)d people") % {"n": self.least})
        others = [
            text % {"n": number}
            for text, number in (
                (_("%(n)d positions per need of their own"), self.per),
                (_("%(n)d positions as needed"), self.as_needed),
                (_("%(n)d positions with several people"), self.several),
                (_("%(n)d positions not stated"), self.unstated),
            )
            if number
        ]
        if not others:
            return people
        listed = str(_(", ")).join(others)
        return str(_("%(people)s, besides %(others)s") % {"people": people, "others": listed}) if people else listed

    @property
    def _open(self) -> bool:
        return bool(self.per or self.as_needed or self.several or self.unstated)


def total(headcounts: Iterable[Headcount]) -> HeadcountSum:
    """Add headcounts up. A form without a number is counted as a position, never as people."""
    least, most, counted = 0, 0, 0
    bounded = True
    forms = dict.fromkeys(Form.values, 0)
    for one in headcounts:
        forms[one.form] += 1
        if one.form in (Form.NUMBER, Form.RANGE):
            counted += 1
            least += one.min or 0
            most += one.max or 0
            bounded = bounded and one.max is not None
    return HeadcountSum(
        least=least,
        most=most if bounded else None,
        counted=counted,
        per=forms[Form.PER],
        as_needed=forms[Form.AS_NEEDED],
        several=forms[Form.SEVERAL],
        unstated=forms[Form.UNSTATED],
    )
