"""The fonts of paper, and no other: 宋 and 黑 of Noto CJK in their simplified Chinese face, two weights each.

The worker sees a fontconfig of its own in which nothing else exists. So no other font can slip in (a Japanese shape, a
second file under the same name), and a character that these fonts lack is known to be lacking.
"""

import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

FAMILIES = ("Noto Serif CJK SC", "Noto Sans CJK SC")
WEIGHTS = {"80": "regular", "200": "bold"}  # in fontconfig's counting


class FontsMissing(Exception):
    """A family or weight is not installed, or fontconfig itself is not; the message is the package that brings it."""


def find_fonts() -> list[Path]:
    """Return the four font files. Starts fc-list once. Raises FontsMissing."""
    return sorted({find_font(family, weight) for family in FAMILIES for weight in WEIGHTS})


def find_font(family: str, weight: str) -> Path:
    """Return the first file of the family and weight; static if it can be: a variable font takes ten times as long."""
    command = ["fc-list", "--format", "%{variable}\t%{weight}\t%{file}\n", f":family={family}"]
    try:
        listed = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise FontsMissing("fontconfig") from error
    fonts = sorted(line.split("\t") for line in listed.splitlines())
    for variable, own_weight, file in fonts:
        if own_weight == weight or variable == "True":
            return Path(file)
    raise FontsMissing("fonts-noto-cjk")


def fontconfig(files: list[Path]) -> str:
    """Return the text of a fonts.conf in which only the wanted faces of these files exist."""
    folders = sorted({str(file.parent) for file in files})
    return "\n".join(
        [
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
            *(f"<dir>{escape(folder)}</dir>" for folder in folders),
            '<cachedir>/var/cache/fontconfig</cachedir><cachedir prefix="xdg">fontconfig</cachedir>',
            "<selectfont><acceptfont>",
            *(f"<glob>{escape(str(file))}</glob>" for file in files),
            *(f'<pattern><patelt name="family"><string>{name}</string></patelt></pattern>' for name in FAMILIES),
            "</acceptfont><rejectfont><glob>*</glob>",
            '<pattern><patelt name="scalable"><bool>true</bool></patelt></pattern>',
            '<pattern><patelt name="scalable"><bool>false</bool></patelt></pattern>',
            "</rejectfont></selectfont></fontconfig>",
        ]
    )
