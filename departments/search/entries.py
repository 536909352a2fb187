"""What can be found, written down: the rows of an edition in force, of the functions, of the topics.

`rewrite` runs inside the transaction that puts an edition in force: readers find what they read. What a text sounds like is
asked once; it is kept from the rows before where the text is the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from django.db import transaction

from departments.models import Edition, Function, SearchEntry, Topic
from departments.models.bulk import write
from departments.models.entries import Entry
from departments.models.outlines import Outline
from departments.search.normal import initials, key, pinyin, sounds, spaced

Kind = SearchEntry.Kind
COMPARED = ("names", "also", "words", "sounds", "beside")
SHOWN = ("kind", "page", "ref", "anchor", "title", "title_en", "context", "weight", "section", "functions", "order")
WRITTEN = ("design_id", "edition_id", *SHOWN, *COMPARED)
EMPTY = dict.fromkeys(WRITTEN, "") | {"design_id": None, "edition_id": None, "order": 0}
Known = dict[tuple[str, str], str]
Values = dict[str, Any]  # a row's columns by name; an instance for each of a library's rows would cost as much again
TOGETHER = 50  # editions in memory at a time
LONGEST_NAME = 30  # characters of a name that is listed from each syllable on


def rewrite(*editions: Edition) -> None:
    """Let the search find these editions in place of their designs' last ones. 6 queries, and 3 for each further 50 editions.

    To be called in the transaction that puts the editions in force.
    """
    before = SearchEntry.objects.filter(design__in=[edition.design_id for edition in editions])
    known = {(kind, words): sounds for kind, words, sounds in before.values_list("kind", "words", "sounds")}
    rows = [row for some in _together(editions) for outline in Outline.of(some) for row in _rows_of(outline, known)]
    before.delete()
    _write(rows)


def rewrite_functions() -> None:
    """Let the search find the functions as they are now. 3 queries."""
    with transaction.atomic():
        SearchEntry.objects.filter(kind=Kind.FUNCTION).delete()
        _write(_function_rows())


def rewrite_topics() -> None:
    """Let the search find the topics as they are now. 4 queries."""
    with transaction.atomic():
        SearchEntry.objects.filter(kind=Kind.TOPIC).delete()
        _write(_topic_rows())


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
    columns = WRITTEN[1:]
    stored = set(SearchEntry.objects.values_list(*columns))
    wanted = set(map(itemgetter(*columns), _everything()))
    wrong = [f"not in force: {row[5]}" for row in stored - wanted] + [f"not found: {row[5]}" for row in wanted - stored]
    return sorted(wrong)


def _everything() -> Iterator[Values]:
    for some in _together(Edition.objects.in_force().select_related("design")):
        for outline in Outline.of(some):
            yield from _rows_of(outline)
    yield from _function_rows()
    yield from _topic_rows()


def _write(rows: Iterable[Values]) -> None:
    write(SearchEntry, WRITTEN, map(itemgetter(*WRITTEN), rows))


def _together(editions: Iterable[Edition]) -> Iterator[Sequence[Edition]]:
    given = list(editions)
    for at in range(0, len(given), TOGETHER):
        yield given[at : at + TOGETHER]


def rows_of(outline: Outline) -> list[SearchEntry]:
    """Return the rows of an edition, unsaved: the design, its departments and positions, its duty statements. No query."""
    own = {"design": outline.edition.design, "edition": outline.edition}
    return [SearchEntry(**row | own) for row in _rows_of(outline)]


def _rows_of(outline: Outline, known: Known | None = None) -> Iterator[Values]:
    """Yield an edition's rows. `known`: (kind, words) → sounds of rows written before."""
    known = known or {}
    edition, design = outline.edition, outline.edition.design
    own = EMPTY | {"design_id": design.pk, "edition_id": edition.pk}
    about = [design.summary, *design.strengths, *design.principles]
    row = own | {"kind": Kind.DESIGN.value, "page": "design"}
    yield _named(row, design.name, design.name_en, about, known=known)
    for entry in outline.entries:
        if entry.frame:
            continue
        place = _place(entry)
        above = [one.title for one in entry.trail if not one.is_duty]
        row = own | {
            "kind": str(entry.kind),
            "order": entry.lft,
            "page": str(place.kind) if place else "design",
            "ref": place.ref if place else "",
            "context": " › ".join(above),
            "beside": spaced(" ".join([design.name, *above])),
            "functions": f" {' '.join(entry.functions)} " if entry.functions else "",
        }
        if entry.is_duty:
            row |= {"section": entry.section, "weight": entry.weight, "anchor": entry.anchor}
            yield _said(row, entry, known)
        else:
            yield _named(row, entry.title, entry.title_en, [entry.summary], [*entry.aliases, entry.code], known=known)


def _place(entry: Entry) -> Entry | None:
    """Return the department or position on whose page the entry is read; None for the page of the design."""
    holder: Entry | None = entry.holder
    while holder is not None and holder.frame:
        holder = holder.parent
    return holder


def _said(row: Values, entry: Entry, known: Known) -> Values:
    words = spaced(f"{entry.text} {entry.measure}")
    return row | {
        "title": entry.text,
        "names": _lines(key(entry.text)),
        "words": words,
        "sounds": known.get((row["kind"], words)) or sounds(entry.text, name=False),
    }


def _named(
    row: Values,
    title: str,
    title_en: str,
    about: Iterable[str] = (),
    others: Iterable[str] = (),
    *,
    known: Known | None = None,
) -> Values:
    others = [other for other in others if other]
    words = spaced(" ".join([title, title_en, key(title_en), *others, *map(key, others), *about]))
    return row | {
        "title": title,
        "title_en": title_en,
        "names": _lines(key(title), key(title_en), pinyin(title), initials(title)),
        "also": _lines(*(form for other in others for form in (key(other), pinyin(other), initials(other)))),
        "words": words,
        "sounds": (known or {}).get((row["kind"], words))
        or "".join(sounds(name[:LONGEST_NAME], name=True) for name in (title, *others)),
    }


def _lines(*names: str) -> str:
    """Return the names one a line, with a line's end before and after each."""
    found = [name for name in dict.fromkeys(names) if name]
    return "\n{}\n".format("\n".join(found)) if found else ""


def _function_rows() -> list[Values]:
    """Return the functions' rows; a heading leads to the list of all. 1 query."""
    functions = list(Function.objects.select_related("parent"))
    headings = {function.parent_id for function in functions}
    return [
        _named(
            EMPTY
            | {
                "kind": Kind.FUNCTION.value,
                "order": function.order,
                "page": "functions" if function.pk in headings else "function",
                "ref": "" if function.pk in headings else function.slug,
                "functions": f" {function.slug} ",
                "context": function.definition,
            },
            function.name,
            function.name_en,
            [function.definition],
            [function.slug.replace("-", " ")],
        )
        for function in functions
    ]


def _topic_rows() -> list[Values]:
    """Return the topics' rows. 2 queries."""
    return [
        _named(
            EMPTY
            | {
                "kind": Kind.TOPIC.value,
                "order": topic.order,
                "page": "topic",
                "ref": topic.key,
                "context": topic.summary,
                "functions": "".join(f" {function.slug} " for function in topic.functions.all()),
            },
            topic.title,
            topic.title_en,
            [topic.summary, topic.body],
        )
        for topic in Topic.objects.prefetch_related("functions")
    ]
