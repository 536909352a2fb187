"""A clause of a duty statement as tasks: acts done to concepts, in the words of the lexicon.

The words of a clause stand in pieces between 、 and 与; an act is done to what follows it, or to all that stands before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from departments.comparison.lexicon import Sort, Word, lexicon
from departments.comparison.meanings import DOING, MAKING, SALE, SEEING, TRAINING, Task, meant

JOINTS = re.compile("[、与和及并或以]+")
EMPTY = re.compile(r"[\W的各了等其之地对为同将把好向从在由于给该此一]+")

# Acts whose object may be an act: 监督执行, 规划投放.
OVER_ACTS = frozenset(
    {"建立", "监督", "监测", "制定", "策划", "设计", "评估", "参加", "指导", "协调", "提出", "审核", "预测"}
)
WATCHING = frozenset({"监督", "监测", "审核"})  # … and whatever is made
OF_THINGS = frozenset({"建立", "维护", "拓展"})  # not done to an activity that stands behind their object
COMPETITOR = frozenset({"竞品"})
HANDLING = frozenset({"处理"})  # 办理合同的签订
HOUSE_WORK = "部门工作"


@dataclass(slots=True)
class _Piece:
    acts: frozenset[str]
    objects: frozenset[str]
    fields: frozenset[str]
    narrowing: frozenset[str]
    leads: bool  # an act stands first
    field_leads: bool  # an activity stands first, what it is done to after it
    house: bool
    itself: bool  # nothing but an activity: 塑造品牌形象并加以传播
    of_all: bool = False  # 的 before its act: 广告、促销和公关的策划
    as_act: bool = False  # an activity among acts: 员工的招聘、培训与考核
    example: bool = False  # of what is named after it: 画册、折页等宣传物料

    @property
    def named(self) -> frozenset[str]:
        return self.objects | self.fields


def tasks(clause: str, inherited: frozenset[str] = frozenset()) -> tuple[tuple[Task, ...], frozenset[str]]:
    """Return the tasks of a clause, and its acts that are named last: done to all of it, or else to the clause before.

    `inherited`: the acts of the clause that it unfolds.
    """
    assists, pieces = _pieces(clause)
    if not any(piece.named for piece in pieces):
        for piece in pieces:
            piece.objects = frozenset({HOUSE_WORK}) if piece.house else piece.objects
    if not any(piece.named for piece in pieces):
        return (), frozenset[str]().union(*(piece.acts for piece in pieces))
    for number in range(len(pieces)):
        _share(pieces, number)
    found, waiting = _done(pieces, inherited)
    scope = frozenset[str]().union(*(piece.narrowing for piece in pieces))
    all_of_it = frozenset[str]().union(*(both for both in lexicon().everywhere if both <= scope))
    told = (task for acts, piece in found for task in _told(acts, waiting, piece, assists=assists, without=all_of_it))
    return tuple(dict.fromkeys(map(meant, told))), waiting


def _told(
    acts: frozenset[str], waiting: frozenset[str], piece: _Piece, *, assists: bool, without: frozenset[str]
) -> Iterator[Task]:
    """Yield the tasks of a piece; whoever is taught besides is not taught what is done to him: 招聘、培训并考核员工."""
    task = Task(
        acts if piece.as_act else acts | waiting, piece.named, assists, piece.narrowing - without, piece.example
    )
    people = piece.objects & lexicon().groups["people"] if TRAINING in piece.fields else frozenset()
    if people and waiting and not piece.as_act:
        yield replace(task, acts=acts)
        yield replace(task, acts=waiting, concepts=people)
    else:
        yield task


def _done(
    pieces: list[_Piece], inherited: frozenset[str]
) -> tuple[list[tuple[frozenset[str], _Piece]], frozenset[str]]:
    """Return what is done to which pieces, and the acts that are named last."""
    activities = lexicon().groups["activities"]
    found: list[tuple[frozenset[str], _Piece]] = []
    waiting: frozenset[str] = frozenset()  # acts named before what they are done to: 收集、整理并分析数据
    before = inherited
    for piece in pieces:
        if not piece.named:
            waiting |= piece.acts
            continue
        # 招聘并培训员工: the activity stands for an act; 策划并推广品牌: it is what is planned
        if waiting and piece.field_leads:
            found.append((waiting, piece if waiting <= MAKING else replace(piece, fields=frozenset())))
            waiting = frozenset()
        # 与供应商、媒体保持关系: named last, it is done to what stands before it too
        if piece.acts and not piece.leads:
            kept = frozenset() if piece.of_all else activities
            found = [(acts if acts or one.named & kept else piece.acts, one) for acts, one in found]
        acts = piece.acts | waiting
        if before & OVER_ACTS and not piece.leads and acts <= (DOING | MAKING if before <= WATCHING else DOING):
            acts = before  # 跟进促销与策划的落实, 监督海报与样品的制作
        elif not acts and not (piece.itself and before & OF_THINGS):
            acts = before
        found.append((acts, piece))
        # 市场调研与推广: only an act that stands before what it is done to is done to the next too
        before = (acts or before) if piece.leads or not piece.acts else before if piece.example else frozenset()
        waiting = frozenset()
    return found, waiting


def _pieces(clause: str) -> tuple[bool, list[_Piece]]:
    """Return whether a clause begins by saying that somebody is assisted, and its pieces."""
    assists, sums_up, after_of = False, False, False
    examples = 0
    pieces: list[list[Word]] = [[]]
    of_all: set[int] = set()
    for word in lexicon().read(clause):
        if word.sort == Sort.ASSISTING and not any(pieces):
            assists = True
        elif word.sort != Sort.UNKNOWN:
            if sums_up and _sums_up(word):  # 广告、促销、公关等推广计划: the last is what all of them are
                examples = len(pieces)
                pieces.append([])
            if after_of and word.sort == Sort.ACT:
                of_all.add(len(pieces) - 1)
            pieces[-1].append(word)
            sums_up, after_of = sums_up and word.sort == Sort.NOISE, False
        else:
            sums_up, after_of = word.text.endswith("等"), word.text.endswith("的")
            for number, text in enumerate(JOINTS.split(word.text)):
                if number:
                    pieces.append([])
                pieces[-1] += [Word(Sort.UNKNOWN, left, left) for left in EMPTY.split(text) if left]
    return assists, [
        _piece(words, example=number < examples, of_all=number in of_all)
        for number, words in enumerate(pieces)
        if words
    ]


def _sums_up(word: Word) -> bool:
    """Whether a word after 等 says what the examples before it are."""
    groups = lexicon().groups
    return word.concept in groups["activities"] or (word.sort == Sort.OBJECT and word.concept not in groups["heads"])


def _piece(words: list[Word], *, example: bool, of_all: bool) -> _Piece:
    by_sort = {sort: frozenset(word.concept for word in words if word.sort == sort) for sort in Sort}
    heavy = [word for word in words if word.sort not in (Sort.NOISE, Sort.HOUSE, Sort.OPENING)]
    heads = lexicon().groups["heads"]
    traded = lexicon().groups["traded"]  # what is named before it says only what the company trades in
    unknown = {
        word.concept
        for word, after in pairwise([*words, Word(Sort.NOISE, "", "")])
        if word.sort == Sort.UNKNOWN and len(word.text) > 1 and after.concept not in traded
    }
    objects = by_sort[Sort.OBJECT] | unknown
    if by_sort[Sort.HOUSE] and objects and objects <= heads:
        objects |= {HOUSE_WORK}  # 市场部的工作计划
    at = next((at for at, word in enumerate(heavy) if word.sort != Sort.ACT), len(heavy))
    first, last = (
        frozenset(word.concept for word in part if word.sort == Sort.ACT) for part in (heavy[:at], heavy[at:])
    )
    acts = first | last
    if first & OVER_ACTS:  # what is named after the object is part of the object
        acts, objects = first, objects | (last - first - MAKING - SEEING)
    elif first and last - DOING - MAKING:
        acts = acts - DOING - HANDLING or acts  # 开展数据分析, 组织活动的回访: what is done is named last
    elif "组织" in first and last - DOING:
        acts -= {"组织"}  # 开展宣传策划
    return _Piece(
        acts=acts,
        objects=objects,
        fields=by_sort[Sort.FIELD],
        narrowing=by_sort[Sort.NARROWING],
        leads=bool(first & acts),
        field_leads=bool(heavy) and heavy[0].sort == Sort.FIELD and bool(objects - heads),
        house=bool(by_sort[Sort.HOUSE]),
        itself=bool(by_sort[Sort.FIELD]) and not objects and not acts,
        of_all=of_all,
        example=example,
    )


def _share(pieces: list[_Piece], number: int) -> None:
    """Give an activity or a bare head what the one beside it is of: 宣传并推广品牌, 品牌的推广与传播, 营销策略和计划."""
    heads = lexicon().groups["heads"]
    piece, before, after = pieces[number], pieces[:number], pieces[number + 1 : number + 2]
    if (
        piece.fields == {SALE}
        and not piece.objects
        and piece.acts <= MAKING
        and (both := frozenset[str]().union(*(one.objects for one in after)) & lexicon().groups["made"])
    ):
        piece.objects = both  # 销售、费用目标
    elif piece.itself:
        first = not any(other.objects for other in before)
        for other in (
            *(one for one in after if one.field_leads or (one.leads and first)),
            *(one for one in before[-1:] if not one.leads),
        ):
            if other.objects:
                piece.objects, piece.field_leads = other.objects, other in after
                piece.as_act = bool(other.acts) and other in before
                return
    if not before:
        return
    other = before[-1]
    if not other.named:
        piece.narrowing |= other.narrowing  # 线上与线下推广
    if (
        TRAINING in piece.fields
        and not other.fields
        and other.acts <= DOING
        and (taught := other.objects & lexicon().groups["people"])
    ):
        piece.objects, other.example = taught, True  # 经销商的产品、技术培训
    elif piece.objects and not piece.fields and not piece.acts and other.field_leads:
        piece.fields, piece.field_leads = other.fields, True  # 调研客户的需求与满意度
    elif piece.fields and other.objects & lexicon().groups["brand"] and not piece.objects - heads:
        piece.objects |= {"品牌"}  # 品牌策略与推广计划
    elif piece.objects and not piece.fields and piece.objects <= heads and other.objects & heads:
        piece.objects, piece.fields = piece.objects | (other.objects - heads), other.fields
    elif len(pieces) > 2 and not piece.acts and any(one.objects > COMPETITOR for one in before):
        piece.objects, piece.fields = COMPETITOR, frozenset()  # 竞品的性能、价格与促销手段
