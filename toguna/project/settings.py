"""Django's settings for the instance folder that ``TOGUNA_HOME`` names (``./var`` otherwise).

One process serves one instance. Each `store` package of a room is an app; ``toguna.instance.api.configure`` sets the variable and
starts Django, so that a verb, a worker and a web server have the same settings. ``TOGUNA_ORIGIN`` is the address that people type, such as
``https://toguna.example.org``; without it the server answers on this computer alone.
"""

from __future__ import annotations

import os
from pathlib import Path

from toguna.instance.settings import DEFAULT_HOME, HOME, database_settings, secret_key
from toguna.web.core.origin import ORIGIN, parse_origin

_HOME = Path(os.environ.get(HOME) or DEFAULT_HOME)
_ROOMS = Path(__file__).parents[1]

SECRET_KEY = secret_key(_HOME)
DEBUG = False

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
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
MIDDLEWARE = [
    "toguna.web.guard.Guard",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "toguna.web.guard.LanguageChoice",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "toguna.project.urls"
WSGI_APPLICATION = "toguna.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_ROOMS / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "toguna.web.parts.shell.shell"],
            "libraries": {"toguna": "toguna.web.templatetags.toguna"},
            "builtins": ["toguna.web.templatetags.toguna"],
        },
    }
]

# Who people are: `toguna.web.sign_in`.
AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "toguna.web.sign_in.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key", "reauthenticate": "10/m/user"}
ACCOUNT_FORMS = {"login": "toguna.web.sign_in.forms.SignInForm"}
MFA_ADAPTER = "toguna.web.sign_in.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
#: One process serves an instance, so what it has counted of tries is its own.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# What a browser is told.
_ORIGIN = parse_origin(os.environ.get(ORIGIN, ""))
ALLOWED_HOSTS = [_ORIGIN.host] if _ORIGIN else ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [_ORIGIN.written] if _ORIGIN else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _ORIGIN else None
SECURE_SSL_REDIRECT = _ORIGIN is not None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _ORIGIN else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _ORIGIN is not None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _ORIGIN is not None
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if _ORIGIN else "session"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_FAILURE_VIEW = "toguna.web.guard.csrf_failed"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20
FILE_UPLOAD_PERMISSIONS = 0o600

# Files that are the same for everybody: collected when the server starts, named by their content, kept by browsers for ever.
STATIC_URL = "/static/"
STATICFILES_DIRS = [_ROOMS / "web" / "static", ("fonts", _ROOMS / "publish" / "pages" / "fonts")]
STATIC_ROOT = str(_HOME / "cache" / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "toguna.web.static_files.HashedFiles"},
}

DATABASES = {"default": database_settings(_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOGGING_CONFIG = None
