"""Which structure suits a company, and why: answers in, reasons with their sources out.

The rules are data: fixtures/advice.yaml.
"""

from departments.advice.answers import QUESTIONS, Answers
from departments.advice.designs import Candidate, candidates
from departments.advice.rules import Rules, read_rules
from departments.advice.weighing import Advice, Judgement, advise

__all__ = ["QUESTIONS", "Advice", "Answers", "Candidate", "Judgement", "Rules", "advise", "candidates", "read_rules"]
