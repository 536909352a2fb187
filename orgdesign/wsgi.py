"""The WSGI entry point (gunicorn orgdesign.wsgi)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orgdesign.settings")
application = get_wsgi_application()
