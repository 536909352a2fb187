"""What a task of a duty statement means: all ways to say it brought to one."""

from dataclasses import dataclass, replace
from functools import cache

from departments.comparison.lexicon import lexicon

# Acts, by the names of their classes in the lexicon.
DONE = "办"  # an activity takes place
DOING = frozenset({"执行", "组织", "提供", "推动"})  # say of an activity no more than that
SEEING = frozenset({"管理"})  # says only that somebody sees to it
MAKING = frozenset({"制定", "策划", "设计", "提出", "制作"})
KEEPING = frozenset({"维护", "建立", "管理"})
WORKING_WITH = frozenset({"合作"})  # 与媒体建立合作 keeps up relations
WINNING = frozenset({"拓展"})
RAISING = frozenset({"提升"})  # beside another act what comes of it: 维护并提升
RESEARCHING = frozenset({"分析", "收集", "整理", "了解"})  # research does all of it

PLANS = frozenset({"计划", "方案"})
OWNERS = frozenset({"品牌", "产品"})  # whose promotion it is
RESEARCH, MARKET = "调研", frozenset({"营销"})
BRAND_STRATEGY = frozenset({"品牌", "策略"})
TRAINING, SALE, DAILY = "培训", "销售", "日常管理"
ALL_OF_IT = frozenset({DAILY, "部门工作", "营销"})
JUDGING = frozenset({"考核"})
OVERSEEING, OBSERVED = frozenset({"监督", "审核", "指导"}), frozenset({"执行", "标准", "申请", "优化"})
EFFECT, FOLLOWING = "效果", frozenset({"分析", "监测", "了解"})
PRINTED, POSITION = "物料", "定位"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that is done: the acts, the concepts they are done to, and whether only as a help to somebody."""

    acts: frozenset[str]
    concepts: frozenset[str]
    assists: bool
    narrowing: frozenset[str] = frozenset()
    example: bool = False  # of another one


@cache
def meant(task: Task) -> Task:
    """Return a task in the words that stand for all ways to say it.

    An activity that is organised, carried out or just named is done: 开展市场调研, 市场调研. Its plan is planned: 制定推广方案,
    策划推广. Research gathers and analyses.
    """
    groups = lexicon().groups
    concepts = _told(task.concepts)
    acts = task.acts - RAISING or task.acts
    acts, concepts = _beside_each_other(acts, concepts)
    if acts == {"分析"} and concepts == MARKET:
        acts, concepts = frozenset(), frozenset({RESEARCH})
    acts = _of_its_object(acts, concepts)
    activities, plans = concepts & groups["activities"], concepts & PLANS
    if RESEARCH in activities:
        acts -= RESEARCHING
    if plans and activities and acts & MAKING and concepts - plans - OWNERS <= groups["promoting"]:
        acts, concepts = _instead(acts, MAKING, "策划"), concepts - plans
    elif activities and acts & MAKING and concepts - OWNERS <= groups["promoting"]:
        acts = _instead(acts, MAKING, "策划")
    elif plans and activities and acts == {"执行"}:
        concepts -= plans
    elif not activities or concepts & groups["heads"] - groups["activities"]:
        if concepts & groups["made"]:
            acts = _instead(acts, MAKING, "制定")
        return replace(task, acts=acts - {"组织"} or acts, concepts=concepts)
    return replace(task, acts=_instead(acts, DOING, DONE) or frozenset({DONE}), concepts=concepts)


def _instead(acts: frozenset[str], these: frozenset[str], act: str) -> frozenset[str]:
    """Return acts with one act instead of any of these."""
    return (acts - these) | {act} if acts & these else acts


def _beside_each_other(acts: frozenset[str], concepts: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return acts and what they are done to without what goes without saying: 考核导购业绩 judges them."""
    groups = lexicon().groups
    people, activities = concepts & groups["people"], concepts & groups["activities"]
    if people and TRAINING in concepts:  # what is taught counts for nothing
        concepts = people | (activities - {SALE})
    if people and acts == JUDGING:
        concepts = people
    if DAILY in concepts and not concepts <= ALL_OF_IT:  # 经销商的日常管理
        acts, concepts = acts | SEEING, concepts - {DAILY}
    if activities and EFFECT in concepts:  # 评估推广效果
        acts, concepts = _instead(acts, FOLLOWING, "评估"), concepts - {EFFECT}
    if acts and acts <= OVERSEEING:  # 检查陈列标准的执行
        concepts = concepts - OBSERVED or concepts
    return acts, concepts


def _of_its_object(acts: frozenset[str], concepts: frozenset[str]) -> frozenset[str]:
    """Return acts as they are meant of what they are done to."""
    groups = lexicon().groups
    if concepts <= groups["relations"]:
        acts = acts - WORKING_WITH if acts & KEEPING else acts
        acts = _instead(acts, KEEPING if concepts & groups["won"] else KEEPING | WINNING, "维护")
    if concepts & groups["drawn"]:
        acts = _instead(acts, frozenset({"策划"}), "设计")
    if PRINTED in concepts:
        acts = _instead(acts, frozenset({"制定"}), "制作")
    said_of = lexicon().said_of
    meaning = concepts if len(concepts) == 1 else concepts & groups["heads"]
    for concept in sorted(meaning & said_of.keys()):
        for act, these in said_of[concept].items():
            acts = _instead(acts, these, act)
    if POSITION in concepts and acts <= DOING | SEEING:
        acts = frozenset({"制定"})
    return acts


@cache
def _told(concepts: frozenset[str]) -> frozenset[str]:
    """Return the concepts without those that go without saying beside another."""
    if "推广" in concepts and concepts & lexicon().groups["brand"]:
        concepts = (concepts - {"推广"}) | {"传播"}  # whoever promotes a brand makes it known
    if concepts >= BRAND_STRATEGY and not concepts & (lexicon().groups["activities"] | {POSITION}):
        concepts = (concepts - BRAND_STRATEGY) | {"品牌战略"}  # 品牌的长期战略
    implied = lexicon().implied
    return concepts - frozenset[str]().union(*(implied.get(concept, frozenset()) for concept in concepts))


@cache
def single(task: Task) -> tuple[Task, ...]:
    """Return a task for each of its acts; that somebody sees to it says nothing beside another."""
    return tuple(replace(task, acts=frozenset({act})) for act in sorted(task.acts - SEEING or task.acts)) or (task,)
