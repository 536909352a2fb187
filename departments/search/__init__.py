"""What finds a title, a duty, a function or a topic: by words of any length, traditional characters, pinyin or initials."""

from departments.search.finding import Filters, Group, Results, find, find_in, suggest
from departments.search.query import Query

__all__ = ["Filters", "Group", "Query", "Results", "find", "find_in", "suggest"]
