"""What a header of a sheet means: ``bind::jr:constraintMsg::Français (fr)`` is `constraint_message` in French.

The other names that XLSForm has for a column are known (pyxform `aliases.py`); a colon parts a header only where the
sheet has no double colon, as in forms of before 2013.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

#: What `label::X` may write for a language that it gives no code.
_LANGUAGES = {"english": "en", "anglais": "en", "french": "fr", "français": "fr", "francais": "fr", "arabic": "ar"}
_CODE = re.compile(r"\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\s*\)\s*$")

TRANSLATED = frozenset(
    ["label", "hint", "guidance_hint", "constraint_message", "required_message", "image", "big-image", "audio", "video"]
)
SURVEY = TRANSLATED | frozenset(
    [
        "type",
        "name",
        "constraint",
        "required",
        "relevant",
        "calculation",
        "choice_filter",
        "repeat_count",
        "readonly",
        "default",
        "appearance",
        "parameters",
        "trigger",
        "save_to",
        "disabled",
        "intent",
        "autoplay",
        "rows",
        "compact_tag",
        "no_app_error_string",
        "instance",
        "bind",
        "body",
        "media",
    ]
)
CHOICES = TRANSLATED | frozenset(("list_name", "name"))
SETTINGS = frozenset(
    [
        "form_id",
        "form_title",
        "version",
        "default_language",
        "instance_name",
        "public_key",
        "submission_url",
        "style",
        "allow_choice_duplicates",
        "namespaces",
        "client_editable",
        "auto_send",
        "auto_delete",
        "name",
        "id_string",
        "title",
        "clean_text_values",
        "omit_instanceid",
        "sms_keyword",
        "sms_separator",
        "prefix",
        "delimiter",
        "attribute",
        "instance_xmlns",
        "tg:date",
    ]
)
ENTITIES = frozenset(["list_name", "dataset", "label", "entity_id", "create_if", "update_if", "repeat"])
KNOWN = {"survey": SURVEY, "choices": CHOICES, "settings": SETTINGS, "entities": ENTITIES}
#: Our own columns of the survey sheet.
TG = ("tg:sensitivity", "tg:lake", "tg:birth")

_ALIASES = {
    "caption": "label", "command": "type", "tag": "name", "value": "name", "relevance": "relevant",
    "calculate": "calculation", "read_only": "readonly", "count": "repeat_count", "jr:count": "repeat_count",
    "constraining_message": "constraint_message", "jr:constraintmsg": "constraint_message",
    "requiredmsg": "required_message", "jr:requiredmsg": "required_message", "entities:saveto": "save_to",
    "noapperrorstring": "no_app_error_string", "set_form_id": "form_id", "set_form_title": "form_title",
    "id_string": "form_id", "title": "form_title", "dataset": "list_name",
}  # fmt: skip
_PREFIXES = ("bind", "control", "body", "media", "instance")


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What stands below a header."""

    header: str
    column: str
    #: The language's code, or its name where the form gives no code; none where the column names no language.
    language: str | None = None
    #: The language as the form names it.
    language_name: str | None = None


def language_code(name: str) -> str:
    """``fr`` of ``Français (fr)``, ``French`` or ``fr``; the name itself, lower case, of others."""
    match = _CODE.search(name)
    bare = name.strip().lower()
    return match[1].lower() if match else _LANGUAGES.get(bare, bare)


def headings(sheet: str, headers: Iterable[str]) -> list[Heading]:
    """What each header means, in their order."""
    headers = list(headers)
    mark = "::" if any("::" in header for header in headers) else ":"
    return [_heading(sheet, header, mark) for header in headers]


def _heading(sheet: str, header: str, mark: str) -> Heading:
    if mark == ":" and (header.startswith(("tg:", "jr:")) or sheet == "settings"):
        parts = [header.strip()]
    else:
        parts = [part.strip() for part in re.sub(r":(?=jr:)", "\0", header).replace(mark, "\0").split("\0")]
        if mark == ":" and len(parts) > 2 and parts[1] in ("jr", "tg"):
            parts[1:3] = [f"{parts[1]}:{parts[2]}"]
    first, *rest = parts
    column = _plain(first)
    if column in _PREFIXES and rest:
        inner = _plain(rest[0])
        column = f"bind::{inner}" if column == "bind" and inner not in _ALIASES and inner not in SURVEY else inner
        column = f"instance::{inner}" if _plain(first) == "instance" else column
        rest = rest[1:]
    column = "list_name" if sheet != "survey" and column in ("list_name", "list name") else column
    column = column if sheet == "choices" and column == "count" else _ALIASES.get(column, column)
    language = mark.join(rest) if rest and column in TRANSLATED | {"form_title"} else None
    if rest and language is None:
        column = f"{column}::{mark.join(rest)}"
    return Heading(header=header, column=column, language=language and language_code(language), language_name=language)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "_", text.strip().lower())
