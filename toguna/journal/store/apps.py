"""The Django app of the room `journal`: its label names the tables and never changes."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "toguna.journal.store"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
