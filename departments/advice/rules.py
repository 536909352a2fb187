"""The rules by which structures are advised, as fixtures/advice.yaml holds them."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from departments.documents.files import DocumentError, Fault
from departments.documents.fits import Structure
from departments.documents.schema import Citation
from departments.documents.values import Basis, Slug, Strict, Text, Title
from departments.models.facets import CHOICES, Priority

FILE = "advice.yaml"

Question = Literal[
    "sizes", "stages", "industries", "product_lines", "regions", "digital_maturity", "partner_reliance", "priorities"
]
Weight = Annotated[int, Field(ge=1, le=3)]


class Bounds(Strict):
    """From how many people on an organisation is medium-sized, and from how many large."""

    medium: int
    large: int


class Sizes(Strict):
    """The bounds by people in the marketing organisation, and by people in the company."""

    marketing: Bounds
    company: Bounds


class RuleSource(Citation):
    """Where a rule comes from, and the page that shows it: a design or a knowledge topic."""

    design: Slug | None = None
    topic: Slug | None = None


class Condition(Strict):
    """An answer that has consequences: one of the values to a question."""

    question: Question
    values: list[str] = Field(min_length=1)
    basis: Basis
    source: str
    reason: Text

    @model_validator(mode="after")
    def _known(self) -> "Condition":
        choices = Priority if self.question == "priorities" else CHOICES[self.question]
        if unknown := set(self.values) - set(choices.values):
            raise PydanticCustomError("unknown", "unknown value {values}", {"values": ", ".join(sorted(unknown))})
        return self


class Rule(Condition):
    """What speaks for or against a structure."""

    speaks: Literal["for", "against"]
    weight: Weight


class Unit(Condition):
    """A unit to add to any structure."""

    name: Title


class Step(Strict):
    """A change of structure as the company grows."""

    start: Structure = Field(alias="from")
    to: Structure
    source: str
    sign: Text
    changes: list[Text] = Field(min_length=1)


class Always(Strict):
    """What holds for every structure."""

    source: str
    reason: Text


class Rules(Strict):
    """The whole file. Every `source` of a rule is a key of `sources`."""

    sizes: Sizes
    sources: dict[str, RuleSource]
    structures: dict[Structure, list[Rule]]
    units: list[Unit]
    growth: list[Step]
    always: Always

    @model_validator(mode="after")
    def _sourced(self) -> "Rules":
        cited = {rule.source for rules in self.structures.values() for rule in rules} | {self.always.source}
        cited |= {unit.source for unit in self.units} | {step.source for step in self.growth}
        if unknown := cited - self.sources.keys():
            raise PydanticCustomError("unknown", "unknown source {names}", {"names": ", ".join(sorted(unknown))})
        return self


def read_rules() -> Rules:
    """Return the rules; the file is read again when it has changed. Raises DocumentError naming file, place and fault."""
    path = settings.FIXTURES_DIR / FILE
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, changed: int) -> Rules:  # noqa: ARG001  # the time is what makes it another file
    try:
        return Rules.model_validate(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader))
    except ValidationError as error:
        faults = [Fault(path.name, ".".join(map(str, e["loc"])), str(e["msg"])) for e in error.errors()]
        raise DocumentError(faults) from error
    except yaml.YAMLError as error:
        raise DocumentError([Fault(path.name, "", _("The file is not valid YAML."))]) from error
