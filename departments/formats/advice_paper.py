"""The advice of /choose/ as one printed page."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from departments.formats.paper import page_number


def advice_html(context: dict[str, Any]) -> str:
    """Return the document for `pdf.render_pdf`. No query."""
    common = {"page_number": page_number(), "today": timezone.localdate()}
    return render_to_string("booklets/advice.html", common | context)
