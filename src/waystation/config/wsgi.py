"""The WSGI entry for servers other than `waystation serve`."""

import os

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waystation.config.settings")
application = get_wsgi_application()
call_command("check", tags=["waystation"])
