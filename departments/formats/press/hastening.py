"""WeasyPrint made faster: functions of its own replaced by ours that give the very same pages.

tests/formats/test_hastening.py compares the bytes, and fails where a new version changes what is replaced.
"""

import gc
import sys
from importlib.machinery import ModuleSpec
from typing import Any

import weasyprint
from weasyprint.draw import border, text
from weasyprint.layout import background, page, percent
from weasyprint.text import line_break
from weasyprint.text.line_break import Layout

from departments.formats.press import measuring, ruling, styling, typesetting

GARBAGE = 20_000  # new objects between two looks for what is left over: a page is made of thousands that all stay


class Settled(ModuleSpec):
    """Where a module stands, its package said once: each import within a function asks for it."""

    parent = ""


def hasten() -> None:
    """From now on take ours."""
    styling.keep_styles()
    Layout.setup, Layout.deactivate, Layout.reactivate = (
        typesetting.setup,
        typesetting.deactivate,
        typesetting.reactivate,
    )
    replace(typesetting.theirs_font_key, typesetting.font_key)
    replace(line_break.split_first_line, typesetting.split_first_line)
    replace(text.draw_first_line, typesetting.draw_first_line)
    replace(percent.resolve_percentages, measuring.resolve_percentages)
    replace(background.layout_box_backgrounds, measuring.layout_box_backgrounds)
    replace(border.draw_border, ruling.draw_border)
    replace(page.make_margin_boxes, measuring.make_margin_boxes)
    settle()
    gc.set_threshold(GARBAGE)


def settle() -> None:
    """Let WeasyPrint's functions import from one another without working out where."""
    for name, module in list(sys.modules.items()):
        if name.startswith(weasyprint.__name__) and (spec := module.__spec__) is not None:
            package = spec.parent
            spec.__class__ = Settled
            vars(spec)["parent"] = package


def replace(theirs: Any, ours: Any) -> None:
    """Put a function in the place of theirs wherever it was imported."""
    for name, module in list(sys.modules.items()):
        if name.startswith(weasyprint.__name__):
            for own, value in list(vars(module).items()):
                if value is theirs:
                    setattr(module, own, ours)
