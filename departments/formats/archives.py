"""Archives whose bytes depend on nothing but what is in them; and those somebody sends, looked at before they are opened."""

import hashlib
import io
import struct
import zlib
from collections.abc import Mapping
from lzma import LZMAError
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # how the files of Office before 2007 begin, and those a password protects
SEALED = "EncryptedPackage".encode("utf-16-le")
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


def old_office(content: bytes, *, otherwise: str) -> str:
    """Return why a file is no archive of XML: a password protects it, or it is `otherwise`; empty where it may be one."""
    if not content.startswith(OLD_OFFICE):
        return ""
    if SEALED in content:
        return _("A password protects this file. Save it without one and send that.")
    return otherwise


BROKEN = (
    BadZipFile,
    LZMAError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    EOFError,
    struct.error,
    zlib.error,
)


def refused(content: bytes, *, otherwise: str, most: tuple[int, int, int], holds: str = "") -> str:
    """Return why a file of XML in an archive is not even opened, empty where it may be.

    `holds`: the member it must have, if any, else it is `otherwise`; `most`: bytes, members, bytes unfolded. Nothing is parsed.
    """
    largest, members, unfolded = most
    if len(content) > largest:
        return _("The file is larger than %d MB.") % (largest // 1024**2)
    try:
        with ZipFile(io.BytesIO(content)) as made:
            found = made.infolist()
            if len(found) > members or sum(member.file_size for member in found) > unfolded:
                return _("The file unfolds to more than is read.")
            for member in found:
                with made.open(member) as part:
                    if b"<!DOCTYPE" in part.read(2048):
                        return _("The file defines entities of its own, which is not allowed.")
            if holds and holds not in made.namelist():
                return otherwise
    except BROKEN:
        return otherwise
    return ""
