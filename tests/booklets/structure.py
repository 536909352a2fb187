"""The structure of a tagged PDF as a screen reader meets it."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf


def tree(document: bytes) -> list[Any]:
    """Return the elements as nested lists: a tag, then what is below; text is not named."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        return [_branch(kid) for kid in pdf.Root.StructTreeRoot.K[0].K]


def read_out(document: bytes) -> list[list[tuple[str, ...]]]:
    """Return for every page the tags above each piece of its text, outermost first, in reading order."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        pages: dict[Any, list[tuple[str, ...]]] = {page.objgen: [] for page in pdf.pages}
        for page, path in _pieces(pdf.Root.StructTreeRoot.K[0], ()):
            pages[page].append(path)
        return list(pages.values())


def elements(document: bytes, tag: str) -> list[dict[str, Any]]:
    """Return the attributes of every element of that tag, those for layout and tables among them."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        return [_said(element) for element in _walk(pdf.Root.StructTreeRoot.K[0]) if f"/{tag}" == element.S]


def _branch(element: Any) -> list[Any]:
    below = [_branch(kid) for kid in _kids(element) if isinstance(kid, pikepdf.Object) and "/S" in kid]
    return [str(element.S)[1:], *below]


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _walk(element: Any) -> Iterator[Any]:
    yield element
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _walk(kid)


def _pieces(element: Any, above: tuple[str, ...]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    path = (*above, str(element.S)[1:])
    for kid in _kids(element):
        if isinstance(kid, int):
            yield element.Pg.objgen, path
        elif "/S" in kid:
            yield from _pieces(kid, path)


def _said(element: Any) -> dict[str, Any]:
    own = {key[1:]: str(element[key]) for key in ("/Alt", "/Lang") if key in element}
    return own | {key[1:]: _plain(value) for key, value in element.get("/A", {}).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, pikepdf.Array):
        return [float(one) for one in value]
    return str(value).removeprefix("/") if isinstance(value, pikepdf.Object) else value
