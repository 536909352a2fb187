"""A gentle look at Chinese duty statements: what a reader will stumble over. Nothing here forbids anything.

A hint that is wrong is worse than none: each rule asks for the plain case only, and says nothing where it is in doubt.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from departments.models import Kind
from departments.models.entries import Entry
from departments.models.outlines import Outline

MOST = 12  # duties of one position that a reader keeps in mind
SHORTEST_TWIN = 6  # characters: shorter ones are headings in disguise
LONGEST_EFFORT = 14  # characters: what is longer says in what way

NOISE = re.compile(r"[\s，,。.；;：:、（）()“”\"'！!]")
# 负责相关工作, 做好日常事务, 完成各项任务: a verb that fits everything, and nothing it is done to
VAGUE = re.compile(
    r"(?:全面|具体|主要|积极|认真)?(?:负责|主管|分管|从事|协助|参与|配合|做好|搞好|抓好|办好|处理|完成|开展|落实|管理)+"
    r"(?:好)?(?:本?(?:部门|岗位|公司)(?:内|的)?)?(?:所有|全部|一切|各种|各类|各项|相关|有关|相应|日常|具体|其他|其它|一些|等|的)*"
    r"(?:管理)?(?:工作|事务|事项|事宜|任务|事情|业务)?(?:等)?"
)
# 加强团队建设, 努力提高服务水平: an effort; what comes of it is left open
EFFORT = re.compile(r"(?:不断|努力|积极|大力|进一步|认真|切实|持续|注意|注重|重视|加强|强化|关注|力争|争取)+")
RESULT = re.compile(
    r"确保|保证|保障|达到|达成|实现|完成|形成|提交|提出|制[定订]|编[制写]|建立|使|以便|并|及时|[0-9０-９%％]"
)
KINDS: dict[str, str | Promise] = {
    "vague": _("Says that something is done, not what. Name the thing."),
    "effort": _("Says an effort, not what comes of it. Add the result or the measure."),
    "twin": _("The same duty stands in another position. Say who answers for it."),
    "many": _("Many duties for one position. Group them, or share them out."),
}


@dataclass(frozen=True, slots=True)
class Hint:
    """What a reader may stumble over: the rule, the statement (None: the position as a whole), who says the same."""

    kind: str
    statement: Entry | None = None
    others: list[Entry] = field(default_factory=list)

    @property
    def said(self) -> str | Promise:
        """The hint in words."""
        return KINDS[self.kind]


def hints(outline: Outline) -> dict[Entry, list[Hint]]:
    """Return the hints on every department and position that has some, in the order of its statements. No query."""
    duties = [entry for entry in outline.entries if entry.counts_as_duty]
    twins: dict[str, list[Entry]] = defaultdict(list)
    held: dict[Entry, int] = defaultdict(int)
    for duty in duties:
        held[duty.holder] += 1
        if duty.holder.kind == Kind.POSITION and len(bare(duty.text)) >= SHORTEST_TWIN:
            twins[bare(duty.text)].append(duty)
    found: dict[Entry, list[Hint]] = defaultdict(list)
    for duty in duties:
        kinds = list(stumbles(duty.text)) if not duty.measure else []
        found[duty.holder] += [Hint(kind, duty) for kind in kinds]
        others = [twin.holder for twin in twins.get(bare(duty.text), ()) if twin.holder is not duty.holder]
        if others and duty.holder.is_position:
            found[duty.holder].append(Hint("twin", duty, others))
    for holder, number in held.items():
        if number > MOST and holder.is_position:
            found[holder].insert(0, Hint("many"))
    return {holder: given for holder, given in found.items() if given}


def stumbles(text: str) -> Iterator[str]:
    """Yield the rules that a statement by itself falls under."""
    words = bare(text)
    if VAGUE.fullmatch(words):
        yield "vague"
    elif len(words) <= LONGEST_EFFORT and EFFORT.match(words) and not RESULT.search(text):
        yield "effort"


def bare(text: str) -> str:
    """Return a statement without spaces and punctuation: what two that say the same have in common."""
    return NOISE.sub("", text)
