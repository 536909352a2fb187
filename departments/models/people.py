"""What accounts are here for: roles for the whole house, and grants, which give a role in one branch of one design."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from departments.models.designs import Design, Edition
from departments.models.nodes import Kind, Node


class Role(models.TextChoices):
    """What people are here for: Django groups of these names. An account may have several."""

    READER = "reader", _("reader")
    EDITOR = "editor", _("editor")
    REVIEWER = "reviewer", _("reviewer")
    APPROVER = "approver", _("approver")
    ADMINISTRATOR = "administrator", _("administrator")


WRITERS = frozenset({Role.EDITOR, Role.ADMINISTRATOR})  # who write every own design, whole


class GrantQuerySet(models.QuerySet["Grant"]):
    """Questions about grants."""

    def of(self, user: Any) -> "GrantQuerySet":
        """The grants of an account: its own, and those of its groups."""
        return self.filter(Q(user=user.pk) | Q(group__in=Group.objects.filter(user=user.pk)))

    def alive(self) -> "GrantQuerySet":
        """Those whose department stands in the edition in force or in the one on its way; the others grant nothing."""
        now = (*Edition.OPEN, Edition.Status.IN_FORCE)
        stands = Node.tree.filter(
            uid=OuterRef("department"),
            kind=Kind.DEPARTMENT,
            edition__design=OuterRef("design"),
            edition__status__in=now,
        )
        return self.filter(Exists(stands))


class Grant(models.Model):
    """A role in one branch: an account, or everybody of a group, edits or reviews a department and what is below it.

    The department is named by uid, so that the grant goes with it through the editions and wherever it is moved.
    """

    ROLES = ((Role.EDITOR.value, Role.EDITOR.label), (Role.REVIEWER.value, Role.REVIEWER.label))

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="grants",
        verbose_name=_("account"),
    )
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.CASCADE, related_name="grants", verbose_name=_("group")
    )
    design = models.ForeignKey(Design, on_delete=models.CASCADE, related_name="grants", verbose_name=_("design"))
    department = models.UUIDField(_("department"), help_text="the node's uid")
    role = models.CharField(_("role"), max_length=16, choices=ROLES, default=Role.EDITOR)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("right in a branch")
        verbose_name_plural = _("rights in branches")
        ordering = ("design", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(user__isnull=True, group__isnull=False) | Q(user__isnull=False, group__isnull=True),
                name="granted_to_an_account_or_a_group",
            ),
            models.UniqueConstraint(
                fields=("user", "design", "department", "role"),
                condition=Q(user__isnull=False),
                name="granted_once_to_an_account",
            ),
            models.UniqueConstraint(
                fields=("group", "design", "department", "role"),
                condition=Q(group__isnull=False),
                name="granted_once_to_a_group",
            ),
        )

    def __str__(self) -> str:
        return f"{self.holder}: {self.role} {self.department}"

    @property
    def holder(self) -> str:
        """Who has the right, by name."""
        if self.user is not None:
            return self.user.get_full_name() or self.user.get_username()
        return self.group.name if self.group else ""


class Preference(models.Model):
    """What an account chose for itself. `language`: of the mails it gets, the one it reads the pages in."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preference")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.language}"


def roles(user: Any) -> frozenset[str]:
    """Return the account's roles; a superuser has all. 1 query the first time, none for strangers."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if getattr(user, "is_superuser", False):
        return frozenset(Role.values)
    known: frozenset[str] | None = user.__dict__.get("known_roles")
    if known is None:
        known = frozenset(Group.objects.filter(user=user.pk, name__in=Role.values).values_list("name", flat=True))
        user.__dict__["known_roles"] = known  # lives as long as the request
    return known


Granted = frozenset[tuple[int, UUID, str]]  # design, department, role


def grants(user: Any) -> Granted:
    """Return the account's grants that grant something. 1 query the first time, none for strangers."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    known: Granted | None = user.__dict__.get("known_grants")
    if known is None:
        known = frozenset(Grant.objects.of(user).alive().values_list("design_id", "department", "role"))
        user.__dict__["known_grants"] = known  # lives as long as the request
    return known


def branches(user: Any, design: int, *wanted: str) -> frozenset[UUID]:
    """Return the departments of a design in which the account was granted one of the roles. Costs what `grants` does."""
    return frozenset(department for of, department, role in grants(user) if of == design and role in wanted)


def limits(user: Any, design: int) -> frozenset[UUID] | None:
    """Return the departments to which the account's writing in a design is limited; None where it is not.

    Who has no grant is not limited here: whether they may write at all is asked before (permissions.can_edit).
    """
    if user is None or roles(user) & WRITERS:
        return None
    granted = Grant.objects.of(user).filter(design=design, role=Role.EDITOR)
    return frozenset(granted.values_list("department", flat=True)) or None
