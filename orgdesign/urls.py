"""The address of every room; departments has the table of contents."""

from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("departments.urls")),
]
