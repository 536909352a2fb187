"""The shelf: what is put there whole is there, and the longest unused goes first."""

import os
from contextlib import suppress
from pathlib import Path

from departments.formats.pdf_shelf import Shelf

HOUR = 3600


def names(shelf: Shelf) -> list[str]:
    """Return what lies on it."""
    return sorted(path.name for path in shelf.folder.glob("*/*"))


def age(shelf: Shelf, name: str, hours: int) -> None:
    """Let a file be unused for so long."""
    past = shelf.path(name).stat().st_mtime - hours * HOUR
    os.utime(shelf.path(name), (past, past))


def test_what_is_put_is_read_and_nothing_else_lies_there(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, megabytes=1)
    shelf.put("aa1", b"one")
    assert (shelf.has("aa1"), shelf.read("aa1"), shelf.read("aa2")) == (True, b"one", None)
    assert names(shelf) == ["aa1"]
    with suppress(ValueError), shelf.place("aa2") as new:
        new.write_bytes(b"ha")
        raise ValueError  # whoever writes it fails half-way
    assert names(shelf) == ["aa1"]
    shelf.drop(["aa1", "aa2"])
    assert (shelf.has("aa1"), names(shelf)) == (False, [])


def test_longest_unused_goes_first_and_no_more_than_must(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, megabytes=1)
    for number in range(4):
        shelf.put(f"{number}0", bytes(300_000))
        age(shelf, f"{number}0", 4 - number)
    assert shelf.has("00")  # used again: now the youngest
    shelf.sweep()
    assert names(shelf) == ["00", "20", "30"]


def test_sweep_leaves_a_shelf_alone_that_is_not_full(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, megabytes=1)
    for number in range(3):
        shelf.put(f"{number}0", bytes(300_000))
    shelf.sweep()
    assert names(shelf) == ["00", "10", "20"]
