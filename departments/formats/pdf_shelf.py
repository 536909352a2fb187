"""What is printed, kept on disk under the hash of all that determines it; bounded in size, the longest unused goes first.

Files are written under another name and then renamed, so that a reader in any process or on any machine that shares the
folder sees a whole file or none. A file that is used is touched; the time of its last use is that of its last change.
"""

import contextlib
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

KEPT_FRESH = 3600  # seconds: a file used since then is not touched again
SWEPT_EVERY = 64  # files put on the shelf between two looks at its size


class Shelf:
    """A folder of files by name."""

    def __init__(self, folder: Path, *, megabytes: int):
        self.folder = folder
        self.limit = megabytes * 1024 * 1024
        self.puts = 0

    def path(self, name: str) -> Path:
        """Return where a file of that name is or would be."""
        return self.folder / name[:2] / name

    def has(self, name: str) -> bool:
        """Whether the file is there; it then counts as used."""
        path = self.path(name)
        try:
            used = path.stat().st_mtime
        except OSError:
            return False
        if time.time() - used > KEPT_FRESH:
            with contextlib.suppress(OSError):
                os.utime(path)
        return True

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes; None where there is none."""
        if not self.has(name):
            return None
        try:
            return self.path(name).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, name: str, data: bytes) -> None:
        """Write a file; a full disk loses nothing but time."""
        with self.place(name) as new:
            new.write_bytes(data)

    @contextlib.contextmanager
    def place(self, name: str) -> Iterator[Path]:
        """Give a path to write a file to, by whatever process; once it is whole it is put on the shelf."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{name}.{secrets.token_hex(8)}.new")
        try:
            yield new
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
        self.puts += 1
        if self.puts % SWEPT_EVERY == 1:
            self.sweep()

    def drop(self, names: Iterable[str]) -> None:
        """Take files away."""
        for name in names:
            self.path(name).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what was not used for longest, until the rest is within the limit with a tenth to spare."""
        found = []
        for path in self.folder.glob("*/*"):
            with contextlib.suppress(OSError):
                status = path.stat()
                found.append((status.st_mtime, status.st_size, path))
        size = sum(one[1] for one in found)
        if size <= self.limit:
            return
        for _used, own, path in sorted(found):
            if size <= 0.9 * self.limit:
                break
            with contextlib.suppress(OSError):
                path.unlink()
                size -= own


_shelves: dict[tuple[Path, int], Shelf] = {}


def shelf() -> Shelf:
    """Return the shelf in the data folder."""
    key = (Path(str(settings.DATA_DIR)) / "paper", settings.PDF_SHELF_MB)
    return _shelves.setdefault(key, Shelf(key[0], megabytes=key[1]))
