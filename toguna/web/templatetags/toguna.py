"""What templates may call: a sentence by its name, marks and numbers as a figure prints them."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from toguna.web.words import said

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: Context, sentence: str, **details: Any) -> str:
    """A sentence of `words.py` in the page's language."""
    return said(sentence, context["language"], **details)


@register.simple_tag(takes_context=True)
def say_role(context: Context, role: str) -> str:
    """A role in words."""
    return said(f"role_{role}", context["language"])
