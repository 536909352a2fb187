"""Archives whose bytes depend on nothing but what is in them."""

import hashlib
import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FILE = 0o100644 << 16  # what a file is on Unix: read by all, written by its owner


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a .zip of the files (name → content) in the order given, every one dated 1980-01-01."""
    file = io.BytesIO()
    with ZipFile(file, "w") as made:
        for name, content in files.items():
            member = ZipInfo(name)
            member.compress_type = ZIP_DEFLATED
            member.create_system = 3  # Unix, whatever this runs on
            member.external_attr = FILE
            made.writestr(member, content, compresslevel=6)
    return file.getvalue()


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Return the SHA-256 of every file as `sha256sum --check` reads it."""
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items()]
    return "".join(lines).encode()
