"""What a document says of a design beside its tree, taken over by an own design that was made for it."""

from departments.documents import schema
from departments.documents.loading import classifications, identify
from departments.models import Classification, Design
from departments.models.bulk import write


def describe(design: Design, given: schema.Design) -> None:
    """Let the design be and suit what the document says; its own name, and that it is own, stay. 3 queries."""
    name, name_en = design.name, design.name_en
    identify(design, given)
    design.name, design.name_en, design.origin = name, name_en or given.name_en, Design.Origin.OWN
    design.save()
    design.classifications.all().delete()
    names = ("design", "facet", "value", "inferred", "order")
    write(Classification, names, classifications(design.pk, given.fits))
