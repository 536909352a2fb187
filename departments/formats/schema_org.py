"""schema.org: a position as an Occupation, for the page's own <script type="application/ld+json">.

The block is data: no browser runs it, and a content security policy that forbids inline scripts does not touch it.
"""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from departments.models import Section
from departments.models.entries import Entry

UNSAFE = {ord(one): f"\\u{ord(one):04X}" for one in "<>&\u2028\u2029"}


def occupation(entry: Entry, *, url: str) -> dict[str, Any]:
    """Return a position as an Occupation; what is not stated is left out. No query."""
    said = {
        "name": entry.title,
        "alternateName": [one for one in (entry.title_en, *map(str, entry.aliases)) if one],
        "identifier": entry.code,
        "url": url,
        "description": entry.summary,
        "responsibilities": _texts(entry, Section.RESPONSIBILITY),
        "skills": _texts(entry, Section.COMPETENCY) + _texts(entry, Section.QUALIFICATION, "skill", "knowledge"),
        "educationRequirements": _texts(entry, Section.QUALIFICATION, "education", "major"),
        "experienceRequirements": _texts(entry, Section.QUALIFICATION, "experience"),
        "qualifications": _texts(entry, Section.QUALIFICATION, "", "certificate", "trait", "other"),
    }
    return {"@context": "https://schema.org", "@type": "Occupation"} | {key: one for key, one in said.items() if one}


def occupation_script(entry: Entry, *, url: str) -> SafeString:
    """Return the Occupation as a data block for a page, safe whatever the texts hold."""
    data = json.dumps(occupation(entry, url=url), ensure_ascii=False).translate(UNSAFE)
    return mark_safe(f'<script type="application/ld+json">{data}</script>')  # noqa: S308  # < > & are escaped above


def _texts(entry: Entry, section: str, *aspects: str) -> list[str]:
    """Return the single statements of a section, those of the aspects where any are given; headings left out."""
    return [
        one.text
        for statement in entry.statements(section)
        for one in statement.walk()
        if one.is_leaf and (not aspects or one.aspect in aspects)
    ]
