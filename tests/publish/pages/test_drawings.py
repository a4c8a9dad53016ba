"""Drawings: words of at least 8 points, labels that lie in their land and on nothing else, words that are escaped once."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree

from toguna.publish.pages.drawings import signs
from toguna.publish.pages.drawings.bars import bars, bullet, change, paired, slope, stack
from toguna.publish.pages.drawings.columns import columns, line, multiples
from toguna.publish.pages.drawings.ground import Ground, Spot
from toguna.publish.pages.drawings.labels import overlap
from toguna.publish.pages.drawings.situation import SituationMap, region_of
from toguna.publish.pages.drawings.svg import PAGE, PAPER, Drawing, Pen
from toguna.publish.pages.drawings.values import Group, Value

POLYGONS = Path(__file__).parents[3] / "vendor" / "mali-polygons" / "mali.geojson"
SHAPES = json.loads(POLYGONS.read_text(encoding="utf-8"))["features"]
NAMES = {
    "CIV": "Côte d'Ivoire",
    "DZA": "Algérie",
    "ML06": "Tombouctou",
    "ML07": "Gao",
    "ML05": "Mopti",
    "ML09": "Bamako",
}


def value(label: str, amount: float | None) -> Value:
    return Value(
        label=label,
        amount=amount,
        text="" if amount is None else f"{amount:,.0f}",
        known="value" if amount is not None else "withheld",
    )


def ground() -> Ground:
    lands = {
        kind: tuple(
            region_of(shape, NAMES.get(shape["id"], shape["id"]), None)
            for shape in SHAPES
            if shape["properties"]["kind"] == kind
        )
        for kind in ("region", "neighbour")
    }
    offices = (Spot(code="gao", name="Gao", at=(-0.04, 16.27)), Spot(code="bamako", name="Bamako", at=(-8.0, 12.64)))
    return Ground(regions=lands["region"], neighbours=lands["neighbour"], offices=offices)


def every_kind(amounts: list[float | None]) -> list[Drawing]:
    values = [value(f"Label <{at}> & Co", amount) for at, amount in enumerate(amounts)]
    group = Group(label="Côte d'Ivoire", values=tuple(values), text="12")
    pen = Pen()
    return [
        columns(values, pen, "fr", width=156, height=46, title='Été "long"', between="par mois"),
        line(values, pen, "en", width=200, height=80, title="A line"),
        multiples([group, group], pen, "en", width=460, height=90, title="Multiples"),
        bars(values, pen, "en", width=145, title="Bars"),
        stack(values, pen, "en", width=145, title="Stack"),
        paired(group, group, pen, "fr", width=200, title="Paired"),
        slope([(values[0], values[-1])], pen, "en", width=200, height=120, title="Slope"),
        bullet(amounts[0], 10, pen, width=150, alt="a < b"),
        change(amounts[0], amounts[-1], 100, pen, width=85, alt="c & d"),
    ]


@settings(max_examples=40, deadline=None)
@given(some.lists(some.one_of(some.none(), some.integers(0, 10**7).map(float)), min_size=2, max_size=12))
def test_every_chart_is_well_formed_and_its_words_are_large_enough(amounts: list[float | None]) -> None:
    for drawing in every_kind(amounts):
        tree = etree.fromstring(drawing.svg.encode())
        sizes = [float(size) for size in re.findall(r"font-size:([\d.]+)px", drawing.svg)]
        assert all(size >= 8 for size in sizes)
        assert tree.get("aria-label") == drawing.alt and drawing.alt
        assert "nan" not in drawing.svg and "inf" not in drawing.svg.replace("information", "")


def test_a_withheld_value_is_a_word_or_hatched_and_never_a_bar() -> None:
    drawing = bars([value("Gao", 962), value("Kidal", None)], Pen(), "en", width=145, title="Paid")
    assert "withheld" in drawing.svg and drawing.alt == "Paid: Gao 962; Kidal withheld."
    assert drawing.svg.count("<rect") == 1


def test_bars_begin_at_nothing_and_are_on_one_scale() -> None:
    drawing = bars([value("a", 100), value("b", 50)], Pen(), "en", width=145, title="t")
    long, half = (float(width) for width in re.findall(r'<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)"', drawing.svg))
    assert half == pytest.approx(long / 2, abs=0.02)


def test_drawings_of_a_page_follow_its_variables_and_those_of_paper_do_not() -> None:
    values = [value("a", 1), value("b", 2)]
    page = bars(values, Pen(palette=PAGE, size=14), "en", width=300, title="t").svg
    assert "var(--blue)" in page and "#" not in page
    assert "var(" not in bars(values, Pen(), "en", width=300, title="t").svg


@pytest.mark.parametrize(("width", "size"), [(215, 8), (320, 9), (468, 10), (420, 14)])
@pytest.mark.parametrize(
    "amounts",
    [{"ML07": 962, "ML06": 708, "ML05": 141}, {"ML01": 5, "ML09": 4000, "ML03": 4000, "ML02": 3900}, {}],
    ids=["north", "crowded south", "none"],
)
def test_labels_of_a_map_are_disjoint_and_each_lies_in_its_land(
    width: float, size: float, amounts: dict[str, float]
) -> None:
    values = {code: value(NAMES.get(code, code), amount) for code, amount in amounts.items()}
    drawn = SituationMap(ground(), values, Pen(size=size), "fr", width, round(width * 0.926))
    drawing = drawn.draw("Payés")
    etree.fromstring(drawing.svg.encode())
    in_circles = [
        label for label in drawn.labels if any(_inside(label.box, *circle) for circle in drawn.circles.values())
    ]
    outside = [label for label in drawn.labels if label not in in_circles]
    for at, one in enumerate(outside):
        assert not any(overlap(one.box, other.box) for other in outside[at + 1 :]), one.words
    regions = {land.name for land in drawn.ground.regions}
    neighbours = {land.name: land.code for land in drawn.ground.neighbours}
    for label in outside:
        if label.words in neighbours:
            assert drawn.masks.holds(neighbours[label.words], label.box)
        else:
            assert label.leader is not None or drawn.masks.holds("country", label.box), label.words
    written = {label.words for label in outside}
    assert all(any(each.startswith(name) for each in written) for name in regions), "a region is never left out"


def _inside(box: tuple[float, float, float, float], middle: tuple[float, float], radius: float) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return (x - middle[0]) ** 2 + (y - middle[1]) ** 2 < radius**2


def test_circles_are_by_area_and_no_count_is_painted_over_a_region() -> None:
    values = {"ML07": value("Gao", 400), "ML06": value("Tombouctou", 100)}
    drawn = SituationMap(ground(), values, Pen(), "en", 300, 280)
    drawing = drawn.draw("Paid")
    assert drawn.circles["ML07"][1] == pytest.approx(2 * drawn.circles["ML06"][1])
    fills = re.findall(r"fill:(#[0-9A-F]{6});stroke:#9AA6B1", drawing.svg)
    assert set(fills) == {PAPER["country"]}


def test_a_rate_is_shaded_and_has_no_circle() -> None:
    drawn = SituationMap(ground(), {"ML07": value("Gao", 95), "ML05": value("Mopti", 10)}, Pen(), "en", 300, 280, True)
    drawing = drawn.draw("Share")
    assert not drawn.circles and "#0A4F86" in drawing.svg and "#E3ECF3" in drawing.svg


def test_an_apostrophe_in_a_name_breaks_no_attribute() -> None:
    values = {"ML07": value('Côte d\'Ivoire "nord"', 4)}
    drawing = SituationMap(ground(), values, Pen(), "fr", 300, 280).draw("L'aide")
    assert etree.fromstring(drawing.svg.encode()).get("aria-label") == drawing.alt
    assert 'Côte d\'Ivoire "nord" 4' in drawing.alt


def test_marks_differ_in_shape_not_in_colour() -> None:
    shapes = {re.sub(r"#[0-9A-F]{6}", "", signs.mark(basis, PAPER).svg) for basis in signs.MARKED}
    assert len(shapes) == 6
    assert (
        signs.mark("counted", PAPER, "counted").alt == "counted"
        and 'aria-hidden="true"' in signs.icon("water", PAPER).svg
    )
