"""What every test may count on."""

import hypothesis
from django.conf import settings

from tools.messages import compile_messages

# A shared machine is slow at times; the run as a whole has its limit.
hypothesis.settings.register_profile("orgdesign", parent=hypothesis.settings.default, deadline=None)
hypothesis.settings.load_profile("orgdesign")


def pytest_configure() -> None:
    """Compile the translations, serve static files from where they lie, without collectstatic, and hash passwords cheaply."""
    compile_messages()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
