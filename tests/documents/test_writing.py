"""What the database holds and a document cannot say."""

import pytest

from departments.documents.files import DocumentError
from departments.documents.writing import document
from departments.models import Design, Edition
from departments.restructuring import open_draft, open_edition
from tests.documents.loads import loaded, uids
from tests.documents.samples import SMALL
from tests.factories import create_org, create_relation

pytestmark = pytest.mark.django_db


def test_line_to_somebody_without_code_is_said_when_writing() -> None:
    org = create_org(in_force=True)
    with open_edition(open_draft(org.design)) as tree:
        node = tree.insert("position", under=org.root.uid, title="无编号")
        create_relation(edition=tree.edition, kind="assists", start=node, end=tree.node(org.head.uid))
    with pytest.raises(DocumentError) as error:
        document(org.design.editions.open().get())
    assert str(error.value) == "hospital: tree › 无编号: It has no code, and a line names it."


def test_column_that_no_document_may_hold_is_said_when_writing() -> None:
    org = create_org()
    with open_edition(org.edition) as tree:
        tree.edit(org.head.uid, {"code": "主任 1"})
    with pytest.raises(DocumentError, match=r"^hospital: code: String should match pattern .*主任 1$"):
        document(org.edition)


def test_empty_edition_is_said_when_writing() -> None:
    org = create_org()
    empty = Edition.objects.create(design=Design.objects.create(slug="empty", name="空"), number=1)
    with pytest.raises(DocumentError, match=r"^empty: tree: The edition is empty\.$"):
        document(empty)
    assert document(org.edition).tree.title == "市场部"


def test_step_says_the_title_of_an_actor_without_code_and_the_name_of_one_who_left() -> None:
    loaded(SMALL + "processes: [{name: 投诉, steps: [{number: 1, who: [MK-02, MK-01, 顾客]}]}]\n")
    there = uids()
    draft = open_draft(Design.objects.get())
    with open_edition(draft) as tree:
        tree.edit(there["市场部主任"], {"code": ""})
        tree.remove(there["策划专员"])
    (step,) = document(draft).processes[0].steps
    assert step.who == ["策划专员", "市场部主任", "顾客"]
