"""Django's settings for the instance folder that ``TOGUNA_HOME`` names (``./var`` otherwise).

One process serves one instance. Each `store` package of a room is an app; ``toguna.instance.api.configure`` sets the variable and
starts Django, so that a verb, a worker and a web server have the same settings.
"""

from __future__ import annotations

import os
from pathlib import Path

from toguna.instance.settings import DEFAULT_HOME, HOME, database_settings, secret_key

_HOME = Path(os.environ.get(HOME) or DEFAULT_HOME)

SECRET_KEY = secret_key(_HOME)
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "toguna.journal.store",
    "toguna.work.store",
    "toguna.access.store",
    "toguna.places.store",
    "toguna.organisations.store",
    "toguna.collect.store",
    "toguna.registry.store",
    "toguna.figures.store",
    "toguna.publish.store",
]
AUTH_USER_MODEL = "access.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
]

DATABASES = {"default": database_settings(_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
LOGGING_CONFIG = None

ROOT_URLCONF = "toguna.project.urls"
