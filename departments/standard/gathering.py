"""The positions of one post in the editions in force, side by side; duties that say the same are folded."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from departments.comparison.matching import ACCEPTED, likeness, may_be_alike
from departments.models import Design, Edition, Function, Kind, Node, Section
from departments.models.entries import Entry
from departments.models.outlines import Outline
from departments.standard.titles import Standard, standard_of, standards


@dataclass(eq=False)
class Member:
    """One position of the post, in its design."""

    entry: Entry
    design: Design
    edition: int

    @property
    def place(self) -> str:
        """Where it stands in its design."""
        return " › ".join(above.title for above in self.entry.trail)

    @property
    def superiors(self) -> list[str]:
        """The titles of those it reports to, derived from its place where nothing is stated."""
        return [line.other for line in self.entry.superiors if line.basis != "top"]


@dataclass
class Line:
    """One duty as the designs word it: the wording that comes nearest to all the others, and who has it."""

    wordings: list[tuple[Entry, Member]]

    @cached_property
    def duty(self) -> Entry:
        """The wording that stands for all: the one nearest to the others, the shorter of two."""
        entries = [entry for entry, _member in self.wordings]
        return max(entries, key=lambda one: (sum(likeness(one.text, other.text) for other in entries), -len(one.text)))

    @property
    def members(self) -> list[Member]:
        """The positions that have it, each once."""
        return list(dict.fromkeys(member for _entry, member in self.wordings))

    @property
    def times(self) -> int:
        """In how many positions it occurs."""
        return len(self.members)

    def takes(self, entry: Entry) -> bool:
        """Whether a statement says the same."""
        return any(
            one.weight == entry.weight
            and may_be_alike(one.text, entry.text)
            and likeness(one.text, entry.text, one.functions, entry.functions) >= ACCEPTED
            for one, _member in self.wordings
        )


@dataclass
class Part:
    """The duties that serve one function, or the statements of another section of the job description; most frequent first."""

    section: str
    function: Function | None
    lines: list[Line] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The section in words, where it is not told apart by functions."""
        return str(Section(self.section).label)


@dataclass
class Post:
    """A post and everything the designs say of it."""

    standard: Standard
    members: list[Member]
    parts: list[Part]

    @property
    def designs(self) -> list[Design]:
        """The designs that have it, each once."""
        return list(dict.fromkeys(member.design for member in self.members))

    @property
    def titles(self) -> list[tuple[str, int]]:
        """The titles it has, the most frequent first."""
        return Counter(member.entry.title for member in self.members).most_common()

    @property
    def superiors(self) -> list[tuple[str, list[Member]]]:
        """To whom it reports, the most frequent first."""
        found: dict[str, list[Member]] = defaultdict(list)
        for member in self.members:
            for title in member.superiors:
                found[title].append(member)
        return sorted(found.items(), key=lambda row: -len(row[1]))

    @property
    def tops(self) -> list[Member]:
        """The positions of which no superior is known."""
        return [member for member in self.members if not member.superiors]


@dataclass
class Row:
    """A post in the list of all: how many positions of it there are, in how many designs, under which titles."""

    standard: Standard
    titles: Counter[str] = field(default_factory=Counter)
    designs: set[int] = field(default_factory=set)

    @property
    def ranked(self) -> list[tuple[str, int]]:
        """Its titles, the most frequent first."""
        return self.titles.most_common()

    @property
    def positions(self) -> int:
        """How many positions of it there are."""
        return sum(self.titles.values())


def overview() -> list[Row]:
    """Return the posts that at least two designs have, the most frequent first. 2 queries."""
    rows = {key: Row(standard) for key, standard in standards().items()}
    for title, tree, _lft, _rght in _positions(_trees()):
        if (standard := standard_of(title)) is not None:
            rows[standard.key].titles[title] += 1
            rows[standard.key].designs.add(tree)
    found = [row for row in rows.values() if len(row.designs) > 1]
    return sorted(found, key=lambda row: (-len(row.designs), -row.positions))


def gather(standard: Standard) -> Post:
    """Return the post with all that the editions in force say of it. 7 queries."""
    designs = {edition.pk: edition.design for edition in Edition.objects.in_force().select_related("design")}
    found = [row for row in _positions(designs) if standard_of(row[0]) == standard]
    outlines = Outline.around([(tree, lft, rght) for _title, tree, lft, rght in found])
    members = [
        Member(entry, designs[tree], tree)
        for tree, outline in outlines.items()
        for entry in outline.positions
        if standard_of(entry.title) == standard
    ]
    members.sort(key=lambda member: (member.design.name, member.entry.lft))
    return Post(standard, members, _parts(members))


def _trees() -> list[int]:
    return list(Edition.objects.in_force().values_list("pk", flat=True))


def _positions(trees: Iterable[int]) -> list[tuple[str, int, int, int]]:
    """Return (title, tree, edges) of every position of some trees. 1 query."""
    rows = Node.tree.filter(tree_id__in=list(trees), kind=Kind.POSITION).order_by("tree_id", "lft")
    return list(rows.values_list("title", "tree_id", "lft", "rght"))


def _parts(members: list[Member]) -> list[Part]:
    """Return what the members' statements say, folded: by function for the responsibilities, else by section. 1 query."""
    functions = {function.slug: function for function in Function.objects.all()}
    found: dict[tuple[str, str], Part] = {}
    for member in members:
        for child in member.entry.children:
            for entry in child.walk() if child.is_duty else ():
                if not entry.is_leaf:
                    continue
                slug = next(iter(entry.functions), "") if entry.section == Section.RESPONSIBILITY else ""
                part = found.setdefault((entry.section, slug), Part(entry.section, functions.get(slug)))
                line = next((line for line in part.lines if line.takes(entry)), None)
                if line is None:
                    part.lines.append(line := Line([]))
                line.wordings.append((entry, member))
    order = {section: at for at, section in enumerate(Section.values)}
    parts = sorted(
        found.values(),
        key=lambda part: (order[part.section], part.function.order if part.function else len(functions)),
    )
    for part in parts:
        part.lines.sort(key=lambda line: -line.times)
    return parts
