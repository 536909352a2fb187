"""Finished papers on the shelf, found by what determines them: which file it is, and what it is called.

The file lies there under the hash of its content, so that equal papers, asked for in different words, are one file.
"""

import json
from dataclasses import asdict, dataclass

from departments.formats.pdf_shelf import shelf


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper that is finished: its `file` on the shelf, and the `name` it is handed out under, without an ending."""

    file: str
    name: str

    def read(self) -> bytes | None:
        """Return the paper; None where it was swept away."""
        return shelf().read(self.file)


def find(key: str) -> Kept | None:
    """Return the paper that was kept under a key. No query."""
    said = shelf().read(key)
    return Kept(**json.loads(said)) if said else None


def keep(key: str, paper: Kept) -> None:
    """Let a paper be found under a key. Raises OSError."""
    shelf().put(key, json.dumps(asdict(paper)).encode())
