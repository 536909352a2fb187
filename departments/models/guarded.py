"""Rows beside the tree (lines, processes, steps, functions of nodes): behind the same guard as the tree itself."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from departments.models.guard import OutsideTheRoom, require_room


class GuardedQuerySet(models.QuerySet[Any]):
    """Writes ask the guard. The model says in `EDITION` how its rows lead to their edition: process__edition."""

    def update(self, **values: Any) -> int:
        """Update rows of editions whose room is open."""
        self.require_rooms()
        return super().update(**values)

    def _update(self, values: Any) -> int:
        self.require_rooms()  # Model.save ends here
        return super()._update(values)  # type: ignore[misc]  # Django's, private

    _update.queryset_only = False  # type: ignore[attr-defined]  # Django's way to give it to the manager

    def _insert(self, objs: list[Any], *args: Any, **kwargs: Any) -> Any:
        require_room()  # Model.save, bulk_create and loaddata end here
        first, *rest = self.model.EDITION.split("__")
        if rest:
            parents = {getattr(row, f"{first}_id") for row in objs}
            model = self.model._meta.get_field(first).related_model
            editions = set(model._base_manager.filter(pk__in=parents).values_list("__".join(rest), flat=True))
        else:
            editions = {getattr(row, f"{first}_id") for row in objs}
        for edition in editions:
            require_room(edition)
        return super()._insert(objs, *args, **kwargs)  # type: ignore[misc]  # the same

    _insert.queryset_only = False  # type: ignore[attr-defined]  # the same

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Insert rows of editions whose room is open."""
        require_room()
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows of editions whose room is open."""
        self.require_rooms()
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]  # templates must not call it
    delete.queryset_only = True  # type: ignore[attr-defined]  # Django's own has it too

    def _raw_delete(self, using: str | None) -> int:
        self.require_rooms()  # cascades end here, that of a whole design too
        return super()._raw_delete(using)

    def require_rooms(self) -> None:
        """Raise OutsideTheRoom unless a room is open and every row of the query belongs to such an edition. 1 query."""
        opened = require_room()
        if self.query.is_sliced:
            return  # Django refuses to write a slice, in its own words
        way = self.model.EDITION
        others = self.order_by().exclude(**{f"{way}__in": opened}).values_list(way, flat=True)
        if other := next(iter(others[:1]), None):
            raise OutsideTheRoom(other)


class Guarded(models.Model):
    """A row that belongs to an edition, written in its room only."""

    EDITION = "edition"

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, inside the room only."""
        type(self).objects.filter(pk=self.pk).require_rooms()
        return super().delete(*args, **kwargs)
