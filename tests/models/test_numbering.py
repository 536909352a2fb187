"""The pattern of document numbers: what it fills in, and what it refuses."""

import pytest
from django.core.exceptions import ValidationError

from departments.models.numbering import check_pattern, numbered

VALUES = {"company": "HX", "design": "OURS", "edition": 3, "year": 2026}


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{company}-{design}-{edition:02}", "HX-OURS-03"),
        ("{design}/{year}/{edition}", "OURS/2026/3"),
        ("第{edition}版（{design}）", "第3版（OURS）"),
    ],
)
def test_places_are_filled(pattern, number):
    check_pattern(pattern)
    assert numbered(pattern, VALUES) == number


def test_a_company_without_a_code_leaves_no_hyphen():
    assert numbered("{company}-{design}-{edition:02}", {**VALUES, "company": None}) == "OURS-03"


@pytest.mark.parametrize(
    "pattern",
    ["{design}", "{edition}", "{design}-{edition}-{name}", "{design.id}-{edition}", "{design}-{edition", "{}"],
)
def test_what_would_not_number_every_paper_is_refused(pattern):
    with pytest.raises(ValidationError):
        check_pattern(pattern)
