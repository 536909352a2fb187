"""What the open formats are made from: an edition or one branch of it, and the addresses of what is in it."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from departments.models import Edition, Kind
from departments.models.entries import Entry
from departments.models.outlines import Outline


@dataclass(frozen=True)
class Extract:
    """An edition, or the branch below `start`. What is asked of it costs no query.

    `site`: where the addresses begin, https://example.org without a slash at the end.
    """

    edition: Edition
    outline: Outline
    site: str
    start: Entry | None = None

    @property
    def title(self) -> str:
        """The name of the branch, else of the design."""
        return self.start.title if self.start else self.edition.design.name

    @cached_property
    def home(self) -> str:
        """The address of the design: the page of the department at the root is one of its pages."""
        return f"{self.site}{self.edition.design.get_absolute_url()}"

    @cached_property
    def entries(self) -> list[Entry]:
        """Everything in it, in document order, frames too."""
        return list(self.start.walk()) if self.start else self.outline.entries

    @cached_property
    def holders(self) -> list[Entry]:
        """Its departments and positions in document order, without frames."""
        return [entry for entry in self.entries if not entry.is_duty and not entry.frame]

    @cached_property
    def departments(self) -> list[Entry]:
        """Its departments."""
        return [entry for entry in self.holders if entry.is_department]

    @cached_property
    def positions(self) -> list[Entry]:
        """Its positions."""
        return [entry for entry in self.holders if entry.is_position]

    @cached_property
    def statements(self) -> list[Entry]:
        """Its duty statements and the headings over some."""
        return [entry for entry in self.entries if entry.is_duty]

    @cached_property
    def _inside(self) -> set[Entry]:
        return set(self.holders)

    @cached_property
    def _patterns(self) -> dict[str, list[str]]:
        """What stands before and after the code in the lasting address of each kind: that in the edition in force."""
        slug = self.edition.design.slug
        return {
            kind: f"{self.site}{reverse(kind, args=[slug, 'REF'])}".split("REF")
            for kind in (Kind.DEPARTMENT.value, Kind.POSITION.value)
        }

    def __contains__(self, entry: Entry | None) -> bool:
        return entry in self._inside

    def url(self, entry: Entry) -> str:
        """Return the address of an entry; a duty statement's is a place on its holder's page, a frame's the design's."""
        holder = entry.holder
        page = self.home if holder.frame else holder.ref.join(self._patterns[holder.kind])
        return f"{page}#{entry.anchor}" if entry.is_duty else page


def above(entry: Entry) -> Entry | None:
    """Return the department or position an entry stands in, frames passed over."""
    trail = entry.trail
    return trail[-1] if trail else None


def one_line(text: str) -> str:
    """Return the text on one line, without control characters."""
    return " ".join("".join(char if char.isprintable() or char.isspace() else " " for char in text).split())
