"""How other designs say it: statements of the editions in force, those of the same functions first."""

from collections.abc import Collection
from dataclasses import dataclass

from departments.models import Design, Edition, Node
from departments.models.entries import Entry
from departments.wording.hints import bare

MOST = 8  # phrases at a time
READ = 40  # of them many say the same


@dataclass(frozen=True, slots=True)
class Phrase:
    """A statement of another design, and whether it serves a function that was asked for."""

    text: str
    design: str
    served: bool


def functions_near(entry: Entry) -> list[str]:
    """Return the functions that a statement put here probably serves: of its neighbours, else of the department."""
    holder = entry.holder
    near = [slug for child in holder.children if child.is_duty for one in child.walk() for slug in one.functions]
    above: Entry | None = holder
    while not near and above is not None:
        near = above.functions
        above = above.parent
    return list(dict.fromkeys(near))


def phrases(
    words: str, *, section: str, functions: Collection[str], besides: Design, said: Collection[str] = ()
) -> list[Phrase]:
    """Return how other designs say something: statements with all the words, or of the functions where there are none.

    What is `said` already is left out, and what several say comes once. 2 queries, none where nothing is asked.
    """
    asked = words.split()
    if not asked and not functions:
        return []
    trees = dict(Edition.objects.in_force().exclude(design=besides).values_list("pk", "design__name"))
    found = Node.tree.phrases(trees, asked, section, functions)
    if not asked:
        found = found.filter(served=True)
    known = {bare(text) for text in said}
    picked: dict[str, Phrase] = {}
    for text, tree, served in found.values_list("text", "tree_id", "served")[:READ]:
        if bare(text) not in known:
            picked.setdefault(bare(text), Phrase(text, trees[tree], served))
    return list(picked.values())[:MOST]
