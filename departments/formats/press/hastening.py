"""WeasyPrint made faster: functions of its own replaced by ours that give the very same pages.

tests/formats/test_hastening.py compares the bytes, and fails where a new version changes what is replaced.
"""

import sys
from typing import Any

import weasyprint
from weasyprint.draw import border, text
from weasyprint.layout import background, percent
from weasyprint.text.line_break import Layout

from departments.formats.press import measuring, ruling, styling, typesetting


def hasten() -> None:
    """From now on take ours."""
    styling.keep_styles()
    Layout.setup, Layout.deactivate, Layout.reactivate = (
        typesetting.setup,
        typesetting.deactivate,
        typesetting.reactivate,
    )
    replace(typesetting.theirs_font_key, typesetting.font_key)
    replace(text.draw_first_line, typesetting.draw_first_line)
    replace(percent.resolve_percentages, measuring.resolve_percentages)
    replace(background.layout_box_backgrounds, measuring.layout_box_backgrounds)
    replace(border.draw_border, ruling.draw_border)


def replace(theirs: Any, ours: Any) -> None:
    """Put a function in the place of theirs wherever it was imported."""
    for name, module in list(sys.modules.items()):
        if name.startswith(weasyprint.__name__):
            for own, value in list(vars(module).items()):
                if value is theirs:
                    setattr(module, own, ours)
