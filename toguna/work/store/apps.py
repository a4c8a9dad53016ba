"""The Django app of the room `work`: its label names the tables and never changes."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "toguna.work.store"
    label = "work"
    default_auto_field = "django.db.models.BigAutoField"
