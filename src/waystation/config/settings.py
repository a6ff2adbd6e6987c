"""One settings module for every node: what differs comes from the environment, read strictly."""

from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from waystation.kernel import environment as env

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(env.text("WAYSTATION_DATA", str(Path.cwd() / "node-data"))).absolute()
"""The node's folder: database, epoch keys, logs. Nothing readable in it while the node is locked."""
KEYS = DATA / "keys"

DEBUG = env.switch("WAYSTATION_DEBUG", default=False)
SECRET_KEY = env.text("WAYSTATION_SECRET_KEY")
if not SECRET_KEY:
    from waystation.config.secret import node_secret

    SECRET_KEY = node_secret(DATA)
ALLOWED_HOSTS = env.text("WAYSTATION_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "axes",
    "waystation.audit",
    "waystation.vault",
    "waystation.accounts",
    "waystation.organisations",
    "waystation.people",
    "waystation.casework",
    "waystation.web",
    "waystation.config",
]
