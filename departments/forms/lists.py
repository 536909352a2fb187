"""Lists as people type them: names with 、 between them, statements one a line with whatever numbers they came with."""

import re
from collections.abc import Callable
from typing import Any

from django import forms

from departments.documents.plain_lines import Unreadable, read_lines, tell_lines

MARKS = "·•-–—*☆★○●□■◇◆※✓✔"
NUMBERING = re.compile(
    r"""^(?:
        [（(]\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z])\s*[)）][.、]?
      | (?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[)）、]
      | (?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[.．](?!\d)
      | \d{1,2}(?:[.．]\d{1,2})+[.．、]?\s+
      | 第[一二三四五六七八九十]{1,3}[、，,：:]
      | [①-⑳⑴-⒇⒈-⒛❶-❿]
    )\s*""",
    re.VERBOSE,
)


def statements(text: str) -> list[str]:
    """Return the lines of a text without the numbers and marks that lists are pasted with; empty ones are left out.

    A figure that belongs to the sentence stays: 3 日内报送, 2.5 万元以下的费用.
    """
    lines = [line.strip().lstrip(MARKS).strip() for line in text.splitlines()]
    return [stripped for line in lines if (stripped := NUMBERING.sub("", line).strip())]


class ListField(forms.CharField):
    """Several short names in one line, with 、 , ， ; ； between them."""

    def prepare_value(self, value: Any) -> Any:
        """Return the names as one line."""
        return "、".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the names that were typed, each once."""
        parts = re.split(r"[、,，;；]", super().to_python(value) or "")
        return list(dict.fromkeys(part.strip() for part in parts if part.strip()))

    def validate(self, value: Any) -> None:
        """Refuse a name that does not fit its column."""
        super().validate(value)
        for name in value:
            self.run_validators(name)

    def run_validators(self, value: Any) -> None:
        """Look at single names only: the whole is a list."""
        if isinstance(value, str):
            super().run_validators(value)


class LinesField(forms.CharField):
    """Several parts of one make, a line each: `tell` writes a part as a line, `read` takes it back."""

    def __init__(self, *, tell: Callable[[Any], str], read: Callable[[str], Any], **kwargs: Any):
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), max_length=20_000, required=False, **kwargs)
        self.tell, self.read = tell, read
        self.known: list[Any] = []  # parts that are given back as they are where a line says the same

    def prepare_value(self, value: Any) -> Any:
        """Return the parts as lines."""
        return tell_lines(value, self.tell) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the parts that were typed; a line that cannot be read stays a text."""
        found: list[Any] = []
        for line in (super().to_python(value) or "").splitlines():
            try:
                found += read_lines(line, self.read, tell=self.tell, known=self.known)
            except Unreadable:
                found.append(line.strip())
        return found

    def validate(self, value: Any) -> None:
        """Refuse lines that cannot be read, each with its reason."""
        errors = []
        for line in value:
            if isinstance(line, str):
                try:
                    self.read(line)
                except Unreadable as error:
                    errors.append(forms.ValidationError(str(error), code="line"))
        if errors:
            raise forms.ValidationError(errors)

    def run_validators(self, value: Any) -> None:
        """Look at the text's length where it is a text: the parts were looked at one by one."""
