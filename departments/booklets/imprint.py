"""What a paper says of itself: whose it is, its number and edition, who signed it. Reference designs are nobody's."""

import base64
from dataclasses import dataclass, field

from departments.booklets.facts import edition_line, long_date
from departments.booklets.record import Revision, change_record
from departments.booklets.signatures import Signature, signatures
from departments.models import Design, Edition, Organisation


@dataclass(frozen=True, slots=True)
class Imprint:
    """The cover's words. `logo`: an address that holds the picture itself; `signed`: 编制, 审核, 批准."""

    company: str = ""
    company_en: str = ""
    logo: str = ""
    document_number: str = ""
    edition: str = ""
    effective_on: str = ""
    signed: list[Signature] = field(default_factory=list)
    record: list[Revision] = field(default_factory=list)


def build_imprint(edition: Edition) -> Imprint:
    """Return the imprint of an edition, read with its design. No query for a reference design, else 5; 1 more for a
    superseded one."""
    said = edition_line(edition)
    if edition.design.origin != Design.Origin.OWN:
        return Imprint(edition=said)
    company = Organisation.objects.first()
    return Imprint(
        company=company.name if company else "",
        company_en=company.name_en if company else "",
        logo=_address(company) if company else "",
        document_number=company.document_number(edition) if company else "",
        edition=said,
        effective_on=long_date(edition),
        signed=signatures(edition)[:3],
        record=change_record(edition),
    )


def _address(company: Organisation) -> str:
    """Return the logo as an address; empty where there is none."""
    if company.logo is None:
        return ""
    return f"data:{company.logo_type};base64,{base64.b64encode(company.logo).decode()}"
