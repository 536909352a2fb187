"""What a thing is called in the language of its reader."""

from typing import Any

from django.utils.translation import get_language


def titled(thing: Any) -> str:
    """Return a title or name: the English one where the interface is English and there is one."""
    title = getattr(thing, "title", None) or getattr(thing, "name", "") or str(thing)
    english = getattr(thing, "title_en", None) or getattr(thing, "name_en", "")
    return english if english and get_language() == "en" else title
