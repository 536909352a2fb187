"""The schema and the tables agree: what a document may hold, PostgreSQL can store."""

from typing import Any, get_args

import pytest
from annotated_types import Le, MaxLen
from django.db import models
from pydantic import StringConstraints

from departments.documents import schema, values
from departments.documents.fits import Fits
from departments.models import Classification, Design, Node, Process, Relation, Step
from departments.models.facets import CHOICES, Aspect
from departments.models.nodes import Section

# a part of the document, the table its keys are columns of, and the columns with another name
TABLES: list[tuple[type[schema.Strict], type[models.Model], dict[str, str]]] = [
    (schema.Design, Design, {}),
    (schema.Department, Node, {}),
    (schema.Position, Node, {}),
    (schema.Duty, Node, {}),
    (schema.Headcount, Node, {key: f"headcount_{key}" for key in schema.Headcount.model_fields}),
    (schema.Rating, Node, {key: f"rating_{key}" for key in schema.Rating.model_fields}),
    (schema.Relation, Relation, {}),
    (schema.Superior, Relation, {}),
    (schema.Process, Process, {}),
    (schema.Step, Step, {}),
]


def limits(annotation: Any, metadata: list[Any]) -> tuple[int | None, int | None]:
    """Return the greatest length and the greatest number that the annotation lets through."""
    length = number = None
    for one in metadata:
        if isinstance(one, MaxLen):
            length = one.max_length if length is None else min(length, one.max_length)
        if isinstance(one, StringConstraints) and one.max_length:
            length = one.max_length if length is None else min(length, one.max_length)
        if isinstance(one, Le):
            number = one.le
        if hasattr(one, "metadata"):  # a Field inside Annotated
            inner = limits(None, one.metadata)
            length, number = inner[0] or length, inner[1] or number
    for argument in get_args(annotation) if annotation is not None else ():
        if isinstance(argument, str):  # a Literal
            length = max(length or 0, len(argument))
        elif not isinstance(argument, type):
            inner = limits(argument, list(getattr(argument, "__metadata__", ())))
            length, number = inner[0] or length, inner[1] or number
    return length, number


def columns() -> list[tuple[str, Any, Any]]:
    found = []
    for part, model, names in TABLES:
        stored = {field.name: field for field in model._meta.concrete_fields}
        for key, info in part.model_fields.items():
            field = stored.get(names.get(key, key))
            if field is not None and not field.is_relation:
                found.append((f"{part.__name__}.{key}", info, field))
    return found


@pytest.mark.parametrize(
    ("name", "info", "field"), columns(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_text_and_numbers_fit_their_column(name: str, info: Any, field: Any) -> None:
    length, number = limits(info.annotation, info.metadata)
    if isinstance(field, models.CharField):
        assert length is not None
        assert length <= field.max_length
    elif isinstance(field, models.PositiveSmallIntegerField):
        assert number is not None
        assert number <= 32767
    elif isinstance(field, models.PositiveIntegerField):
        assert number is not None
        assert number <= 2147483647


@pytest.mark.parametrize(("facet", "choices"), CHOICES.items())
def test_values_of_a_facet_are_those_that_have_words(facet: str, choices: Any) -> None:
    annotation = Fits.model_fields[facet].annotation
    literals = {value for part in (annotation, *get_args(annotation)) for value in get_args(part)}
    assert {value for value in literals if isinstance(value, str)} == set(choices.values)


def test_facets_are_those_of_the_table() -> None:
    keys = set(Fits.model_fields) - {"wording", "inferred"}
    assert keys == set(Classification.Facet.values)


def test_sections_and_aspects_are_those_that_have_words() -> None:
    assert set(get_args(values.Section)) == set(Section.values)
    assert set(get_args(values.Aspect)) == set(Aspect.values)
