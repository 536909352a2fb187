"""Where in a text the words typed are found, so that a page can mark them: by characters, by pinyin, by initials."""

from collections.abc import Iterator

from departments.search.normal import is_latin, key, syllables

Span = tuple[int, int]


def spans(text: str, words: tuple[str, ...]) -> list[Span]:
    """Return (start, end) of what the words fit in the text, in order, none inside another."""
    plain, at = _flat(text)
    found: set[Span] = set()
    for word in words:
        places = list(_written(plain, text, at, key(word))) or (list(_spoken(plain, word)) if is_latin(word) else [])
        found |= {(at[start], at[end - 1] + 1) for start, end in places}
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _flat(text: str) -> tuple[str, list[int]]:
    """Return the text in `key`'s form, and for each of its characters where it stands in the text."""
    plain, at = "", []
    for index, character in enumerate(text):
        same = key(character)
        plain += same
        at += [index] * len(same)
    return plain, at


def _written(plain: str, text: str, at: list[int], word: str) -> Iterator[Span]:
    """Yield where a word is written; a Latin one only where a word begins."""
    start = plain.find(word)
    while word and start >= 0:
        before = text[at[start] - 1] if at[start] else ""
        if not (word[0].isascii() and before.isascii() and before.isalnum()):
            yield start, start + len(word)
        start = plain.find(word, start + 1)


def _spoken(plain: str, word: str) -> Iterator[Span]:
    """Yield which characters sound like the word, in full or by their initials."""
    parts = [(part, len(part) if part in plain else 1) for part in syllables(plain)]
    starts = [0]
    for _part, width in parts:
        starts.append(starts[-1] + width)
    for first in range(len(parts)):
        full = letters = ""
        for last in range(first, len(parts)):
            full += parts[last][0]
            letters += parts[last][0][0]
            if full.startswith(word) or letters == word:
                yield starts[first], starts[last + 1]
                break
            if not word.startswith(full) and not word.startswith(letters):
                break
