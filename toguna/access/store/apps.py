"""The Django app of the room `access`: its label names the tables and never changes."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "toguna.access.store"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
