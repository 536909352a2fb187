"""The one app: departments, positions and duties."""

from django.apps import AppConfig


class DepartmentsConfig(AppConfig):
    """OrgDesign's app."""

    name = "departments"
    verbose_name = "OrgDesign"

    def ready(self) -> None:
        """Let steps of editions be told by mail, those put in force to other systems too, and be printed."""
        from departments import mailing  # noqa: F401, PLC0415  # models exist only now; it connects itself
        from departments.printing import warming  # noqa: F401, PLC0415  # the same
        from departments.webhooks import deliveries  # noqa: F401, PLC0415  # the same
