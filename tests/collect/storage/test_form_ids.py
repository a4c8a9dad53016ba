"""A form published under an id of any shape: either writing is understood, and two ids of one slug are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.collect.storage.conftest import OWNER
from toguna.collect.loading import load
from toguna.collect.published import forms, publish_form, schema_of, union_schema
from toguna.instance.api import Instance
from toguna.kernel.api import Refused

FORM = """
| survey | | | | |
| | type | name | label | bind::tg:sensitivity |
| | integer | users | Users | internal |
| settings | | | | |
| | form_id | version | | |
| | {form_id} | 1 | | |
"""


def publish(form_id: str) -> None:
    publish_form(FORM.replace("{form_id}", form_id).encode(), OWNER, name="form.md")


def test_a_form_is_named_by_its_id_or_its_slug(instance: Instance, tmp_path: Path) -> None:
    publish("Water-Point-v2")
    assert [one.form_id for one in forms()] == ["Water-Point-v2"]
    for name in ("Water-Point-v2", "water_point_v2"):
        assert schema_of(name).form_id == union_schema(name).form_id == "Water-Point-v2"
        (tmp_path / "rows.csv").write_text(f"users\n{len(name)}\n", "utf-8")
        load([tmp_path / "rows.csv"], OWNER, form_id=name)
    (tmp_path / "a.xml").write_text('<data id="Water-Point-v2" version="1"><users>3</users></data>', "utf-8")
    assert len(load([tmp_path / "a.xml"], OWNER).received) == 1
    with pytest.raises(Refused) as refused:
        schema_of("water_point_v3")
    assert "Water-Point-v2" in refused.value.problems[0].what("en")


@pytest.mark.parametrize("other", ["water_point_v2", "WATER-POINT-V2", "water.point v2"])
def test_two_ids_of_one_slug_are_refused_and_both_named(instance: Instance, other: str) -> None:
    publish("water-point-v2")
    with pytest.raises(Refused) as refused:
        publish(other)
    [problem] = refused.value.problems
    assert problem.id == "forms.form_slug_taken"
    assert repr(other) in problem.what("fr") and "'water-point-v2'" in problem.what("fr")
    assert len(forms()) == 1
