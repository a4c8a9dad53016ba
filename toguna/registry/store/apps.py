"""The Django app of the room `registry`: its label names the tables and never changes."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "toguna.registry.store"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"
