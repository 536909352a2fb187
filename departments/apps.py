"""The one app: departments, positions and duties."""

from django.apps import AppConfig


class DepartmentsConfig(AppConfig):
    """OrgDesign's app."""

    name = "departments"
    verbose_name = "OrgDesign"
