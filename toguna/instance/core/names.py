"""Names in the pack's tables: a column ``name_LL`` for each language, those of the operation and Toguna's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from toguna.instance.core.languages import is_language
from toguna.kernel.api import LANGUAGES
from toguna.kernel.core.languages import FALLBACK, Labels, labels

_PREFIX = "name_"


def name_columns(languages: Iterable[str]) -> tuple[str, ...]:
    """The columns of names that a table of the operation may have."""
    return tuple(f"{_PREFIX}{language}" for language in dict.fromkeys((*LANGUAGES, *languages)))


def needed_names(languages: Sequence[str]) -> tuple[str, ...]:
    """The columns of which the first that the table has must not be blank: English where the operation speaks it, else its first language."""
    first = [FALLBACK] if FALLBACK in languages else []
    return tuple(f"{_PREFIX}{language}" for language in dict.fromkeys((*first, *languages, *LANGUAGES)))


def names_in(cells: Mapping[str, str], languages: Iterable[str]) -> Labels[str]:
    """The names of a row by language, the operation's first language first; blank ones are left out."""
    found = {column.removeprefix(_PREFIX): text for column, text in cells.items() if str(column).startswith(_PREFIX)}
    return labels({language: text for language, text in found.items() if is_language(language)}, languages)


def other_names(names: Mapping[str, str]) -> str:
    """The names in languages that have no column in the database, as JSON; empty where there are none."""
    others = {language: text for language, text in names.items() if language not in LANGUAGES}
    return json.dumps(others, ensure_ascii=False, sort_keys=True) if others else ""


def stored_names(own: Mapping[str, str], others: str, languages: Iterable[str]) -> Labels[str]:
    """The names as the database has them. What somebody wrote into it that is no JSON is a name in no language, so that `verify` sees it."""
    try:
        further = json.loads(others or "{}")
    except ValueError:
        further = None
    texts = further if isinstance(further, dict) else {"": others}
    return labels({**own, **texts}, languages)
