"""The rows: designs, editions, the tree of each, what the tree cannot say, and the vocabulary they share."""

from departments.models.calls import Calls
from departments.models.company import Holder, HolderChange, Organisation
from departments.models.declined import Declined
from departments.models.designs import Classification, Design, Edition
from departments.models.history import Change
from departments.models.imports import ImportFile, TakenIn
from departments.models.knowledge import Function, Source, Topic
from departments.models.nodes import Department, Duty, Kind, Node, NodeFunction, Position, Section
from departments.models.people import Grant, Preference, Role
from departments.models.printing import PrintedPaper, PrintJob
from departments.models.processes import Process, Step
from departments.models.relations import Relation
from departments.models.review import Comment, Transition
from departments.models.search import SearchEntry
from departments.models.source_texts import SourceText
from departments.models.templates import WordTemplate
from departments.models.tokens import Token
from departments.models.webhooks import Delivery, Webhook

__all__ = [
    "Calls",
    "Change",
    "Classification",
    "Comment",
    "Declined",
    "Delivery",
    "Department",
    "Design",
    "Duty",
    "Edition",
    "Function",
    "Grant",
    "Holder",
    "HolderChange",
    "ImportFile",
    "Kind",
    "Node",
    "NodeFunction",
    "Organisation",
    "Position",
    "Preference",
    "PrintJob",
    "PrintedPaper",
    "Process",
    "Relation",
    "Role",
    "SearchEntry",
    "Section",
    "Source",
    "SourceText",
    "Step",
    "TakenIn",
    "Token",
    "Topic",
    "Transition",
    "Webhook",
    "WordTemplate",
]
