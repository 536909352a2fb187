"""What a text shares with the sources word for word, told without the sources: of each run of twelve characters a digest.

    python tests/expected/copying.py SOURCES_FOLDER

writes source_runs.bin beside this file. Punctuation, spaces, digits and Latin letters are left out on both sides.
"""

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

LONG = 12  # characters in a row from which on it is a copy
BYTES = 5  # of a digest: one false alarm in 25 million runs
FILE = Path(__file__).parent / "source_runs.bin"
NOT_HAN = re.compile(r"[^\u4e00-\u9fff]+")


def digests(text: str) -> Iterator[bytes]:
    """Yield the digest of every run of twelve characters, in order. `text` has Chinese characters alone."""
    for start in range(len(text) - LONG + 1):
        yield hashlib.blake2b(text[start : start + LONG].encode(), digest_size=BYTES).digest()


def source_runs() -> set[bytes]:
    """Return the digests of the sources."""
    content = FILE.read_bytes()
    return {content[at : at + BYTES] for at in range(0, len(content), BYTES)}


def shared(line: str, sources: set[bytes]) -> Iterator[str]:
    """Yield the longest runs of a line that stand in the sources too."""
    text = NOT_HAN.sub("", line)
    start = end = 0
    for at, digest in enumerate(digests(text)):
        if digest not in sources:
            continue
        if at > end - LONG + 1 and end:
            yield text[start:end]
            start = at
        elif not end:
            start = at
        end = at + LONG
    if end:
        yield text[start:end]


def main(folder: Path) -> None:
    """Store the digests of all texts of a folder."""
    found: set[bytes] = set()
    for file in folder.glob("*.txt"):
        text = file.read_text(encoding="utf-8")
        for read in (text, text.replace("(de)", "的")):  # as one of them was spelt
            found.update(digests(NOT_HAN.sub("", read)))
    FILE.write_bytes(b"".join(sorted(found)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
