"""Organisations: by code, by any word people use, each in its time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from toguna.instance.api import Instance
from toguna.kernel.api import Refused
from toguna.organisations import api as organisations

TABLE = """\
code,name_en,name_fr,acronym,kind,aliases,valid_from,valid_to
sun_relief,Sun Relief,Secours Soleil,SR,ingo,Soleil; Sun,,2015-12-31
sun_relief,Sun Relief International,Secours Soleil International,SRI,ingo,,2016-01-01,
river_aid,River Aid,Aide du Fleuve,RA,nngo,,,
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "organisations.csv"
    path.write_text(TABLE)
    return path


def test_an_organisation_has_a_name_in_its_time(instance: Instance, table: Path) -> None:
    organisations.load_organisations(table)
    assert organisations.organisation("sun_relief", date(2015, 6, 1)).acronym == "SR"  # type: ignore[union-attr]
    assert organisations.organisation("sun_relief").acronym == "SRI"  # type: ignore[union-attr]
    assert organisations.organisation("moon_relief") is None
    assert len(organisations.all_organisations()) == 3


def test_people_call_it_their_way(instance: Instance, table: Path) -> None:
    organisations.load_organisations(table)
    words = ("Soleil", "sri", "AIDE DU FLEUVE", "nobody")
    found = [one.code if (one := organisations.find_organisation(word)) else None for word in words]
    assert found == ["sun_relief", "sun_relief", "river_aid", None]
    assert organisations.nearest_organisation("river aids") == "river_aid"
    with pytest.raises(Refused, match=r"river_aids.*\(river_aid\?\)"):
        organisations.require_organisation("river_aids")


def test_faults_are_told_with_their_lines_and_nothing_is_replaced(instance: Instance, table: Path) -> None:
    organisations.load_organisations(table)
    table.write_text(TABLE.replace("2015-12-31", "2016-02-01").replace("river_aid,", "River Aid,"))
    with pytest.raises(Refused) as refused:
        organisations.load_organisations(table)
    found = [(problem.id, problem.place.line) for problem in refused.value.problems]
    assert found == [("organisations.code_broken", 4), ("organisations.code_twice", 3)]
    assert organisations.organisation("river_aid") is not None
