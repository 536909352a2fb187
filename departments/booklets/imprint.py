"""What a paper says of itself: whose it is, its number and edition, who signed it. Reference designs are nobody's."""

import base64
from dataclasses import dataclass, field

from departments.booklets.facts import edition_line, long_date
from departments.booklets.record import Revision, change_record
from departments.booklets.signatures import Signature, signatures
from departments.models import Design, Edition, Organisation


@dataclass(frozen=True, slots=True)
class Imprint:
    """The cover's words. `picture` is the logo, of type `picture_type`; `signed`: 编制, 审核, 批准."""

    company: str = ""
    company_en: str = ""
    picture: bytes = b""
    picture_type: str = ""
    document_number: str = ""
    edition: str = ""
    effective_on: str = ""
    signed: list[Signature] = field(default_factory=list)
    record: list[Revision] = field(default_factory=list)

    @property
    def logo(self) -> str:
        """The logo as an address that holds it; empty where there is none."""
        return f"data:{self.picture_type};base64,{base64.b64encode(self.picture).decode()}" if self.picture else ""


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
        picture=bytes(company.logo or b"") if company else b"",
        picture_type=company.logo_type if company else "",
        document_number=company.document_number(edition) if company else "",
        edition=said,
        effective_on=long_date(edition),
        signed=signatures(edition)[:3],
        record=change_record(edition),
    )
