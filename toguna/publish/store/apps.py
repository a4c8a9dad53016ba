"""The Django app of the room `publish`: its label names the tables and never changes."""

from django.apps import AppConfig


class PublishConfig(AppConfig):
    name = "toguna.publish.store"
    label = "publish"
    default_auto_field = "django.db.models.BigAutoField"
