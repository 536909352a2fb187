"""The address of every room; departments has the table of contents."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from departments.admin import site
from departments.api.reference import reference
from departments.api.service import api_urls
from departments.views.accounts import admin_door, choose_language

handler403 = "departments.views.accounts.refused"

urlpatterns = [
    path("i18n/setlang/", login_not_required(choose_language), name="set_language"),
    path("admin/login/", admin_door, name="admin-door"),
    path("admin/", site.urls),
    path("api/", reference, name="api-reference"),
    path("api/v1/", include((api_urls(), "departments"), namespace="api")),
    path("", include("departments.urls")),
]
