"""A paper for Word. A room of its own: what it imports holds some 15 MB, which a process that prints PDFs does without."""

import hashlib
from dataclasses import dataclass

from departments.booklets.options import Options
from departments.formats import docx, pdf
from departments.formats.pdf_shelf import shelf
from departments.models import Edition, WordTemplate
from departments.models.outlines import Outline
from departments.printing.papers import Cancelled, NotWritten, Progress

FEW = 4  # drawings that are painted within about half a second


@dataclass(frozen=True, slots=True)
class Script:
    """A Word file, its drawings painted one by one and its text written at once."""

    manuscript: docx.Manuscript

    @property
    def is_quick(self) -> bool:
        """Whether all but a few of its drawings were painted before."""
        return self.manuscript.unpainted <= FEW

    def make(self, *, progress: Progress, cancelled: Cancelled) -> bytes:
        """Return the Word file."""

        def count(done: int, total: int) -> None:
            if cancelled():
                raise pdf.Cancelled
            progress(done, total)

        try:
            return self.manuscript.write(count)
        except (docx.BadTemplate, docx.TooLong) as error:
            raise NotWritten(reason=str(error)) from error

    def put(self, content: bytes) -> str:
        """Put it on the shelf under the hash of its content."""
        name = hashlib.sha256(content).hexdigest()
        if not shelf().has(name):
            shelf().put(name, content)
        return name


def script(edition: Edition, outline: Outline, options: Options) -> Script:
    """Return the Word file that is asked for, in the template in use. Costs what `docx.ordered` does, and 1 query."""
    return Script(docx.ordered(edition, outline, options, WordTemplate.objects.content_in_use()))
