"""A duty statement read clause by clause. Those that say what for, how or by what are left out; the others are tasks."""

import re
import unicodedata
from dataclasses import replace
from functools import cache, lru_cache

from departments.comparison.lexicon import HOUSE, lexicon
from departments.comparison.meanings import EFFECT, Task, meant
from departments.comparison.tasks import EMPTY, HOUSE_WORK, tasks

CLAUSE_ENDS = re.compile(r"[,;:。.!?()\n—]+")
BRACKETED = re.compile(r"\(([^()]*)\)")
START = r"(?:^|(?<=[,;:。]))"

# How the head of a department says that he leads all of it.
LEADING = re.compile(
    "(?:全面|统筹|统管|主持|负责整个|负责整体|全面负责|负责(?=[^,;:]{0,10}(?:部门?|中心)的?(?:整体|全面|全部)))[^,;:]{0,14}(?:中心|部门?|营销系统)(?!的?日常)[^,;:]{0,4}(?:工作|运营|管理|决策)"
    "(?:[与和](?:管理|决策))?"
)
LED = "管理部门工作"

# Phrases that say for whom, by what, on what basis, when or for what: left out of a clause that goes on.
PHRASES = tuple(
    map(
        re.compile,
        (
            START + "为[^,;:。]{2,24}?(?=打下|提供|奠定|创造)",  # 为制定品牌策略提供数据
            "[,;]?报[^,;:。报]{2,10}?(?:审批|批准|审定|审议|审核|审查|备案|核准)后?(?:组织)?(?:下发|下达|发布)?(?:实施|执行)?(?=$|[,;。])",
            START + "(?:按照?|根据|依据|结合|针对|对照)[^,;:。]{2,24}?"
            "(?=开展|组织|执行|实施|制定|编制|编写|拟订|拟定|确定|为|及时|提出|合理|调整|优化|修订|起草|撰写|设计|策划|选择|建立|提供|安排|分解|做好|进行|推动|负责|对|将)",
            "[含涵]盖?[^,;:]{2,30}(?:等手段|等内容|内容)的",
            START + "以[^,;:。]{2,12}为(?:依据|基础|核心|导向|中心)(?=[^,;:。])",
            "(?:通过|借助|经由|运用|利用)[^,;:。]{2,40}?(?:等?(?:多种|各种)?(?:手段|方式|形式|渠道|途径)|等)(?=[^,;:。、和及等手方渠途多各])",
            "[^,;:、。]{2,4}所需的?",  # 市场活动所需的场地
            "按(?:[月季年周日]度?)",
            "(?<=分解|下达|落实|分配)[到至][^,;:。并]{1,14}",
            "(?<=考核|评估|评价|激励)其(?:工作|业绩|绩效|表现|能力)",
            "(?:带领|率领|领导|组织)[^,;:。]{0,6}(?:团队|人员|队伍|下属|员工)?(?=完成|达成|实现)",
            "(?<=收集|规划|拟定|拟订|制定|编制)[^,;:。]{2,20}(?:等|各)品类的",  # all that the company trades in
            "(?:年度?|季度?|月度?)(?:[、和及与或](?:年度|季度|月度))+",
        ),
    )
)
# Whatever else a superior asks for.
ERRANDS = re.compile(
    "(?:^|(?<=[,;:。、及和与]))[^,;:。、]{0,6}(?:公司|上级|领导|部门|主管|总监|经理|主任|院长|校长|店长|总裁|董事长|总部|负责人|上司)[^,;:。]{0,4}"
    "(?:交办|交代|交付|指派|布置|安排)的?(?:其[他它]的?|各项|相关|临时性?的?)*(?:工作|任务|事项|事务|事宜)+"
)
ERRAND = "交办事项"
# Whoever gathers what goes on and makes a report of it does research.
RESEARCHED = re.compile(
    START + "((?:定期)?收集[^,;:。]*(?:数据|信息|动态|情报|竞品)[^,;:]*)"
    ",[^,;:]*(?:(?:市场|行业)[^,;:]{0,4}分析|调研)[^,;:]{0,2}(?:报告|月报|周报|简报)"
)
RESEARCH_FIRST = r"市场调研,\1"
# What is done is named last: 对市场进行调研; in it what is taught counts for nothing: 对导购进行产品知识的培训.
DONE_TO = re.compile(
    "(?<![针面应相核])对([^,;:。]{1,24}?)(?:进行|开展|实施|作出|予以|加以|给予)(?:[^,;:。]{1,20}?的(?=培训|辅导|宣讲)|[^,;:。、与和及]{1,12}(?=培训|辅导|宣讲))?"
)
GIVEN = re.compile("[为向给]([^,;:。]{2,12}?)(?=提供[^,;:。]*(?:培训|指导|服务|技术支持))(提供)")
ASIDE = re.compile('["“”《<][^"“”》>]*["“”》>]|\\d+(?:个?工作日|小时|天|日|周|个月|月|年|次)[之以]?内?')
# Other departments by their names: 与生产、研发等部门.
DEPARTMENTS = (
    "(?:(?<=[与同和跟])|(?<=协调|沟通|联系|对接))(?:[^,;:。]{1,20}(?:、(?!主管|政府|监管)[^,;:。]{1,6}|等[^,;:。、]{0,4})部门"
    "|(?:%(houses)s)(?:部门?|中心)?[、与和及](?:[^,;:。、与和及]{2,6}[、与和及])*(?:%(houses)s)(?:部门?|中心|等?各?环节|的?产销))(?:解决[^,;:。]*)?"
)
JOINTLY = re.compile(START + "[与同和][^,;:]{1,8}(?:共同|一道|一起)")  # whoever does it with another assists
PLACE = re.compile("^在([^,;:。]{2,30}?)[上中内](?=[^,;:。])")  # 在新媒体上
WITH = re.compile("^[与同和跟]")
TOGETHER = re.compile("^(?:与|同|和|跟)[^,;:]*(?:合作|协作|配合|一道|协调)$")
ITS = re.compile("(?<!尤)其(?![他中它余])")

# What the clause before it is for, is measured by or leads to.
STEADY = re.compile("^(?:(?:维护|稳定|规范)[^,;:]*(?:稳定|秩序)|完成[^,;:]*(?:指标|目标))$")

# A clause that has nothing these are done to adds nothing: 执行方案，监督执行过程.
WATCHING = frozenset({"监督", "监测", "评估", "了解", "执行"})

LEADING_PEOPLE = frozenset({"考核", "评估", "监督", "指导", "激励"})  # 考核其任务完成情况

SIGNING = frozenset({"签订"})

Clause = tuple[Task, ...]


@cache
def _departments() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return how other departments are named in a row, and how a single one is."""
    houses = "|".join(lexicon().houses)
    return re.compile(DEPARTMENTS % {"houses": houses}), re.compile(houses)


def _other_departments(text: str) -> str:
    """Return a text with departments named in a row read as others, and which they are: @生产@财务其他部门."""
    rows, names = _departments()
    return rows.sub(lambda row: "".join(f"{HOUSE}{name}" for name in names.findall(row.group())) + "其他部门", text)


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Return a text in the form it is read in."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).lower())
    text = GIVEN.sub(r"\2\1的", DONE_TO.sub(r"\1的", ASIDE.sub("", text)))
    text = _other_departments(JOINTLY.sub("协助", text))
    for phrase in PHRASES:
        text = phrase.sub("", text)
    for short, said in lexicon().short.items():
        text = text.replace(short, said)
    return LEADING.sub(LED, ERRANDS.sub(ERRAND, RESEARCHED.sub(RESEARCH_FIRST, text)))


@lru_cache(maxsize=50_000)
def statement(text: str, *, unfolded: bool = False) -> tuple[Clause, ...]:
    """Return the clauses that say what is done, never none; the main one first. On request also what they are unfolded to."""
    says = lexicon().beginnings
    found: list[Clause] = []
    aside: list[Clause] = []  # with whom
    parts = _parts(plain(text))
    for part in parts:
        more = part is not parts[-1]
        if more and _begins(part, says["manners"]):
            continue
        if found and STEADY.match(part):
            continue
        if (found or aside) and _begins(part, (*says["purposes"], *says["results"], *says["contents"])):
            continue
        list_of = _begins(part, says["inclusions"]) if found else ""
        if list_of and not unfolded:
            continue
        clause, loose = _clause(part.removeprefix(list_of), found, listed=bool(list_of))
        if clause and more and TOGETHER.match(part):
            aside.append(tuple(task for task in clause if HOUSE_WORK not in task.concepts))
        elif clause:
            found.append(clause)
        elif found and loose - WATCHING:
            found[-1] = tuple(meant(replace(task, acts=task.acts | loose)) for task in found[-1])
    found += filter(None, aside)
    nothing = Task(frozenset(), frozenset({EMPTY.sub("", plain(text)) or text}), assists=False)
    return _spoken_of(found) if found else ((nothing,),)


def _parts(text: str) -> list[str]:
    """Return a text's clauses; what a colon or brackets unfold only where nothing else is said."""
    head, _colon, rest = text.partition(":")
    parts = [part for part in CLAUSE_ENDS.split(BRACKETED.sub("", head)) if part]
    return parts or [part for part in CLAUSE_ENDS.split(rest or text) if part]


def _begins(part: str, words: tuple[str, ...]) -> str:
    """Return which of some words a clause begins with, and no longer word with it: 供销售参考, but not 供应商的选择."""
    first = next(lexicon().read(part)).text
    return next(
        (word for word in words if part.startswith(word) and not (first in lexicon().known and len(first) > len(word))),
        "",
    )


def _clause(part: str, before: list[Clause], *, listed: bool) -> tuple[Clause, frozenset[str]]:
    """Return the tasks of a clause, and its acts where it has nothing they are done to."""
    place = PLACE.match(part)
    said = part[place.end() :] if place else part
    clause, loose = tasks(said, before[-1][0].acts if listed else frozenset())
    if place:
        where = _concepts(tasks(place.group(1))[0]) - {HOUSE_WORK}
        clause = tuple(replace(task, concepts=task.concepts | where) for task in clause)
    if WITH.match(part):
        clause = tuple(map(_towards, clause))
    if not clause and before and ITS.search(part) and (led := loose & LEADING_PEOPLE):
        clause = (Task(led, frozenset({HOUSE_WORK}), assists=False),)
    if before and (ITS.search(part) or part.startswith("并")):
        clause = _of_the_same(clause, before[0], its=bool(ITS.search(part)))
    return clause, loose


def _concepts(clause: Clause) -> frozenset[str]:
    return frozenset[str]().union(*(task.concepts for task in clause))


def _towards(task: Task) -> Task:
    """Return what is signed without with whom; and what is built up with one to keep no relations with as talking to him."""
    if task.acts == SIGNING and task.concepts - lexicon().groups["people"]:
        return replace(task, concepts=task.concepts - lexicon().groups["people"])
    if task.acts == {"建立"} and not task.concepts <= lexicon().groups["relations"]:
        return replace(task, acts=frozenset({"沟通"}))
    return task


def _of_the_same(clause: Clause, first: Clause, *, its: bool) -> Clause:
    """Return a clause with what it is of: 搭建平台，经营其推广; 为产品定位，并推广."""
    groups = lexicon().groups
    topics = _concepts(first) & groups["topics"]
    if its and (people := _concepts(first) & groups["people"]):
        clause = tuple(
            replace(task, acts=_judging(task.acts & LEADING_PEOPLE), concepts=people)
            if task.acts & LEADING_PEOPLE
            else task
            for task in clause
        )
    return tuple(
        replace(task, concepts=task.concepts | topics) if its or task.concepts <= groups["activities"] else task
        for task in clause
    )


def _judging(acts: frozenset[str]) -> frozenset[str]:
    """Return acts done to people: to evaluate what they reached is to judge them."""
    return (acts - {"评估"}) | {"考核"} if "评估" in acts else acts


def _spoken_of(clauses: list[Clause]) -> tuple[Clause, ...]:
    """Return clauses in which what the first one narrowed is so in the others too."""
    named, narrower = _concepts(clauses[0]), lexicon().narrower
    means = {
        narrower[concept]: concept for concept in sorted(named & narrower.keys()) if narrower[concept] not in named
    }
    activities = named & lexicon().groups["activities"]
    scope = frozenset[str]().union(*(task.narrowing - lexicon().named_houses for task in clauses[0]))
    return tuple(
        tuple(
            meant(
                replace(
                    task,
                    concepts=frozenset(means.get(concept, concept) for concept in task.concepts)
                    | (activities if task.concepts == {EFFECT} else frozenset()),
                    narrowing=task.narrowing or (scope if number else frozenset()),
                )
            )
            for task in clause
        )
        for number, clause in enumerate(clauses)
    )
