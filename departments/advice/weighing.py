"""Weighing structures: what speaks for each, what against, and how clear the answer is.

A rule counts its weight, for or against. Nothing else counts: an answer that is missing, and a question about which the
sources say nothing for a structure, leave its points as they are. Points order the structures; the reasons are the answer.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from departments.advice.answers import Answers
from departments.advice.rules import Rule, Rules, Step, Unit

CLEAR = 3  # points ahead of the next: with less the two are called close
ENOUGH = 4  # points a structure needs before it is recommended at all


class Verdict(StrEnum):
    """How clear the answer is."""

    CLEAR = "clear"
    CLOSE = "close"  # two or more are about as good
    POOR = "poor"  # nothing fits well
    OPEN = "open"  # too little was answered to tell


@dataclass(slots=True)
class Judgement:
    """One structure, judged: the rules that speak for and against it, and the answered questions they are about."""

    structure: str
    pro: list[Rule] = field(default_factory=list)
    contra: list[Rule] = field(default_factory=list)
    judged: set[str] = field(default_factory=set)

    @property
    def points(self) -> int:
        """Return the weight of what speaks for it less that of what speaks against it."""
        return sum(rule.weight for rule in self.pro) - sum(rule.weight for rule in self.contra)


@dataclass(frozen=True, slots=True)
class Advice:
    """The answer: structures, best first; what to add; what to change with growth, from the best one on."""

    verdict: Verdict
    judgements: list[Judgement]
    answered: dict[str, str]
    units: list[Unit]
    growth: list[Step]

    @property
    def best(self) -> Judgement:
        """Return the structure that is recommended, or the least unfit."""
        return self.judgements[0]

    @property
    def sources(self) -> set[str]:
        """Return the keys of the sources that the recommendation, what to add and what to change rest on."""
        conditions = (*self.best.pro, *self.best.contra, *self.units)
        return {one.source for one in conditions} | {step.source for step in self.growth}

    @property
    def rivals(self) -> list[Judgement]:
        """Return the structures about as good as the best."""
        return [one for one in self.judgements[1:] if one.points > 0 and self.best.points - one.points < CLEAR]


def advise(answers: Answers, rules: Rules) -> Advice:
    """Return the advice for the answers. No query."""
    given = answers.given(rules)
    said = {question: {value} for question, value in given.items()} | {"priorities": set(answers.priorities)}
    judgements = [_judge(structure, own, said) for structure, own in rules.structures.items()]
    judgements.sort(key=lambda one: (-one.points, sum(rule.weight for rule in one.contra)))
    verdict = _verdict(judgements)
    units = [unit for unit in rules.units if said.get(unit.question, set()) & set(unit.values)]
    growth = [] if verdict is Verdict.OPEN else _path(judgements[0].structure, rules)
    return Advice(verdict, judgements, given, units, growth)


def _verdict(judgements: list[Judgement]) -> Verdict:
    best, second = judgements[:2]
    if not any(one.judged for one in judgements):
        return Verdict.OPEN
    if best.points < ENOUGH:
        return Verdict.POOR
    return Verdict.CLEAR if best.points - second.points >= CLEAR else Verdict.CLOSE


def _judge(structure: str, rules: list[Rule], said: dict[str, set[str]]) -> Judgement:
    judgement = Judgement(structure)
    for rule in rules:
        if said.get(rule.question, set()) & set(rule.values):
            (judgement.pro if rule.speaks == "for" else judgement.contra).append(rule)
            judgement.judged.add(rule.question)
    return judgement


def _path(start: str, rules: Rules) -> list[Step]:
    """Return the steps that lead on from a structure, the nearest first."""
    steps: list[Step] = []
    reached = [start]
    for structure in reached:
        for step in rules.growth:
            if step.start == structure and step not in steps:
                steps.append(step)
                reached.append(step.to)
    return steps
