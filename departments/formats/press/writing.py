"""A PDF 1.7 file, written object by object, so that a booklet of thousands of pages never stands in memory.

Plain objects go into compressed streams of a hundred or two, the cross-reference table is a stream.
"""

import hashlib
import zlib
from array import array
from typing import BinaryIO

AT_ONCE = 200  # objects in one stream: enough to compress well, few enough to be read fast


class Writer:
    """Takes objects by number and writes them to a file at once. Equal objects in equal order give equal bytes."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.digest = hashlib.sha256()
        self.length = 0
        self.places = array("Q", [0])  # by number: where it starts; or the stream it is in and its place there
        self.streamed = array("Q", [0])
        self.waiting: list[tuple[int, bytes]] = []
        self._say(b"%PDF-1.7\n%\xe7\xbb\x84\xe7\xbb\x87\n")

    def reserve(self, count: int = 1) -> int:
        """Return the first of so many new numbers."""
        first = len(self.places)
        self.places.extend([0] * count)
        self.streamed.extend([0] * count)
        return first

    def put(self, number: int, data: bytes) -> None:
        """Put an object down that is no stream."""
        self.waiting.append((number, data))
        if len(self.waiting) == AT_ONCE:
            self._flush()

    def put_stream(self, number: int, said: bytes, data: bytes) -> None:
        """Put a stream down: its dictionary without its length, and its data as they are."""
        self.places[number] = self.length
        self._say(b"%d 0 obj\n%s/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (number, said[:-2], len(data), data))

    def add(self, data: bytes) -> int:
        """Put a new object down and return its number."""
        number = self.reserve()
        self.put(number, data)
        return number

    def add_packed(self, data: bytes, said: bytes = b"<<>>") -> int:
        """Put a new stream down, compressed, and return its number."""
        number = self.reserve()
        self.put_stream(number, said[:-2] + b"/Filter/FlateDecode>>", zlib.compress(data, 6))
        return number

    def finish(self, root: int, info: int) -> None:
        """Write what ends the file."""
        self._flush()
        number = self.reserve()
        start = self.places[number] = self.length
        name = self.digest.hexdigest()[:32].encode()
        rows = bytearray(b"\0" * 7)
        for at in range(1, len(self.places)):
            kept, place = self.streamed[at], self.places[at]
            if kept:
                rows += b"\2" + kept.to_bytes(4, "big") + place.to_bytes(2, "big")
            else:
                rows += b"\1" + place.to_bytes(4, "big") + b"\0\0"
        said = b"<</Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]/Filter/FlateDecode>>"
        self.put_stream(number, said % (len(self.places), root, info, name, name), zlib.compress(bytes(rows), 6))
        self._say(b"startxref\n%d\n%%%%EOF\n" % start)

    def _flush(self) -> None:
        if not self.waiting:
            return
        number, index, at = self.reserve(), [], 0
        for place, (own, data) in enumerate(self.waiting):
            self.places[own], self.streamed[own] = place, number
            index.append(b"%d %d" % (own, at))
            at += len(data) + 1
        head = b" ".join(index) + b"\n"
        packed = zlib.compress(head + b"\n".join(data for _own, data in self.waiting), 6)
        said = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode>>" % (len(self.waiting), len(head))
        self.put_stream(number, said, packed)
        self.waiting.clear()

    def _say(self, data: bytes) -> None:
        self.file.write(data)
        self.digest.update(data)
        self.length += len(data)
