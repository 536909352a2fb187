"""RuoYi (若依): rows for its tables sys_dept and sys_post, and warnings where a text is longer than its column.

RuoYi's posts are global, so a post's code begins with its department's. Nothing is cut but the remark, which holds the
duties; what does not fit is said in a warning and left to whoever imports.
"""

import json
from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from departments.formats.extracts import Extract, above, one_line
from departments.models import Section
from departments.models.entries import Entry

FIRST = 100  # RuoYi's own sample begins here
DEPARTMENT_NAME, ANCESTORS, POST_CODE, POST_NAME, REMARK = 30, 50, 64, 50, 500


def ruoyi(extract: Extract) -> str:
    """Return {"sys_dept": rows, "sys_post": rows, "warnings": [...]}."""
    return json.dumps(rows(extract), ensure_ascii=False, indent=1) + "\n"


def rows(extract: Extract) -> dict[str, Any]:
    """Return the rows of both tables and the warnings. No query."""
    departments, posts = _departments(extract), _posts(extract)
    return {"sys_dept": departments, "sys_post": posts, "warnings": _warnings(departments, posts)}


def _departments(extract: Extract) -> list[dict[str, Any]]:
    """Return one tree under dept_id 0: where several departments are at the top, the design stands over them."""
    tops = [entry for entry in extract.departments if _parent(extract, entry) is None]
    made: list[dict[str, Any]] = []
    ids: dict[Entry | None, tuple[int, str]] = {}
    siblings: Counter[int] = Counter()

    def add(entry: Entry | None, name: str, parent: int, ancestors: str) -> None:
        ids[entry] = FIRST + len(made), ancestors
        siblings[parent] += 1
        row = {"dept_id": FIRST + len(made), "parent_id": parent, "ancestors": ancestors, "dept_name": one_line(name)}
        made.append(row | {"order_num": siblings[parent], "leader": "", "phone": "", "email": ""} | NORMAL)

    if len(tops) != 1:
        add(None, extract.title, 0, "0")
    for entry in extract.departments:
        number, ancestors = ids.get(_parent(extract, entry), (0, ""))
        add(entry, entry.title, number, f"{ancestors},{number}" if number else "0")
    return made


NORMAL = {"status": "0", "del_flag": "0"}


def _parent(extract: Extract, entry: Entry) -> Entry | None:
    parent = above(entry)
    while parent is not None and not parent.is_department:
        parent = above(parent)
    return parent if parent in extract else None


def _posts(extract: Extract) -> list[dict[str, Any]]:
    return [
        {
            "post_id": number,
            "post_code": _code(entry),
            "post_name": one_line(entry.title),
            "post_sort": number,
            "status": "0",
            "remark": _remark(entry),
        }
        for number, entry in enumerate(extract.positions, start=1)
    ]


def _code(entry: Entry) -> str:
    department = entry.department
    return f"{department.ref}-{entry.ref}" if department else entry.ref


def _remark(entry: Entry) -> str:
    """Return the duties one after the other, numbered, cut where the column ends."""
    duties = [
        one.text for statement in entry.statements(Section.RESPONSIBILITY) for one in statement.walk() if one.is_leaf
    ]
    text = "；".join(f"{number}.{one_line(duty)}" for number, duty in enumerate(duties, start=1))
    return text if len(text) <= REMARK else f"{text[: REMARK - 1]}…"


def _warnings(departments: list[dict[str, Any]], posts: list[dict[str, Any]]) -> list[str]:
    limits = [(departments, "dept_name", DEPARTMENT_NAME), (departments, "ancestors", ANCESTORS)]
    limits += [(posts, "post_code", POST_CODE), (posts, "post_name", POST_NAME)]
    said = [
        _("%(column)s “%(value)s” has %(length)d characters; RuoYi takes %(limit)d.")
        % {"column": column, "value": row[column], "length": len(row[column]), "limit": limit}
        for rows_, column, limit in limits
        for row in rows_
        if len(row[column]) > limit
    ]
    names = Counter(row["post_name"] for row in posts)
    said += [
        _("post_name “%(name)s” stands there %(times)d times; RuoYi's own screens want it once.")
        % {"name": name, "times": times}
        for name, times in names.items()
        if times > 1
    ]
    said += [
        _("The duties of “%(name)s” are cut after %(limit)d characters.") % {"name": row["post_name"], "limit": REMARK}
        for row in posts
        if row["remark"].endswith("…") and len(row["remark"]) == REMARK
    ]
    return said
