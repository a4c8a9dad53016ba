"""Places: a tree with dates, a table that is refused with every fault, words that people write."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toguna.instance.api import Instance
from toguna.kernel.api import Refused
from toguna.places import api as places

#: A region made from part of another on 19 January 2016: its cercle has a row before and a row after.
SAHEL = """\
pcode,slug,name_en,name_fr,level,kind,parent,valid_from,valid_to,aliases,lat,lon
ML,mali,Mali,Mali,0,country,,,,,,
ML07,gao,Gao,Gao,1,region,ML,,,,,
ML10,menaka,Menaka,Ménaka,1,region,ML,2016-01-19,,,,
ML0704,menaka-cercle,Menaka cercle,Cercle de Ménaka,2,cercle,ML07,,2016-01-18,,,
ML0704,menaka-cercle,Menaka cercle,Cercle de Ménaka,2,cercle,ML10,2016-01-19,,,,
ML0701,gao-cercle,Gao cercle,Cercle de Gao,2,cercle,ML07,,,Gao-ville; Kawkaw,,
ML070101X,inekar,Inekar,Inékar,4,site,ML0704,,,In Ekar,15.99,3.14
"""
BEFORE, AFTER = date(2016, 1, 18), date(2016, 1, 19)


@pytest.fixture
def sahel(tmp_path: Path) -> Path:
    path = tmp_path / "places.csv"
    path.write_text(SAHEL)
    return path


def faults(path: Path, before: str, after: str) -> list[tuple[str, int | None]]:
    assert before in SAHEL
    path.write_text(SAHEL.replace(before, after, 1))
    return [(problem.id.removeprefix("places."), problem.place.line) for problem in places.read_places(path)[1]]


def test_a_region_is_made_from_part_of_another(instance: Instance, sahel: Path) -> None:
    places.load_places(sahel)
    before, after = places.tree(BEFORE), places.tree(AFTER)
    assert before.place("ML10") is None and after.place("menaka").code == "ML10"  # type: ignore[union-attr]
    assert before.ancestors("ML070101X") == ("ML0704", "ML07", "ML")
    assert after.ancestors("ML070101X") == ("ML0704", "ML10", "ML")
    assert before.at_level("ML070101X", 1) == "ML07" and after.at_level("ML070101X", 1) == "ML10"
    assert before.at_level("ML070101X", 3) is None and after.at_level("ML0704", 2) == "ML0704"
    assert before.descendants("ML07") == ("ML0701", "ML0704", "ML070101X")
    assert after.descendants("ML07") == ("ML0701",)
    assert after.children("ML") == ("ML07", "ML10")
    assert after.children("ML", 2) == ("ML0701", "ML0704")
    assert after.lies_in("ML070101X", "ML10") and not after.lies_in("ML070101X", "ML07") and after.lies_in("ML", "ML")
    assert (after.name("ML10", "fr"), after.name("ML10", "en")) == ("Ménaka", "Menaka")
    with pytest.raises(KeyError):
        before.ancestors("ML10")


def test_spans_say_from_when_to_when(instance: Instance, sahel: Path) -> None:
    places.load_places(sahel)
    of_site = {
        (span.ancestor, span.ancestor_level, span.valid_from, span.valid_to)
        for span in places.place_spans()
        if span.code == "ML070101X"
    }
    assert of_site == {
        ("ML070101X", 4, None, None),
        ("ML0704", 2, None, None),
        ("ML07", 1, None, BEFORE),
        ("ML10", 1, AFTER, None),
        ("ML", 0, None, None),
    }


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("ML10", "ML10"),
        ("menaka", "ML10"),
        ("MÉNAKA", "ML10"),
        ("in-ekar", "ML070101X"),
        ("cercle de menaka", "ML0704"),
        ("Kawkaw", "ML0701"),
        ("Gao", "ML07"),
        ("Tombouctou", None),
    ],
)
def test_people_write_names_their_way(instance: Instance, sahel: Path, word: str, code: str | None) -> None:
    places.load_places(sahel)
    found = places.tree(AFTER).find(word)
    assert (found.code if found else None) == code


def test_a_word_that_two_places_share_is_neither(instance: Instance, sahel: Path) -> None:
    sahel.write_text(SAHEL.replace("Gao-ville; Kawkaw", "the town").replace(",In Ekar,", ",the town,"))
    places.load_places(sahel)
    assert places.tree(AFTER).find("The Town") is None


def test_a_place_that_is_none_is_refused_with_what_was_meant(instance: Instance, sahel: Path) -> None:
    places.load_places(sahel)
    assert places.require_place("gao", AFTER).code == "ML07"
    with pytest.raises(Refused, match=r"There is no place 'menakka' \(ML10 Menaka\?\)"):
        places.require_place("menakka", AFTER)
    with pytest.raises(
        Refused, match=r"Menaka \(ML10\) was no place on 2016-01-18; it is one from 2016-01-19 to \.\.\."
    ):
        places.require_place("menaka", BEFORE)
    assert places.nearest_place("inekarr") == "ML070101X Inekar"


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("ML07,gao", "Gao 7,gao", [("code_broken", 3)]),
        ("ML07,gao,", "ML07,Gao,", [("code_broken", 3)]),
        ("Gao,Gao,1,", "Gao,Gao,9,", [("level_broken", 3)]),
        ("Gao,Gao,1,", "Gao,Gao,²,", [("level_broken", 3)]),
        ("ML10,2016-01-19,", "ML10,2015-06-01,", [("dates_overlap", 6), ("parent_not_then", 6)]),
        ("region,ML,2016-01-19,,", "region,ML,2016-01-19,2015-01-01,", [("dates_crossed", 4)]),
        ("cercle,ML07,,,Gao", "cercle,ML77,,,Gao", [("parent_unknown", 7)]),
        ("cercle,ML07,,,Gao", "cercle,,,,Gao", [("parent_missing", 7)]),
        ("cercle,ML07,,,Gao", "cercle,ML070101X,,,Gao", [("parent_level", 7)]),
        ("cercle,ML07,,,Gao", "cercle,ML10,,,Gao", [("parent_not_then", 7)]),
        ("ML0701,gao-cercle", "ML0701,gao", [("slug_twice", 7)]),
        ("15.99,3.14", "15.99,", [("point_broken", 8)]),
        ("15.99,3.14", "95.99,3.14", [("point_broken", 8)]),
        ("2016-01-18", "18/01/2016", [("instance.cell_no_day", 5)]),
        ("ML07,gao,Gao", "ML07,gao,", [("instance.cell_blank", 3)]),
        ("aliases", "alias", [("instance.column_unknown", 1)]),
        ("parent,valid", "parnet,valid", [("instance.column_unknown", 1)]),
        ("Gao-ville; Kawkaw,,", "Gao-ville, Kawkaw,,,", [("instance.row_too_long", 7)]),
    ],
)
def test_every_fault_of_the_table_names_its_line(
    sahel: Path, before: str, after: str, found: list[tuple[str, int]]
) -> None:
    told = faults(sahel, before, after)
    assert [fault for fault in found if fault not in told] == []


def test_a_table_with_faults_replaces_nothing(instance: Instance, sahel: Path) -> None:
    digest = places.load_places(sahel)
    sahel.write_text(SAHEL.replace("ML07,gao,", "ML07,GAO,"))
    with pytest.raises(Refused):
        places.load_places(sahel)
    assert places.places_digest() == digest and len(places.all_places()) == 7


def test_a_table_in_french_excels_csv_and_rows_in_memory_are_read_alike(instance: Instance, tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes("\ufeff".encode() + b"pcode;slug;name_en;level\r\nML;mali;Mali;0\r\n")
    from_file = places.read_places(path)
    assert from_file == places.read_places([{"pcode": "ML", "slug": "mali", "name_en": "Mali", "level": "0"}])
    assert [place.code for place in from_file[0]] == ["ML"] and from_file[1] == ()


def test_an_instance_without_places_has_an_empty_tree(instance: Instance) -> None:
    assert places.all_places() == () and places.tree(AFTER).place("ML") is None and places.place_spans() == ()


@st.composite
def dated_trees(draw: st.DrawFn) -> list[places.Place]:
    """A country, regions that come and go, cercles that lie in one after another."""
    cuts = sorted(draw(st.sets(st.dates(date(2010, 1, 1), date(2012, 12, 31)), max_size=5)))
    starts = [None, *cuts]
    ends = [*(cut - timedelta(days=1) for cut in cuts), None]
    stretches = list(zip(starts, ends, strict=True))
    found = [places.Place(code="XX", slug="xx", name={"en": "X"}, level=0)]

    def add(code: str, level: int, parent: str, stretch: tuple[date | None, date | None]) -> None:
        found.append(
            places.Place(
                code=code,
                slug=code.lower(),
                name={"en": code},
                level=level,
                parent=parent,
                valid_from=stretch[0],
                valid_to=stretch[1],
            )
        )

    standing: dict[int, list[str]] = {}
    for number in range(3):
        for index, stretch in enumerate(stretches):
            if draw(st.booleans()):
                add(f"XX{number}", 1, "XX", stretch)
                standing.setdefault(index, []).append(f"XX{number}")
    for number in range(4):
        for index, stretch in enumerate(stretches):
            parent = draw(st.sampled_from(["", "XX", *standing.get(index, [])]))
            if parent:
                add(f"XX9{number}", 2, parent, stretch)
    return found


@settings(max_examples=60, deadline=None)
@given(tree=dated_trees(), day=st.dates(date(2009, 12, 1), date(2013, 1, 31)))
def test_spans_and_trees_say_the_same(tree: list[places.Place], day: date) -> None:
    spans = [span for span in places.spans(tree) if (span.valid_from or date.min) <= day <= (span.valid_to or date.max)]
    on = places.tree_on(tree, day)
    expected = {(code, ancestor) for code in on.places for ancestor in (code, *on.ancestors(code))}
    assert sorted((span.code, span.ancestor) for span in spans) == sorted(expected)
    assert {code for code in on.places if on.lies_in(code, "XX")} == set(on.places)
    assert set(on.descendants("XX")) | {"XX"} == set(on.places)
