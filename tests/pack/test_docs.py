"""What docs/packs.md says of a pack is what the code reads."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest

from tests.pack.mali import PACK
from toguna.pack.core.generate import Plan
from toguna.pack.core.lines import COLUMNS, LINE_BASES, LineStatus
from toguna.pack.core.systems import RULES, Origin, System
from toguna.pack.reading import REFERENCE_TABLES

DOCS = (PACK.parents[1] / "docs" / "packs.md").read_text(encoding="utf-8")
#: Keys of the plan that every plan has.
_PLAIN = ("seed", "forms_published", "from_", "to")


@pytest.mark.parametrize("table", [field.name for field in fields(Plan) if field.name not in _PLAIN])
def test_every_part_of_a_plan_is_told(table: str) -> None:
    assert f"[{table}]" in DOCS


@pytest.mark.parametrize("word", [*COLUMNS, *LINE_BASES, *(word for word in get_args(LineStatus) if word != "stated")])
def test_every_word_of_the_ledger_is_told(word: str) -> None:
    assert f"`{word}`" in DOCS


@pytest.mark.parametrize("word", [*(f"rule:{name}" for name in RULES), *get_args(Origin)])
def test_every_guard_and_origin_is_told(word: str) -> None:
    assert f"`{word}`" in DOCS


@pytest.mark.parametrize("key", [field.name for field in fields(System)])
def test_every_key_of_a_kind_of_work_is_told(key: str) -> None:
    assert f"`{key}`" in DOCS


@pytest.mark.parametrize(
    "name", [*(path.name for path in PACK.glob("*.*")), *(f"{name}.csv" for name in REFERENCE_TABLES)]
)
def test_every_file_of_the_pack_is_told(name: str) -> None:
    assert f"`{name}`" in DOCS
