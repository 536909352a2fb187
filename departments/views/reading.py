"""What nearly every page starts with: a design, the edition read, and its outline."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from departments.models import Design, Edition
from departments.models.outlines import Entry, Outline


@dataclass(frozen=True)
class Reading:
    """One edition of a design, whole, in memory: what is asked of it costs no query."""

    design: Design
    edition: Edition
    outline: Outline

    def url(self, name: str, *args: object) -> str:
        """Return the address of a page of this design."""
        return reverse(name, args=[self.design.slug, *args])

    def entry_url(self, entry: Entry) -> str:
        """Return the page of a department or position; a duty's is its holder's page at the duty."""
        if entry.is_duty:
            return f"{self.entry_url(entry.holder)}#{entry.anchor}"
        return self.url(entry.kind, entry.ref)

    def entry_or_404(self, kind: str, ref: str) -> Entry:
        """Return the department or position named in an address. Raises Http404."""
        entry = self.outline.find(ref)
        if entry is None or entry.kind != kind or entry.frame:
            raise Http404
        return entry


def reading_or_404(slug: str) -> Reading:
    """Return the edition in force of the design. Costs 4 queries. Raises Http404."""
    editions = Edition.objects.in_force().select_related("design__variant_of")
    edition = editions.filter(design__slug=slug).first()
    if edition is None:
        raise Http404
    return Reading(edition.design, edition, Outline(edition))
