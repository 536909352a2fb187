"""One settings file; the environment on top. With nothing set: SQLite in data/, Chinese, DEBUG off."""

import datetime
import secrets
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
DATA_DIR = env.path("DATA_DIR", default=str(BASE_DIR / "data"), required=False)
FIXTURES_DIR = BASE_DIR / "fixtures"


def _secret_key() -> str:
    """Return SECRET_KEY, or one kept in the data folder, made at the first start; never one from the repository."""
    if key := env.str("SECRET_KEY", default=""):
        return key
    file = Path(str(DATA_DIR)) / "secret_key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    if len(key := file.read_text().strip()) < 50:
        raise ImproperlyConfigured(f"{file} holds no usable key; delete it and start again.")
    return key


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_FAILURE_VIEW = "departments.views.sending_again.send_again"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",  # departments/admin.py is the site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",  # its templates, for the renderer of our forms
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "mptt",
    "template_partials",
    "departments",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "departments.views.sending_again.SentBeforeSigningIn",
    "departments.views.dates.DueEditions",
    "departments.permissions.ReadingMiddleware",
    "departments.views.dates.AsOfDay",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "orgdesign.urls"
WSGI_APPLICATION = "orgdesign.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

FORM_RENDERER = "departments.forms.rendering.Renderer"

# Database: SQLite with WAL and IMMEDIATE transactions (a deferred one loses writes to "database is locked"); PostgreSQL
# through DATABASE_URL.
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR}/orgdesign.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024**2  # a long text that is pasted; files are counted by who reads them
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a box for every position of the largest design
DATA_UPLOAD_MAX_NUMBER_FILES = 300  # a Word file for every position

LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "departments" / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Shanghai")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# A bare checkout serves its static files without collectstatic.
WHITENOISE_USE_FINDERS = DEBUG

# Security
HTTPS = env.bool("HTTPS", default=False)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31536000 if HTTPS else 0)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# People. Where reading is not public, everybody signs in first. In an office of one, who submitted may approve.
PUBLIC_READING = env.bool("PUBLIC_READING", default=True)
ONE_PERSON_OFFICE = env.bool("ONE_PERSON_OFFICE", default=False)
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "home"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "departments.company.backend.Accounts",
    "rules.permissions.ObjectPermissionBackend",  # departments/permissions.py has the rules
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# Five wrong passwords for one account from one address: a quarter of an hour's rest.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = datetime.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

# Mail: what waits for somebody, where a server is named (smtp+tls://user:password@host:587); else none is sent.
vars().update(env.email_url("EMAIL_URL", default="dummymail://"))
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="OrgDesign <noreply@localhost>")
SITE_URL = env.str("SITE_URL", default="http://localhost:8000")  # how links in mails begin

# Programs: how many calls a minute a token, or a stranger's address, has.
API_CALLS_PER_MINUTE = env.int("API_CALLS_PER_MINUTE", default=300)
# Webhooks: how long a receiver may take, and the hosts inside the house network that may be told (none unless named here).
WEBHOOK_SECONDS = env.int("WEBHOOK_SECONDS", default=10)
WEBHOOK_PRIVATE_HOSTS = env.list("WEBHOOK_PRIVATE_HOSTS", default=[])

# Paper: how many child processes print, the bounds of one printing, and how much of what is printed is kept.
PDF_WORKERS = env.int("PDF_WORKERS", default=2)
PDF_SECONDS = env.int("PDF_SECONDS", default=180)
PDF_MEMORY_MB = env.int("PDF_MEMORY_MB", default=2048)
PDF_SHELF_MB = env.int("PDF_SHELF_MB", default=512)

# What takes longer waits in a queue in the database for `manage.py print_worker`. Strangers share so many places in it, an
# account has so many; a program that takes nothing but PDF waits so many seconds, so many at once in a web process.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
PRINT_QUEUE = env.int("PRINT_QUEUE", default=20)
PRINT_QUEUE_ACCOUNT = env.int("PRINT_QUEUE_ACCOUNT", default=10)
PRINT_WAIT_SECONDS = env.int("PRINT_WAIT_SECONDS", default=60)
PRINT_WAITING = env.int("PRINT_WAITING", default=4)
PRINT_KEPT_HOURS = env.int("PRINT_KEPT_HOURS", default=24)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
