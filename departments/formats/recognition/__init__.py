"""From Word files and plain text to departments, positions and statements: reading, repair, classification, a tree of parts.

Pure: no query, no request. What is read here is a proposal; every part says where it comes from and how sure it is.
"""

from departments.formats.recognition.lines import Line, Unreadable, text_lines
from departments.formats.recognition.parts import Part
from departments.formats.recognition.reading import recognise

__all__ = ["Line", "Part", "Unreadable", "recognise", "text_lines"]
