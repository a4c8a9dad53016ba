"""The ASGI application of the instance that ``TOGUNA_HOME`` names; a server that speaks ASGI loads it by name."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toguna.project.settings")
application = get_asgi_application()
