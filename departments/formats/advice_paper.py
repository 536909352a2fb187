"""The advice of /choose/ as one printed page."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from departments.formats.paper import LANGUAGE, around, page_number
from departments.formats.pdf import Book, Piece, Words


def advice_book(context: dict[str, Any]) -> Book:
    """Return the book of one page for `pdf.print_book`. No query."""
    title = _("Choosing a structure")
    return Book(
        title=title,
        lang=LANGUAGE,
        pieces=(Piece(render_to_string("booklets/advice.html", context)),),
        around=around("advice"),
        words=Words(title, date_format(timezone.localdate()), page_number()),
    )
