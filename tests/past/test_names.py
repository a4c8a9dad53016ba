"""The names that never change: tables, labels, acts, ids of problems, verbs and `from:` of commit 9907250 are all still there.

Instances, packs and scripts of the field hold them. A name may be added; one that is missing here was renamed or deleted: put it back.
"""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from tests.house.code import HOUSE, ROOT
from tests.past.conftest import recorded
from toguna.access.api import rights
from toguna.cli.command import VERBS
from toguna.figures.opened import feeds
from toguna.instance.api import Instance
from toguna.journal import api as journal
from toguna.kernel.api import Catalogue

NAMES = recorded("9907250-names.json")


def test_app_labels_and_tables_are_still_there() -> None:
    assert set(NAMES["labels"]) <= {config.label for config in apps.get_app_configs()}
    assert set(NAMES["tables"]) <= {model._meta.db_table for model in apps.get_models()}


def test_words_of_acts_roles_and_verbs_are_still_there() -> None:
    assert set(NAMES["acts"]) <= set(rights().by_act)
    assert set(NAMES["roles"]) <= set(rights().roles)
    assert set(NAMES["verbs"]) <= set(VERBS)


def test_ids_of_problems_are_still_there_with_their_weight() -> None:
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in HOUSE.rglob("problems.py")]
    values = [value for name in names for value in vars(import_module(name)).values()]
    now = {fault.id: fault.severity for value in values if isinstance(value, Catalogue) for fault in value.values()}
    missing = {name: weight for name, weight in NAMES["problems"].items() if now.get(name) != weight}
    assert not missing, "an id that no module reports any more stays in its catalogue"


@pytest.mark.slow
def test_what_indicators_name_is_still_there(past: Instance) -> None:
    offered = {one.name: set(one.table.logical) for feed in feeds() for one in feed.offered()}
    for name, columns in NAMES["from"].items():
        assert set(columns) <= offered.get(name, set()), f"from: {name}"


def test_acts_that_the_past_holds_are_read(past: Instance) -> None:
    assert set(NAMES["used_acts"]) <= {act.kind for act in journal.acts()}
