"""A design and the company's copy of it: how either is changed, and what is taken over."""

from types import SimpleNamespace

from departments.comparison.origins import Since
from departments.models import Edition
from departments.restructuring import open_edition
from departments.restructuring.adopting import adopt
from departments.restructuring.editions import open_draft, put_in_force
from departments.restructuring.taking_over import take_over
from tests.factories import TODAY


def adopted(org: SimpleNamespace) -> SimpleNamespace:
    """Return the reference with the company's copy of it, a draft, and that one's nodes by what they say."""
    org.draft = adopt(org.edition, name="本院", slug="ours", by=None).editions.get()
    org.ours = {str(node): node for node in org.draft.nodes.all()}
    return org


def change_reference(org, *writes) -> Edition:
    """Put the reference's next edition in force, changed by functions of its room."""
    draft = open_draft(org.design)
    with open_edition(draft) as room:
        for write in writes:
            write(room)
    return put_in_force(draft, on=TODAY)


def change_ours(org, write) -> None:
    with open_edition(org.draft) as room:
        write(room)


def told(org) -> list[tuple[str, str, bool]]:
    return [(one.verdict, str(one), one.takeable) for one in Since(org.edition, org.draft).differences()]


def take(org, key: str = "", seen: str = "") -> None:
    with open_edition(org.draft) as room:
        since = Since(org.edition, org.draft)
        take_over(room, since, key or since.differences()[0].key, seen=seen)


def replace(org) -> None:
    """Take the first difference over in place of the company's own words."""
    first = Since(org.edition, org.draft).differences()[0]
    take(org, first.key, first.replaces)


def take_all(org) -> None:
    while any(one.takeable for one in Since(org.edition, org.draft).differences()):
        take(org, next(one.key for one in Since(org.edition, org.draft).differences() if one.takeable))
