"""A company in which something waits everywhere: what the pages show that only somebody signed in sees.

The tests make it and take it away again; `python -m tests.browser.company` makes it in the database of the settings, for
`make pictures`, and prints it as JSON.
"""

import datetime
import io
import json
import os
from dataclasses import asdict, dataclass

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orgdesign.settings")
    django.setup()

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from openpyxl import load_workbook

from departments.company import templates
from departments.company.holders import Named, name_holders
from departments.documents.chronicles import chronicle
from departments.documents.files import to_yaml
from departments.documents.writing import document
from departments.formats import docx
from departments.formats.extracts import Extract
from departments.formats.workbook import workbook
from departments.models import (
    Delivery,
    Design,
    Edition,
    Grant,
    Node,
    Organisation,
    PrintJob,
    SourceText,
    Token,
    Webhook,
    WordTemplate,
)
from departments.models.imports import keep
from departments.models.outlines import Outline
from departments.permissions import give
from departments.restructuring import open_edition
from departments.restructuring.adopting import adopt
from departments.restructuring.remarks import remark
from departments.restructuring.removing import remove_design
from departments.restructuring.transitions import approve, begin, publish, submit

SOURCE = "hospital-marketing-dept"
FAULTY = "工作表,编号,名称\n岗位,A-1,出纳\n岗位,A-1,会计\n"
READ = "部门：采购部\n  职责：\n  - 管采购\n  岗位：采购经理\n    - 审批订单\n? 不合格的供应商由谁通知\n  岗位：采购专员\n    定员：2-3\n    - 询价"


@dataclass(frozen=True)
class Company:
    """Session keys by role, and what stands in the addresses of `SIGNED_IN`."""

    sessions: dict[str, str]
    places: dict[str, str]


def make_company() -> Company:
    """Adopt a design, put it in force, begin its next edition, and let people and programs be at work on it."""
    people = {role: _account(role) for role in ("editor", "reviewer", "approver", "administrator")}
    ours, theirs = (
        adopt(_in_force(SOURCE), name=name, slug=slug, by=people["editor"])
        for name, slug in (("华新医院市场部", "ours"), ("华新医院分院市场部", "branch"))
    )
    first = ours.editions.get()
    submit(first, by=people["editor"])
    approve(first, by=people["approver"])
    publish(first, by=people["approver"], on=datetime.date(2026, 1, 1))
    Organisation.objects.create(design=ours, name="华新医院", name_en="Huaxin Hospital", code="HX")
    draft = begin(ours, by=people["editor"])
    taken = _workbook(draft)
    draft, officer = _change(draft, people["editor"])
    waiting, spoken_of = _change(theirs.editions.get(), people["editor"])
    submit(waiting, by=people["editor"], note="公关科的职责按新制度改写")
    remark(waiting, spoken_of.uid, "这一条与营销科的职责重复，请核对", by=people["reviewer"])
    name_holders(
        ours,
        officer.uid,
        [Named("沈知行", people["editor"]), Named("顾明远")],
        about=officer.title,
        by=people["editor"],
    )
    Grant.objects.create(design=ours, department=officer.parent.uid, user=people["reviewer"], role="reviewer")
    _send_files(ours, draft, people["editor"])
    keep(people["administrator"], ours, name="市场部.xlsx", content=taken)
    keep(people["administrator"], None, name="市场部-各版.yaml", content=to_yaml(chronicle(theirs)).encode())
    _let_programs_ask(people["administrator"], first)
    templates.keep("岗位说明书（院办模板）", docx.our_template(), by_name="administrator")
    jobs = _jobs(first, people)
    places = jobs | {"text": str(_text(people["editor"]).pk), "officer": str(officer.uid), "said": str(spoken_of.uid)}
    return Company({role: _session(user) for role, user in people.items()}, places)


def remove_company() -> None:
    """Let nothing of it be there."""
    for model in (Organisation, Webhook, WordTemplate):
        model.objects.all().delete()
    for design in Design.objects.own():
        remove_design(design, confirm=design.slug)
    PrintJob.objects.all().delete()
    User.objects.all().delete()


def _account(role: str) -> User:
    user = User.objects.create_user(role, first_name=role)
    give(user, role)
    return user


def _session(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def _in_force(slug: str) -> Edition:
    return Edition.objects.in_force().get(design__slug=slug)


def _change(edition: Edition, by: User) -> tuple[Edition, Node]:
    """Reword, add, move and remove something, and return the edition with the position it was about."""
    officer = edition.nodes.get(code="MKT-PR-HEAD")
    duties = list(officer.get_children().filter(kind="duty"))
    with open_edition(edition, by=by) as tree:
        tree.edit(duties[0].uid, {"text": "拟定年度公关计划与预算，组织公关活动并评估成效"})
        tree.insert("duty", under=officer.uid, text="每季度向市场部主任提交媒体关系报告")
        tree.remove(duties[-1].uid)
        place = tree.insert("department", under=edition.nodes.get(parent=None).uid, title="客户服务科", code="MKT-CS")
        tree.insert("position", under=place.uid, title="客服主任", code="MKT-CS-HEAD", head=True)
    return edition, officer


def _send_files(ours: Design, draft: Edition, editor: User) -> None:
    text = to_yaml(document(draft)).replace("市场调研", "市场研究")
    keep(editor, ours, name="市场部2027.yaml", content=text.encode())
    keep(editor, None, name="财务部.csv", content=FAULTY.encode(), title="财务部", slug="finance")


def _workbook(edition: Edition) -> bytes:
    """Return the workbook with other words in what `_change` changes, and in what it does not."""
    book = load_workbook(io.BytesIO(workbook(Extract(edition, Outline(edition), ""))))
    page = book["职责"]
    for row in page.iter_rows(min_row=2):
        if row[0].value == "MKT-PR-HEAD":
            row[[cell.value for cell in page[1]].index("内容")].value += "，每月汇报一次"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _text(editor: User) -> SourceText:
    lines = {"1": "采购部组织架构", "2": "岗位职责：", "3": "1. 采购经理：审批订单。", "4": "2. 采购专员：询价。"}
    blocks = [{"source": 0, "lines": [1, 2, 3, 4], "text": READ}]
    return SourceText.objects.create(
        user=editor, name="采购.docx", sources=[{"name": "采购.docx", "lines": lines}], blocks=blocks
    )


def _let_programs_ask(administrator: User, edition: Edition) -> None:
    token = Token(user=administrator, name="人事系统")
    token.set_secret()
    token.save()
    hook = Webhook.objects.create(url="https://hr.example.org/organisation", created_by=administrator)
    for state, answer in (("sent", "200"), ("failed", "502 Bad Gateway"), ("waiting", "")):
        Delivery.objects.create(webhook=hook, edition=edition, state=state, attempts=1, answer=answer)


def _jobs(edition: Edition, people: dict[str, User]) -> dict[str, str]:
    """Return the id of a job in every state, and let the reviewer have asked for as many as may wait. Nobody prints them."""
    columns = {"edition": edition, "language": "zh-hans", "holders": False, "name": "华新医院市场部 岗位说明书汇编"}
    far = {"waiting": (0, 0), "printing": (3, 12), "ready": (12, 12), "failed": (0, 0)}
    jobs = [
        PrintJob(key=state, state=state, done=done, total=total, requested_by=people["editor"], **columns)
        for state, (done, total) in far.items()
    ]
    jobs[1].form = PrintJob.Form.WORD
    jobs[-1].error = "TooSlow"
    jobs += [
        PrintJob(key=f"waiting {number}", requested_by=people["reviewer"], **columns)
        for number in range(settings.PRINT_QUEUE_ACCOUNT)
    ]
    PrintJob.objects.bulk_create(jobs)
    return {job.key: str(job.pk) for job in jobs[: len(far)]}


if __name__ == "__main__":
    print(json.dumps(asdict(make_company())))  # noqa: T201  # for who started it
