"""The advice gives what the sources themselves say of their cases."""

import pytest
import yaml

from departments.advice import Answers, advise, candidates, read_rules
from departments.advice.weighing import ENOUGH
from departments.documents import files, topics, vocabulary
from departments.documents.files import DocumentError
from departments.models import Classification, Design

# What a source says of a company, and the structure it gives to it.
CASES = {
    "003: a small or new company, one category or local service, survival first": (
        Answers(marketing_people=3, stage="startup", product_lines="one", regions="one", priorities=("cost",)),
        "lean",
    ),
    "002: a company that starts up, small or medium-sized": (
        Answers(marketing_people=10, stage="startup", priorities=("consistency",)),
        "centralised",
    ),
    "002: a mature large company": (
        Answers(company_people=5000, stage="mature", priorities=("depth",)),
        "decentralised",
    ),
    "003: medium-sized, more categories, new regions, speciality and co-operation": (
        Answers(marketing_people=20, stage="growth", product_lines="several", regions="several", priorities=("depth",)),
        "functional",
    ),
    "003: a beauty group with many categories, regions and kinds of customers": (
        Answers(is_group=True, product_lines="many", regions="many", priorities=("depth", "consistency")),
        "matrix",
    ),
    "003: a technology group whose units differ and decide for themselves": (
        Answers(is_group=True, industry="technology", product_lines="many", regions="many", priorities=("speed",)),
        "divisional",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_cases_of_the_sources(case: str) -> None:
    answers, structure = CASES[case]
    advice = advise(answers, read_rules())
    assert advice.best.structure == structure
    assert advice.best.points >= ENOUGH


@pytest.mark.parametrize(
    ("answers", "verdict", "best"),
    [
        (Answers(), "open", None),
        (Answers(industry="retail"), "open", None),
        (Answers(company_people=50, stage="mature", product_lines="many", regions="many"), "poor", None),
        (Answers(marketing_people=10, stage="startup"), "close", "centralised"),
    ],
)
def test_it_says_when_nothing_is_clear(answers: Answers, verdict: str, best: str | None) -> None:
    advice = advise(answers, read_rules())
    assert str(advice.verdict) == verdict
    assert best in (None, advice.best.structure)


def test_a_rival_is_about_as_good() -> None:
    advice = advise(Answers(marketing_people=10, stage="startup"), read_rules())
    assert [(one.structure, one.points) for one in (advice.best, *advice.rivals)] == [
        ("centralised", 4),
        ("functional", 3),
    ]


def test_a_missing_answer_neither_helps_nor_hurts() -> None:
    rules = read_rules()
    fuller = advise(Answers(marketing_people=3, stage="startup", digital_maturity="high"), rules)
    sparser = advise(Answers(marketing_people=3, stage="startup"), rules)
    assert [one.points for one in fuller.judgements] == [one.points for one in sparser.judgements]
    assert fuller.best.judged == {"sizes", "stages"}


def test_units_are_added_where_they_are_asked_for() -> None:
    rules = read_rules()
    named = [
        [unit.name for unit in advise(answers, rules).units]
        for answers in (
            Answers(digital_maturity="high", partner_reliance="high"),
            Answers(digital_maturity="medium", partner_reliance="high"),
            Answers(stage="growth"),
        )
    ]
    assert named == [["数字营销中心", "供应商管理组"], ["供应商管理组"], []]


def test_growth_leads_from_lean_to_matrix_and_divisional() -> None:
    advice = advise(
        CASES["003: a small or new company, one category or local service, survival first"][0], read_rules()
    )
    assert [(step.start, step.to) for step in advice.growth] == [
        ("lean", "functional"),
        ("functional", "matrix"),
        ("functional", "divisional"),
    ]


@pytest.mark.parametrize(
    ("answers", "size"),
    [
        (Answers(marketing_people=5), "small"),
        (Answers(marketing_people=6), "medium"),
        (Answers(marketing_people=31), "large"),
        (Answers(company_people=100), "small"),
        (Answers(company_people=1001), "large"),
        (Answers(marketing_people=6, company_people=5000), "medium"),
        (Answers(marketing_people=6, is_group=True), "group"),
        (Answers(), None),
    ],
)
def test_people_tell_the_size(answers: Answers, size: str | None) -> None:
    assert answers.size(read_rules()) == size


def test_every_rule_points_to_a_page_and_a_document_that_exist() -> None:
    slugs = {path.stem for path in vocabulary.design_files()}
    keys = {topics.read(path)[0].key for path in topics.topic_files()}
    for source in read_rules().sources.values():
        assert (source.design in slugs) != (source.topic in keys)
        assert source.document in vocabulary.documents()


def test_the_designs_cited_have_the_structure_their_rules_speak_for() -> None:
    rules = read_rules()
    paths = {path.stem: path for path in vocabulary.design_files()}
    cited = {
        (structure, rules.sources[rule.source].design)
        for structure, own in rules.structures.items()
        for rule in own
        if rule.speaks == "for"
    }
    of_designs = {(structure, slug) for structure, slug in cited if slug}
    assert {(files.read(paths[slug]).fits.structure, slug) for _structure, slug in of_designs} == of_designs


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"values": ["tiny"]}, "structures.lean.0: Value error"),
        ({"source": "nobody"}, ""),
        ({"weight": 4}, "structures.lean.0.weight"),
        ({"colour": "red"}, "structures.lean.0.colour"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(change, fault, tmp_path, settings) -> None:
    rules = yaml.safe_load((settings.FIXTURES_DIR / "advice.yaml").read_text(encoding="utf-8"))
    rules["structures"]["lean"][0] |= change
    (tmp_path / "advice.yaml").write_text(yaml.safe_dump(rules, allow_unicode=True), encoding="utf-8")
    settings.FIXTURES_DIR = tmp_path
    with pytest.raises(DocumentError) as caught:
        read_rules()
    assert str(caught.value).startswith("advice.yaml")
    assert fault.partition(":")[0] in str(caught.value)


def _design(name: str, kind: str = "complete", **facets: list[str]) -> Design:
    design = Design.objects.create(slug=name, name=name, kind=kind)
    for facet, values in facets.items():
        for value in values:
            Classification.objects.create(design=design, facet=facet, value=value)
    return design


@pytest.mark.django_db
def test_designs_are_ordered_by_what_fits_and_silence_counts_nothing() -> None:
    _design("fits-twice", sizes=["small"], stages=["startup"])
    _design("any-size", sizes=["any"], structure=["lean"])
    _design("silent")
    _design("differs", sizes=["group"], stages=["mature"], structure=["lean"])
    _design("once", sizes=["small"])
    _design("fragment", kind="fragment", sizes=["small"], stages=["startup"])
    given = {"sizes": "small", "stages": "startup"}
    found = candidates(Design.objects.prefetch_related("classifications"), given, "lean")
    assert [(one.design.slug, one.points, one.judged) for one in found] == [
        ("fits-twice", 4, 2),
        ("any-size", 4, 1),
        ("once", 2, 1),
    ]
    assert [one.silent for one in found] == [[], ["stages"], ["stages"]]


@pytest.mark.django_db
def test_at_most_five_designs_are_named() -> None:
    for number in range(7):
        _design(f"design-{number}", sizes=["small"])
    found = candidates(Design.objects.prefetch_related("classifications"), {"sizes": "small"}, "lean")
    assert [one.design.slug for one in found] == [f"design-{number}" for number in range(5)]
