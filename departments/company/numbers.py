"""文件编号: the number that every paper of an own edition bears."""

from departments.models import Design, Edition, Organisation


def document_number(edition: Edition) -> str:
    """Return the edition's document number; empty for a reference design and where the company has no pattern. 0–1 query."""
    if edition.design.origin != Design.Origin.OWN:
        return ""
    organisation = Organisation.objects.current()
    return organisation.document_number(edition) if organisation else ""
