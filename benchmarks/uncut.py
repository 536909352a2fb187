"""Print HTML from standard input with WeasyPrint in one piece: what booklet.py compares with. It sees our fonts alone."""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from departments.formats.press.fonts import find_fonts, fontconfig

with tempfile.NamedTemporaryFile("w", suffix=".conf") as config:
    config.write(fontconfig(find_fonts()))
    config.flush()
    os.environ["FONTCONFIG_FILE"] = config.name
    from weasyprint import HTML

    from departments.formats.press.assets import OwnFiles

    html = HTML(string=sys.stdin.read(), base_url="static:/", url_fetcher=OwnFiles())
    sys.stdout.buffer.write(html.write_pdf(pdf_variant="pdf/ua-1"))
