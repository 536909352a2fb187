"""What nearly every page starts with: a design, the edition read, and its outline; and how an address names them."""

from departments.reading import DRAFT, Reading, reading_or_404

__all__ = ["DRAFT", "EditionConverter", "Reading", "reading_or_404"]


class EditionConverter:
    """What stands for a design in an address: `slug` (its edition in force), `slug/draft` or `slug/editions/2`."""

    regex = rf"[-a-zA-Z0-9_]+(?:/{DRAFT}|/editions/[0-9]{{1,9}})?"

    def to_python(self, value: str) -> str:
        """Return it as it is: `reading_or_404` takes it apart."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it is."""
        return value
