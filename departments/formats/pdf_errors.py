"""Why there is no PDF, in sentences for the reader."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class PaperError(Exception):
    """No PDF could be made; its text is a sentence for the reader, in the reader's language."""

    sentence: str | Promise = _("The PDF could not be made. The reason has been logged.")

    def __init__(self, **details: object):
        self.details = details
        super().__init__(details)

    def __str__(self) -> str:
        return str(self.sentence) % self.details


class TooSlow(PaperError):
    """It used more processor time, or took longer, than one document may."""

    sentence = _("The PDF was stopped because it took too long. Print one department at a time, or shorten its texts.")


class TooLarge(PaperError):
    """It needed more memory than one document may."""

    sentence = _("The PDF was stopped because it grew too large. Print one department at a time, or shorten its texts.")


class Busy(PaperError):
    """Other documents were in front for too long."""

    sentence = _("Other PDFs are being made. Try again in a minute.")


class Cancelled(PaperError):
    """Who asked for it has stopped it."""

    sentence = _("The printing was stopped.")


class MissingGlyph(PaperError):
    """Our fonts cannot draw some characters: `missing` maps each to the words around it."""

    sentence = _(
        "The PDF was not made because no font can print %(characters)s (in “%(place)s”). Replace it and try again."
    )

    def __init__(self, missing: dict[str, str]):
        self.missing = missing
        named = ", ".join(f"U+{ord(character[0]):04X}" for character in missing)
        super().__init__(characters=named, place=next(iter(missing.values()), ""))


class PackageMissing(PaperError):
    """Something that printing needs is not installed; everything else works."""

    sentence = _("PDFs need the package %(package)s. Install it with “apt-get install %(package)s”.")


class PartGone(PaperError):
    """A part that lay ready was damaged or taken away meanwhile; made anew it may be there."""
