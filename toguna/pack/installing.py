"""What making an instance and bringing a pack into one have in common."""

from __future__ import annotations

from collections.abc import Sequence


def lookup_rows(named: Sequence[tuple[str, object]]) -> list[dict[str, str]]:
    """Code and names as a form's list; of a place with several rows the last, which holds longest."""
    rows = {}
    for code, names in named:
        assert isinstance(names, dict)
        rows[code] = {
            "code": code,
            **{f"name_{language}": dict.get(names, language, "") for language in dict.fromkeys(("en", "fr", *names))},
        }
    return list(rows.values())
