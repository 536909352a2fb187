"""What the papers of an own design say of themselves: cover, change record, foot."""

import datetime
import io

import pytest
from django.contrib.auth.models import User
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from departments.booklets.imprint import Imprint, build_imprint
from departments.booklets.options import Options
from departments.booklets.record import change_record
from departments.charts import Options as ChartOptions
from departments.formats.chart_paper import chart_book
from departments.formats.docx import ordered
from departments.formats.logos import clean_logo
from departments.formats.paper import booklet_book
from departments.formats.pdf import print_book
from departments.models import Design, Edition, Organisation
from departments.models.outlines import Outline
from departments.restructuring import open_edition
from departments.restructuring.transitions import approve, begin, endorse, publish, submit
from tests import factories
from tests.booklets.pages import bookmarks, read, runs

FIRST, SECOND = datetime.date(2026, 11, 2), datetime.date(2026, 11, 22)


@pytest.fixture
def people(db: None) -> list[User]:
    """Make three who prepare, review and approve."""
    names = ("张敏", "王芳", "李建国")
    return [User.objects.create_user(f"user{at}", last_name=name) for at, name in enumerate(names)]


@pytest.fixture
def design(people: list[User]) -> Design:
    """Make an own design published twice, with a third edition open."""
    org = factories.create_org(origin="own")
    sign(org.edition, people, FIRST)
    second = begin(org.design, by=people[0])
    with open_edition(second) as tree:
        tree.edit(org.budget.uid, {"text": "编制年度预算"}, version=1)
        tree.remove(org.press.uid)
        analyst = tree.insert("position", under=org.root.uid, title="数据专员", code="MK-02")
        tree.insert("duty", under=analyst.uid, text="整理 CRM 数据")
    sign(second, people, SECOND)
    begin(org.design, by=people[0])
    return org.design


def sign(edition: Edition, people: list[User], on: datetime.date) -> None:
    """Take an edition all its way."""
    preparing, reviewing, approving = people
    submit(edition, by=preparing)
    endorse(edition, by=reviewing)
    approve(edition, by=approving)
    publish(edition, by=approving, on=on)


def name_company(design: Design, logo: bytes | None = None) -> None:
    """Say whose design it is."""
    media_type, kept = clean_logo(logo) if logo else ("", None)
    Organisation.objects.create(name="华瑞医疗集团", code="HR", design=design, logo=kept, logo_type=media_type)


def edition(design: Design, number: int) -> Edition:
    """Return an edition as the pages read it."""
    return Edition.objects.select_related("design").get(design=design, number=number)


def test_change_record_says_in_figures_what_each_edition_changed_and_who_approved_it(design: Design) -> None:
    assert [
        (one.number, one.effective_on, one.status, one.changes, one.approved_by)
        for one in change_record(edition(design, 3))
    ] == [
        (1, FIRST, "", ["首次发布"], "李建国"),
        (2, SECOND, "", ["新增 1 个岗位、1 条内容", "删除 1 条内容", "修改 1 条内容"], "李建国"),
        (3, None, "草稿", ["内容未变"], ""),
    ]


def test_record_of_a_past_edition_knows_no_later_one(design: Design) -> None:
    assert [one.number for one in change_record(edition(design, 1))] == [1]


def test_imprint_names_company_number_date_and_who_signed(design: Design) -> None:
    name_company(design)
    imprint = build_imprint(edition(design, 2))
    assert (imprint.company, imprint.document_number, imprint.effective_on, imprint.logo) == (
        "华瑞医疗集团", "HR-HOSPITAL-02", "2026年11月22日", "",
    )  # fmt: skip
    assert [(one.label, one.name) for one in imprint.signed] == [("编制", "张敏"), ("审核", "王芳"), ("批准", "李建国")]
    assert (imprint.edition, build_imprint(edition(design, 1)).edition) == (
        "第 2 版，2026年11月22日起现行",
        "第 1 版，2026年11月2日起至2026年11月21日止，已作废",
    )


@pytest.mark.parametrize("number", [1, 3])
def test_imprint_costs_six_queries_at_most_however_many_editions(
    number: int, design: Design, django_assert_num_queries
) -> None:
    name_company(design)
    read_once = edition(design, number)
    with django_assert_num_queries(6 if number == 1 else 4):  # a draft has no signatures, and nothing after it
        build_imprint(read_once)


def test_reference_design_is_nobodys(db: None, django_assert_num_queries) -> None:
    reference = edition(factories.create_org(in_force=True).design, 1)
    with django_assert_num_queries(0):
        assert build_imprint(reference) == Imprint(edition="第 1 版，2026年11月22日起现行")


def test_booklet_has_cover_record_and_a_foot_that_tells_papers_apart(design: Design, tmp_path) -> None:
    Image.new("RGBA", (200, 80), (168, 50, 31, 128)).save(tmp_path / "logo.png")
    name_company(design, (tmp_path / "logo.png").read_bytes())
    second = edition(design, 2)
    reader = read(print_book(booklet_book(second, Outline(second))))
    cover = reader.pages[0].extract_text()
    words = ("华瑞医疗集团", "HR-HOSPITAL-02", "2026年11月22日", "张敏", "王芳", "李建国")
    assert [word for word in words if word not in cover] == []
    picture = reader.pages[0].images[0].image
    assert (picture.size, picture.getpixel((100, 40))) == ((200, 80), (168, 50, 31, 128))
    assert (1, "修订履历", 2) in bookmarks(reader)
    assert "新增 1 个岗位、1 条内容；删除 1 条内容" in reader.pages[1].extract_text().replace("\n", "")
    feet = ["".join(run.text for run in runs(page) if run.y < 55) for page in reader.pages[1:]]
    said = {foot[: foot.index("内容码") + 12] for foot in feet}
    (foot,) = said
    assert [word for word in ("HR-HOSPITAL-02", "第 2 版", "内容码") if word not in foot] == []


def test_word_has_the_logo_on_its_cover(design: Design, tmp_path) -> None:
    Image.new("RGB", (600, 150), (168, 50, 31)).save(tmp_path / "logo.png")
    name_company(design, (tmp_path / "logo.png").read_bytes())
    second = edition(design, 2)
    document = Document(io.BytesIO(ordered(second, Outline(second), Options(without=("chart",))).write()))
    (picture,) = document.inline_shapes
    assert (round(picture.width.cm, 2), round(picture.height.cm, 2)) == (6, 1.5)
    assert picture._inline.docPr.get("descr") == "华瑞医疗集团"
    (image,) = [part for part in document.part.package.iter_parts() if part.partname.endswith(".png")]
    assert Image.open(io.BytesIO(image.blob)).size == (600, 150)
    kind, kept = clean_logo(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><path d="M0 0h4v1z"/></svg>')
    Organisation.objects.update(logo=kept, logo_type=kind)
    document = Document(io.BytesIO(ordered(second, Outline(second), Options(without=("chart",))).write()))
    (picture,) = document.inline_shapes
    assert (round(picture.width.cm, 2), round(picture.height.cm, 2)) == (6, 1.5)
    drawn = next(one for one in picture._inline.iter() if one.tag.endswith("}svgBlip"))
    assert document.part.related_parts[drawn.get(qn("r:embed"))].blob == kept


def test_foot_changes_with_the_content_alone(design: Design) -> None:
    def foot(number: int) -> str:
        one = edition(design, number)
        words = booklet_book(one, Outline(one)).words
        assert words is not None
        return words.edition

    assert foot(2) == foot(2)
    assert foot(2)[-8:] != foot(1)[-8:]


def test_title_block_of_a_chart_says_number_edition_and_what_it_is_worth(design: Design) -> None:
    name_company(design)
    said = []
    for number in (2, 3):
        one = edition(design, number)
        book = chart_book(one, Outline(one), ChartOptions())
        (piece,) = book.pieces
        said.append([word in piece.html for word in ("HR-HOSPITAL-02", "第 2 版，", "第 3 版（草稿）")])
        said[-1].append('content: "草稿"' in book.around[0])
    assert said == [[True, True, False, False], [False, False, True, True]]
