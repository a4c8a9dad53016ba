"""Exports of other systems: ActivityInfo wide and long, boundaries and population of HDX."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.intake.conftest import OWNER, table
from tests.intake.test_arrivals import keep
from toguna.cli.command import main
from toguna.instance.api import Instance
from toguna.intake import api as intake
from toguna.intake.pulling import pull_activityinfo, pull_hdx, wide_of_long
from toguna.kernel.api import Refused
from toguna.places.api import read_places

LONG = table(
    "Partner,Jour de distribution,Localité,Type de kit,Indicator,Value",
    "AMSS,2016-12-05,Gao,Kit scolaire,Femmes,3",
    "AMSS,2016-12-05,Gao,Kit scolaire,Hommes,4",
    "AMSS,2016-12-06,Kidal,Kit scolaire,Femmes,5",
)
WIDE = table(
    "Partner,Jour de distribution,Localité,Type de kit,Femmes,Hommes",
    "AMSS,2016-12-05,Gao,Kit scolaire,3,4",
    "AMSS,2016-12-06,Kidal,Kit scolaire,5,",
)


def test_a_long_export_is_made_wide_and_a_wide_one_stays() -> None:
    wide = wide_of_long(LONG, "long.csv")
    assert wide is not None
    assert list(csv.reader(wide.decode("utf-8-sig").splitlines())) == list(csv.reader(WIDE.decode().splitlines()))
    assert wide_of_long(WIDE, "wide.csv") is None


@pytest.mark.parametrize("content", [LONG, WIDE], ids=["long", "wide"])
def test_an_export_is_an_arrival_like_others(home: Instance, content: bytes) -> None:
    one = pull_activityinfo(content, "export 2016-12.csv", OWNER, "amss", form_id="kits")
    assert (one.channel, one.kind) == ("pull", "table")
    keep(one)
    seen = intake.preview_arrival(one.id, OWNER)
    assert (seen.counts["new"], seen.counts["wrong"]) == (2, 0)
    assert len(intake.take_arrival(seen, OWNER).received) == 2


BOUNDARIES = table(
    "ADM2_FR,ADM2_PCODE,ADM1_FR,ADM1_PCODE,ADM0_EN,ADM0_PCODE,T_TL,F_TL,center_lat,center_lon",
    'Ansongo,ML0701,Gao,ML07,Mali,ML,"12,345",6000,15.6,0.5',
    "Bourem,ML0702,Gao,ML07,Mali,ML,200,,16.9,-0.3",
    "Gao,ML0703,Gao,ML07,Mali,ML,300,150,16.2,0.0",
)


def test_boundaries_become_places_of_the_pack(tmp_path: Path, home: Instance) -> None:
    found = pull_hdx(BOUNDARIES, "mli_admpop_2016.csv")
    assert [(one["pcode"], one["level"], one["parent"], one["slug"]) for one in found.places] == [
        ("ML", "0", "", "mali"), ("ML07", "1", "ML", "gao-ml07"), ("ML0701", "2", "ML07", "ansongo"), ("ML0702", "2", "ML07", "bourem"),
        ("ML0703", "2", "ML07", "gao-ml0703"),
    ]  # fmt: skip
    assert [(one["pcode"], one["group"], one["population"]) for one in found.population] == [
        ("ML0701", "T_TL", "12345"), ("ML0701", "F_TL", "6000"), ("ML0702", "T_TL", "200"), ("ML0703", "T_TL", "300"), ("ML0703", "F_TL", "150"),
    ]  # fmt: skip
    places, faults = read_places([dict(one) for one in found.places])
    assert (len(places), faults) == (5, ())
    file = tmp_path / "x.csv"
    file.write_bytes(BOUNDARIES)
    assert main(["pull", "hdx", str(file), "-o", str(tmp_path / "out"), "--home", str(home.home)]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["places.csv", "population.csv"]


def test_a_table_without_p_codes_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        pull_hdx(WIDE, "wide.csv")
    assert [problem.id for problem in refused.value.problems] == ["intake.no_pcodes"]
