"""A whole design goes: the one way to delete trees, which says beforehand what would be lost."""

from django.db import transaction
from django.utils.translation import gettext as _

from departments.models import Change, Design, Edition, Node, Process, Relation
from departments.models.guard import require_no_room, room
from departments.restructuring.rows import Refused


def losses(design: Design) -> dict[str, int]:
    """Return how many rows of each kind go with the design. 5 queries."""
    editions = list(design.editions.values_list("pk", flat=True))
    return {
        "editions": len(editions),
        "nodes": Node.tree.filter(tree_id__in=editions).count(),
        "relations": Relation.objects.filter(edition__in=editions).count(),
        "processes": Process.objects.filter(edition__in=editions).count(),
        "changes": Change.objects.filter(edition__in=editions).count(),
    }


def remove_design(design: Design, *, confirm: str) -> dict[str, int]:
    """Delete a design with all its editions, for good, and return what was lost. `confirm`: its slug, repeated.

    Its variants and what was adopted from it stay. Raises Refused where the word does not match.
    """
    require_no_room()
    if confirm != design.slug:
        raise Refused(_("To remove “%(name)s” for good, repeat its address: %(slug)s") % vars(design))
    with transaction.atomic():
        locked = Design.objects.select_for_update().get(pk=design.pk)
        editions = Edition.objects.select_for_update().filter(design=locked).order_by("pk")
        pks = list(editions.values_list("pk", flat=True))
        lost = losses(locked)
        with room(*pks) if pks else transaction.atomic():
            locked.delete()
    return lost
