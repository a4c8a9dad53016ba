"""The Django app of the room `organisations`: its label names the tables and never changes."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "toguna.organisations.store"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"
