"""The Django app of the room `collect`: its label names the tables and never changes."""

from django.apps import AppConfig


class CollectConfig(AppConfig):
    name = "toguna.collect.store"
    label = "collect"
    default_auto_field = "django.db.models.BigAutoField"
