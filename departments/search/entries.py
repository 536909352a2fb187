"""What can be found, written down: the rows of an edition in force, of the functions, of the topics.

`rewrite` runs inside the transaction that puts an edition in force: readers find what they read. What a text sounds like is
asked once; it is kept from the rows before where the text is the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from django.db import transaction

from departments.models import Edition, Function, SearchEntry, Topic
from departments.models.bulk import write
from departments.models.outlines import Entry, Outline
from departments.search.normal import initials, key, pinyin, sounds, spaced

Kind = SearchEntry.Kind
COMPARED = ("names", "also", "words", "sounds", "beside")
SHOWN = ("kind", "page", "ref", "anchor", "title", "title_en", "context", "weight", "section", "functions", "order")
WRITTEN = ("design_id", "edition_id", *SHOWN, *COMPARED)
Known = dict[tuple[str, str], str]
TOGETHER = 50  # editions in memory at a time
LONGEST_NAME = 30  # characters of a name that is listed from each syllable on


def rewrite(*editions: Edition) -> None:
    """Let the search find these editions in place of their designs' last ones. 6 queries, and 3 for each further 50 editions.

    To be called in the transaction that puts the editions in force.
    """
    before = SearchEntry.objects.filter(design__in=[edition.design_id for edition in editions])
    known = {(kind, words): sounds for kind, words, sounds in before.values_list("kind", "words", "sounds")}
    values = attrgetter(*WRITTEN)
    rows = [
        values(row) for some in _together(editions) for outline in Outline.of(some) for row in rows_of(outline, known)
    ]
    before.delete()
    write(SearchEntry, WRITTEN, rows)


def rewrite_functions() -> None:
    """Let the search find the functions as they are now. 3 queries."""
    with transaction.atomic():
        SearchEntry.objects.filter(kind=Kind.FUNCTION).delete()
        SearchEntry.objects.bulk_create(function_rows())


def rewrite_topics() -> None:
    """Let the search find the topics as they are now. 4 queries."""
    with transaction.atomic():
        SearchEntry.objects.filter(kind=Kind.TOPIC).delete()
        SearchEntry.objects.bulk_create(topic_rows())


def rebuild() -> int:
    """Write everything anew and return the number of rows."""
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        rewrite(*Edition.objects.in_force().select_related("design"))
        rewrite_functions()
        rewrite_topics()
    return SearchEntry.objects.count()


def complete() -> None:
    """Write what is missing altogether: editions put in force, functions and topics stored before there was a search table."""
    with transaction.atomic():
        found = SearchEntry.objects.filter(edition__isnull=False).values("edition")
        if missing := Edition.objects.in_force().exclude(pk__in=found).select_related("design"):
            rewrite(*missing)
        kinds = set(SearchEntry.objects.filter(design=None).values_list("kind", flat=True).distinct())
        if Kind.FUNCTION not in kinds and Function.objects.exists():
            rewrite_functions()
        if Kind.TOPIC not in kinds and Topic.objects.exists():
            rewrite_topics()


def faults() -> list[str]:
    """Return what the table says that it should not, or does not say: empty where it agrees with what is in force."""
    columns = ("edition_id", *SHOWN, *COMPARED)
    stored = {tuple(row) for row in SearchEntry.objects.values_list(*columns)}
    wanted = {tuple(getattr(row, column) for column in columns) for row in _everything()}
    wrong = [f"not in force: {row[5]}" for row in stored - wanted] + [f"not found: {row[5]}" for row in wanted - stored]
    return sorted(wrong)


def _everything() -> Iterator[SearchEntry]:
    for some in _together(Edition.objects.in_force().select_related("design")):
        for outline in Outline.of(some):
            yield from rows_of(outline)
    yield from function_rows()
    yield from topic_rows()


def _together(editions: Iterable[Edition]) -> Iterator[Sequence[Edition]]:
    given = list(editions)
    for at in range(0, len(given), TOGETHER):
        yield given[at : at + TOGETHER]


def rows_of(outline: Outline, known: Known | None = None) -> Iterator[SearchEntry]:
    """Yield the rows of an edition, unsaved: the design, its departments and positions, its duty statements. No query.

    `known`: (kind, words) → sounds of rows written before.
    """
    known = known or {}
    edition, design = outline.edition, outline.edition.design
    own = {"design": design, "edition": edition}
    about = [design.summary, *design.strengths, *design.principles]
    yield _named(SearchEntry(kind=Kind.DESIGN, page="design", **own), design.name, design.name_en, about, known=known)
    for entry in outline.entries:
        if entry.frame:
            continue
        place = _place(entry)
        row = SearchEntry(
            kind=entry.kind,
            order=entry.lft,
            page=place.kind if place else "design",
            ref=place.ref if place else "",
            context=" › ".join(
                above.title for above in (*entry.trail, entry) if above is not entry and not above.is_duty
            ),
            beside=spaced(" ".join([design.name, *(above.title for above in entry.trail if not above.is_duty)])),
            functions=f" {' '.join(entry.functions)} " if entry.functions else "",
            **own,
        )
        if entry.is_duty:
            row.section, row.weight, row.anchor = entry.section, entry.weight, entry.anchor
            yield _said(row, entry, known)
        else:
            yield _named(row, entry.title, entry.title_en, [entry.summary], [*entry.aliases, entry.code], known=known)


def _place(entry: Entry) -> Entry | None:
    """Return the department or position on whose page the entry is read; None for the page of the design."""
    holder: Entry | None = entry.holder
    while holder is not None and holder.frame:
        holder = holder.parent
    return holder


def _said(row: SearchEntry, entry: Entry, known: Known) -> SearchEntry:
    row.title = entry.text
    row.names = _lines(key(entry.text))
    row.words = spaced(f"{entry.text} {entry.measure}")
    row.sounds = known.get((row.kind, row.words)) or sounds(entry.text, name=False)
    return row


def _named(
    row: SearchEntry,
    title: str,
    title_en: str,
    about: Iterable[str] = (),
    others: Iterable[str] = (),
    *,
    known: Known | None = None,
) -> SearchEntry:
    others = [other for other in others if other]
    row.title, row.title_en = title, title_en
    row.names = _lines(key(title), key(title_en), pinyin(title), initials(title))
    row.also = _lines(*(form for other in others for form in (key(other), pinyin(other), initials(other))))
    row.words = spaced(" ".join([title, title_en, key(title_en), *others, *map(key, others), *about]))
    row.sounds = (known or {}).get((row.kind, row.words)) or "".join(
        sounds(name[:LONGEST_NAME], name=True) for name in (title, *others)
    )
    return row


def _lines(*names: str) -> str:
    """Return the names one a line, with a line's end before and after each."""
    found = [name for name in dict.fromkeys(names) if name]
    return "\n{}\n".format("\n".join(found)) if found else ""


def function_rows() -> list[SearchEntry]:
    """Return the functions' rows, unsaved; a heading leads to the list of all. 1 query."""
    functions = list(Function.objects.select_related("parent"))
    headings = {function.parent_id for function in functions}
    return [
        _named(
            SearchEntry(
                kind=Kind.FUNCTION,
                order=function.order,
                page="functions" if function.pk in headings else "function",
                ref="" if function.pk in headings else function.slug,
                functions=f" {function.slug} ",
                context=function.definition,
            ),
            function.name,
            function.name_en,
            [function.definition],
            [function.slug.replace("-", " ")],
        )
        for function in functions
    ]


def topic_rows() -> list[SearchEntry]:
    """Return the topics' rows, unsaved. 2 queries."""
    return [
        _named(
            SearchEntry(
                kind=Kind.TOPIC,
                order=topic.order,
                page="topic",
                ref=topic.key,
                context=topic.summary,
                functions="".join(f" {function.slug} " for function in topic.functions.all()),
            ),
            topic.title,
            topic.title_en,
            [topic.summary, topic.body],
        )
        for topic in Topic.objects.prefetch_related("functions")
    ]
