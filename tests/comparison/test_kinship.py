"""Duties of akin structures: what companies made of designs of the library, and what is seen of that."""

from collections import Counter

import pytest

from departments.comparison.diff import compare, duties
from departments.comparison.kinship import are_akin, candidates
from departments.comparison.matching import ACCEPTED, DOUBTFUL, at_odds
from departments.documents import vocabulary
from departments.models.outlines import Outline
from departments.restructuring import open_edition
from tests.comparison.designs import outline
from tests.comparison.judged import Duty, lots_of_companies
from tests.comparison.judged import duties as of_library
from tests.comparison.rewritten import Pair, Rewritten, figures, lots, rewritten
from tests.factories import create_design, create_edition, publish


def taken(design: Rewritten, *, at: float = ACCEPTED) -> set[Pair]:
    found = candidates(design.before, design.after).likely
    return {pair for pair, likelihood in found.items() if likelihood >= at}


def tuned() -> list[Rewritten]:
    return [design for lot in lots() if not lots()[lot].get("held_out") for design in rewritten(lot)]


def test_the_duties_of_rewritten_designs_are_found_again():
    assert (len(tuned()), sum(len(design.same) for design in tuned())) == (8, 251)
    precision, recall = figures(tuned(), taken)
    assert precision >= 0.97
    assert recall >= 0.89


def test_what_is_not_found_is_in_part_asked_about():
    assert figures(tuned(), lambda design: taken(design, at=DOUBTFUL))[1] >= 0.95


def test_rewritten_designs_are_akin_and_those_of_the_library_are_not():
    assert [design.slug for design in tuned() if not are_akin(design.before, design.after)] == []
    library = [found for found in of_library().values() if found]
    akin = [
        (one[0].design, other[0].design)
        for at, one in enumerate(library)
        for other in library[at + 1 :]
        if are_akin(one, other)
    ]
    assert akin == []
