"""A design document, damaged in any way, goes into a draft or is refused in words; never an error, never a broken tree."""

import json
import uuid
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from departments.documents.files import to_json
from departments.documents.writing import document
from departments.formats.importing import Stale, carry_out, look
from departments.models import Edition
from departments.models.outlines import Outline
from departments.restructuring import Refused
from departments.restructuring.checking import breaches
from tests.factories import rows_of
from tests.formats.extracts import bureau, extract
from tests.views.people import own_design

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(db: None) -> Edition:
    design = own_design(extract(bureau()).edition.design, in_force=False)
    return design.editions.select_related("design").get()


def mappings(part: Any) -> list[dict[str, Any]]:
    """Return every mapping in a document, the outermost first."""
    if isinstance(part, dict):
        return [part, *(one for value in part.values() for one in mappings(value))]
    return [one for value in part for one in mappings(value)] if isinstance(part, list) else []


WORDS = st.sampled_from(
    ["", " ", "HEAD", "head", "G1", "G2-STAFF", "department", "position", "duty", "top", "solid", "stated", "number",
     "reports_to", "经理", "长" * 121, "长" * 4001, "a b", "\x00", "\u2028", "no-such", "brand", "市场部"]
)  # fmt: skip
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-1, 2_000_000), WORDS, st.just([]), st.just({}), st.lists(WORDS, max_size=2)
)


@st.composite
def damaged(draw: Any, whole: dict[str, Any]) -> dict[str, Any]:
    """Return the document after some of: a value changed, a key lost, a node or a uid twice, a branch moved."""
    given = json.loads(json.dumps(whole))
    for _time in range(draw(st.integers(1, 3))):
        parts = mappings(given)
        nodes = [part for part in parts if "kind" in part and "children" in part]
        one, other = draw(st.sampled_from(parts)), draw(st.sampled_from(parts))
        here, there = draw(st.sampled_from(nodes)), draw(st.sampled_from(nodes))
        match draw(st.sampled_from(["value", "key", "copy", "uid", "move", "move", "new", "reverse", "reverse"])):
            case "value" if one:
                one[draw(st.sampled_from(sorted(one)))] = draw(VALUES)
            case "key" if one:
                one.pop(draw(st.sampled_from(sorted(one))))
            case "copy" if isinstance(here["children"], list):
                here["children"].append(json.loads(json.dumps(there)))
            case "uid":
                here["uid"] = draw(st.sampled_from([there.get("uid"), uuid.UUID(int=7).hex, "x", None]))
            case "move" if (
                isinstance(here["children"], list) and here["children"] and isinstance(there["children"], list)
            ):
                moved = here["children"].pop(draw(st.integers(0, len(here["children"]) - 1)))
                if there not in mappings(moved):
                    there["children"].insert(0, moved)
            case "new":
                one[draw(WORDS)] = draw(VALUES)
            case "reverse" if isinstance(here["children"], list):
                here["children"].reverse()
                other.update(draw(st.sampled_from([{}, {"code": "HEAD"}, {"outside": "谁"}])))
            case _:
                pass
    return given


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_document_goes_into_the_draft_or_is_refused_in_words(draft, data):
    whole = json.loads(to_json(document(draft, uids=True)))
    content = json.dumps(data.draw(damaged(whole)), ensure_ascii=False).encode()
    remove = data.draw(st.booleans())
    before = rows_of(draft)
    found = look(content, "ours.json", Outline(draft), remove=remove)
    assert bool(found.report.faults) == (found.found is None)
    assert [fault.message for fault in found.report.faults if not fault.message.strip()] == []
    with transaction.atomic():
        try:
            done = carry_out(content, "ours.json", draft, sign=found.report.sign, by=None, remove=remove)
        except (Stale, Refused):
            assert rows_of(draft) == before
        else:
            assert (done.report.sign, breaches(draft)) == (found.report.sign, [])
            again = look(content, "ours.json", Outline(draft), remove=remove)
            assert again.report.empty, again.report
        transaction.set_rollback(True)
