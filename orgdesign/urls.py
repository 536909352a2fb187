"""The address of every room; departments has the table of contents."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from departments.admin import site
from departments.views.accounts import admin_door

handler403 = "departments.views.accounts.refused"

urlpatterns = [
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("admin/login/", admin_door, name="admin-door"),
    path("admin/", site.urls),
    path("", include("departments.urls")),
]
