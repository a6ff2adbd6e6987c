"""One settings module for every node: what differs comes from the environment, read strictly."""

import secrets
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from waystation.kernel import environment as env

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(env.text("WAYSTATION_DATA", str(Path.cwd() / "node-data"))).absolute()
"""The node's folder: database, epoch keys, lock requests. Nothing readable in it while the node is locked."""
KEYS = DATA / "keys"
FILES = DATA / "files"
DEMO = env.switch("WAYSTATION_DEMO", default=False)
DEMO_ROAD = env.number("WAYSTATION_DEMO_ROAD", 0) if DEMO else 0
"""The first port of the four nodes of `waystation demo --road`, of which this is one; 0 for every other node."""

DEBUG = False
# A fresh key each start ends every session; several processes of one node must share one.
SECRET_KEY = env.text("WAYSTATION_SECRET_KEY") or secrets.token_urlsafe(48)
ALLOWED_HOSTS = [host for host in env.text("WAYSTATION_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
HTTPS = env.switch("WAYSTATION_HTTPS", default=False)
PROXY = env.text("WAYSTATION_PROXY")
"""The address of the web server that stands before this one and speaks TLS, such as 127.0.0.1: it is believed who
calls. Without it every caller has its address, and one who sends junk to the inbox shuts all others out."""
SETUP_TOKEN = env.text("WAYSTATION_SETUP_TOKEN")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "axes",
    "waystation.audit",
    "waystation.vault",
    "waystation.accounts",
    "waystation.organisations",
    "waystation.exchange",
    "waystation.people",
    "waystation.casework",
    "waystation.casework.followups",
    "waystation.casework.cases",
    "waystation.casework.children",
    "waystation.casework.supplies",
    "waystation.casework.tally",
    "waystation.casework.referrals",
    "waystation.casework.asked",
    "waystation.casework.handover",
    "waystation.casework.requests",
    "waystation.casework.screening",
    "waystation.casework.health",
    "waystation.casework.procedures",
    "waystation.casework.barriers",
    "waystation.casework.safety",
    "waystation.casework.files",
    "waystation.casework.feedback",
    "waystation.casework.outreach",
    "waystation.casework.retention",
    "waystation.casework.disparity",
    "waystation.directory",
    "waystation.familylinks.tracing",
    "waystation.familylinks.lists",
    "waystation.familylinks.matches",
    "waystation.familylinks.asking",
    "waystation.familylinks.news",
    "waystation.familylinks.missing",
    "waystation.familylinks.reunification",
    "waystation.familylinks.photos",
    "waystation.familylinks.pfif",
    "waystation.web",
    "waystation.config",
]
if DEMO_ROAD:
    INSTALLED_APPS.append("waystation.demo.road")

MIDDLEWARE = [
    # Pages hold random bytes against length attacks (Django 4.2); a phone at a border pays for every kilobyte.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "waystation.web.middleware.ProblemMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "waystation.accounts.middleware.ActorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "waystation.config.urls"
WSGI_APPLICATION = "waystation.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "waystation.web.context.frame",
                *(["waystation.demo.road.context.frame"] if DEMO_ROAD else []),
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "waystation.web.templatetags.waystation",
            ],
        },
    }
]
FORM_RENDERER = "waystation.web.forms.WaystationRenderer"

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA / "waystation.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
            "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536; PRAGMA journal_size_limit=67108864;"
        ),
    },
}
DATABASE_URL = env.text("DATABASE_URL")
DATABASES = {
    "default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True) if DATABASE_URL else SQLITE
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
LOGIN_URL = "/sign-in/"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesBackend", "waystation.accounts.backends.PassphraseBackend"]
PASSWORD_HASHERS = ["waystation.accounts.hashers.PassphraseHasher"]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # Guesses under many names must not push out the count of one.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
# Counted in memory: the database would keep what was typed, and a slip of a passphrase is nearly the passphrase.
# axes wants a cache that several processes share; one process serves a node, and each of more counts for itself.
SILENCED_SYSTEM_CHECKS = ["axes.W001"]
AXES_HANDLER = "axes.handlers.cache.AxesCacheHandler"
AXES_PASSWORD_FORM_FIELD = "passphrase"  # noqa: S105 - a field's name
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "handle"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
AXES_CLIENT_IP_CALLABLE = "waystation.accounts.backends.client_address"
AXES_LOCKOUT_CALLABLE = "waystation.accounts.views.locked_out"

SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
if DEMO_ROAD:
    # Browsers keep cookies by host, whatever the port: four nodes on one machine must not end each other's sessions.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"sessionid-{DATA.name}", f"csrftoken-{DATA.name}"
CSRF_FAILURE_VIEW = "waystation.web.views.form_too_old"
# Not "no-referrer": browsers then send a null Origin with every form, and the form token cannot be checked.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = env.text("WAYSTATION_LANGUAGE", "en")
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("es", _("Spanish")), ("ar", _("Arabic"))]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = env.text("WAYSTATION_TIME_ZONE", "UTC")
USE_TZ = True
FORMAT_MODULE_PATH = "waystation.config.formats"
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 600

IDLE_MINUTES = env.number("WAYSTATION_IDLE_MINUTES", 15)
ARGON2 = {"time_cost": 3, "memory_kib": 256 * 1024, "parallelism": 2}
"""EXCHANGE.md section 1: 0.4 s a try on two cores."""
SEARCH_BUILD = "thread"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.text("WAYSTATION_LOG_LEVEL", "WARNING")},
    # A line for each page that is not there, with its address as it was asked for, or a wrong name of this machine:
    # whoever is on the network could fill the disk.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security.DisallowedHost": {"level": "CRITICAL"}},
}

from waystation.web.security import CONTENT_SECURITY_POLICY  # noqa: E402, F401 - a setting by its presence
