"""Prose cut into statements."""

import re

from departments.formats.recognition.words import NEW_CLAUSE

LEADS_ON = re.compile(r"(?:根据|按|依据|通过|围绕|结合|为|在|与|和|以|对|从|经|参照|同时|并|由|当|如)")
NOTHING = " 。；;：:，,、.—-"
MORE = re.compile(r"(?:如|例如|包括)[：:]?$")


def trimmed(text: str) -> str:
    """Return a statement without blanks and stops around it, and without what opens a bracket and never closes it."""
    text = text.strip(NOTHING)
    if text.count("（") < text.count("）"):
        text = text.rstrip("）") if text.endswith("）") else text
    return text


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph."""
    return [part for part in map(trimmed, re.split(r"[。；;]", text)) if len(part) > 1]


def clauses(text: str) -> list[str]:
    """Return what a run of clauses asks for, one duty each: 负责制定策略，监督团队，达成目标 is three.

    A clause that only says why, how or of what (提高…, 为…, 包括…) stays with the one before.
    """
    found: list[str] = []
    for sentence in sentences(text):
        begun = False
        for clause in re.split(r"[，,]", sentence):
            opens = NEW_CLAUSE.match(clause) and len(clause) >= 4
            if begun and opens and not LEADS_ON.match(found[-1].rpartition("，")[2]):
                found.append(clause)
            elif begun:
                found[-1] += f"，{clause}"
            else:
                found.append(clause)
            begun = True
    return [one for one in map(trimmed, found) if len(one) > 1]
