"""Django's settings for one instance folder. Django imports this package by name; no room imports it."""
