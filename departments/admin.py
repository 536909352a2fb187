"""/admin/: accounts, functions and sources, for administrators. Trees are not offered: they are written by restructuring."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import Max, OuterRef
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from departments.models import Function, Grant, Node, Source
from departments.permissions import Role, can_administer
from departments.search.entries import rewrite_functions


class Site(admin.AdminSite):
    """Django's admin behind our own door: the role administrator opens it, signing in happens on our page."""

    site_header = site_title = _("Administration")
    index_title = _("Accounts, functions, sources")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether the account is an administrator."""
        return can_administer(request.user)


class Administered:
    """Whoever is an administrator may do everything here."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return whether the section is shown."""
        return can_administer(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  # Django asks so
        """Return whether a row may be seen."""
        return can_administer(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return whether rows may be added."""
        return can_administer(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  # Django asks so
        """Return whether a row may be changed."""
        return can_administer(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  # Django asks so
        """Return whether a row may be deleted."""
        return can_administer(request.user)


class Accounts(Administered, UserAdmin):  # type: ignore[type-arg]  # generic for the checker only
    """Accounts with their roles. Nobody is made more than an administrator here, and no superuser is touched."""

    list_display = ("username", "first_name", "email", "said_roles", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Rights"), {"fields": ("is_active", "groups")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "first_name", "password1", "password2", "groups")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the accounts with their groups."""
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether an account may be changed: a superuser's only by one."""
        return super().has_change_permission(request, obj) and _in_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether an account may be deleted: a superuser's only by one, one's own by nobody."""
        return super().has_delete_permission(request, obj) and _in_reach(request, obj) and obj != request.user

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the roles by their words."""
        if db_field.name == "groups":
            return RoleField(queryset=Group.objects.order_by("name"), required=False, label=_("Roles and groups"))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("Roles"))
    def said_roles(self, account: User) -> str:
        """Return the account's roles in words."""
        names = {group.name for group in account.groups.all()}
        return "、".join(str(role.label) for role in Role if role.value in names)


class RoleField(ModelMultipleChoiceField):  # type: ignore[type-arg]  # the same
    """Roles by their words, not by the names of the groups; a house's own groups by their names."""

    def label_from_instance(self, group: Group) -> str:
        """Return the role's word, or the group's name."""
        return str(Role(group.name).label) if group.name in Role.values else group.name


class Groups(Administered, admin.ModelAdmin):  # type: ignore[type-arg]  # the same
    """Groups of a house's own, which may have rights in a branch. The roles are groups too, and stay as they are."""

    fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the groups that are no roles."""
        return super().get_queryset(request).exclude(name__in=Role.values)


class Grants(Administered, admin.ModelAdmin):  # type: ignore[type-arg]  # the same
    """Rights in branches, of all designs; they are given on the design's own page, which knows its departments."""

    list_display = ("holder", "role", "design", "said_department")
    list_filter = ("role", "design")
    list_select_related = ("user", "group", "design")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002  # Django asks so
        """Return no: /designs/<slug>/rights/ offers the departments by name."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  # Django asks so
        """Return no: a right is withdrawn and given anew."""
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the grants with what their departments are called now."""
        titles = Node.tree.filter(uid=OuterRef("department"), edition__design=OuterRef("design"))
        return super().get_queryset(request).annotate(title=titles.order_by("-edition__number").values("title")[:1])

    @admin.display(description=_("department"))
    def said_department(self, grant: Any) -> str:
        """Return what the department is called, also where it is gone and the right grants nothing."""
        return grant.title or "–"


class Functions(Administered, admin.ModelAdmin):  # type: ignore[type-arg]  # the same
    """The functions by which designs are compared. A company adds its own; those of the reference come with it, unchanged."""

    list_display = ("name", "name_en", "parent", "said_whose", "coverage", "order")
    list_select_related = ("parent",)
    list_filter = ("own",)
    search_fields = ("name", "name_en", "slug")
    fields = ("name", "name_en", "slug", "parent", "definition", "excludes", "coverage", "order")
    prepopulated_fields = {"slug": ("name_en",)}
    actions = None  # each is deleted on its own page, which says what stands in the way

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether a function may be changed: the company's own only."""
        return super().has_change_permission(request, obj) and (obj is None or obj.own)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether a function may be deleted: the company's own only; one in use is protected."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.own)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002  # Django asks so
        """Propose an address for what may be written."""
        return self.prepopulated_fields if obj is None or obj.own else {}

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:  # noqa: ARG002  # Django asks so
        """Propose a place after all others."""
        last = Function.objects.aggregate(last=Max("order"))["last"]
        return {"order": 0 if last is None else last + 1}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer as the upper level only what is a group."""
        if db_field.name == "parent":
            kwargs["queryset"] = Function.objects.groups()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("Whose"), ordering="own")
    def said_whose(self, function: Function) -> str:
        """Return whether it is the reference's or the company's own."""
        return str(_("our own") if function.own else _("reference"))

    def save_model(self, request: HttpRequest, obj: Function, form: Any, change: Any) -> None:
        """Store as the company's own, and let the search find it."""
        obj.own = obj.own or not change
        super().save_model(request, obj, form, change)
        rewrite_functions()

    def delete_model(self, request: HttpRequest, obj: Function) -> None:
        """Delete, and let the search forget it."""
        super().delete_model(request, obj)
        rewrite_functions()


class Sources(Administered, admin.ModelAdmin):  # type: ignore[type-arg]  # the same
    """The documents designs were distilled from, under titles readers understand."""

    list_display = ("title", "document")
    search_fields = ("title", "document")


def _in_reach(request: HttpRequest, account: User | None) -> bool:
    return account is None or not account.is_superuser or bool(getattr(request.user, "is_superuser", False))


site = Site(name="admin")
site.register(User, Accounts)
site.register(Group, Groups)
site.register(Grant, Grants)
site.register(Function, Functions)
site.register(Source, Sources)
