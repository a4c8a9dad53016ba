"""Drawings that are not made yet: what is to be drawn is known, how wide and on what is said by the page that shows it.

A page of paper asks for points and hex colours, a web page for pixels and variables. What is costly to draw is kept under the digest of all that it
was drawn from.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from toguna.kernel.api import Language, digest
from toguna.publish.core.resolved import BlockFigures, Row
from toguna.publish.pages.drawings.bars import bars, bullet, paired, slope, stack
from toguna.publish.pages.drawings.columns import columns, line, month_words, multiples
from toguna.publish.pages.drawings.ground import Ground
from toguna.publish.pages.drawings.situation import SituationMap
from toguna.publish.pages.drawings.svg import Drawing, Pen
from toguna.publish.pages.drawings.values import Group, Known, Value

#: Where a drawing stands decides how wide it is: a small one beside the text, one across the page, a map, a series under a number.
Slot = str
#: Parts of one whole that one bar can show.
_MOST_STACKED = 4


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """What is to be drawn. `draw` takes the pen and the width; `key` says all that the drawing is made from."""

    draw: Callable[[Pen, float], Drawing]
    key: object
    slot: Slot
    #: The author's words for those who do not see it; made from the figures otherwise.
    alt: str = ""
    #: Kept from one build to the next, because it takes long.
    keep: bool = False

    def drawn(self, pen: Pen, width: float, kept: Path | None = None) -> Drawing:
        """The drawing at this width, with the author's words where there are some."""
        made = self._kept(pen, width, kept) if self.keep and kept is not None else self.draw(pen, width)
        return replace(made, alt=self.alt) if self.alt else made

    def _kept(self, pen: Pen, width: float, kept: Path) -> Drawing:
        file = kept / f"{digest([self.key, dict(pen.palette), str(pen.size), str(width), _version()])}.json"
        if file.exists():
            read: dict[str, object] = json.loads(file.read_text(encoding="utf-8"))
            return Drawing(**read)  # type: ignore[arg-type]
        made = self.draw(pen, width)
        kept.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_text(json.dumps(made.__dict__, ensure_ascii=False), encoding="utf-8")
        part.replace(file)
        return made


@cache
def _version() -> str:
    """The digest of what draws: a change of it draws everything anew."""
    folder = Path(str(files("toguna.publish.pages"))) / "drawings"
    return sha256(b"".join(path.read_bytes() for path in sorted(folder.glob("*.py")))).hexdigest()


def value_of_row(row: Row, label: str = "") -> Value:
    """A row of figures as a value to draw; one that may not be printed has no length."""
    shown = row.shown
    known: Known = "value" if shown.value is not None else "withheld" if shown.status == "withheld" else "none"
    amount = float(shown.value) if shown.value is not None else None
    return Value(
        label=label or ", ".join(row.labels), amount=amount, text=shown.text if known == "value" else "", known=known
    )


def chart_sketch(figures: BlockFigures, kind: str, language: Language, alt: str = "") -> Sketch:
    """The chart of a block: the kind that its author chose, else the one that answers the question its axes ask."""
    rows = figures.rows.get("of", ())
    kind = kind or _kind_for(figures.by, len(rows))
    title, values = figures.title, [value_of_row(row) for row in rows]
    key = [kind, title, language, [(value.label, value.text, str(value.amount)) for value in values], list(figures.by)]

    def draw(pen: Pen, width: float) -> Drawing:
        if kind == "multiples":
            groups = _groups(rows, figures.totals)
            return multiples(groups, pen, language, width=width, height=pen.size * 13, title=title)
        if kind == "paired":
            left, right = _sides(rows)
            return paired(left, right, pen, language, width=width, title=title)
        if kind == "slope":
            pairs = [(group.values[0], replace(group.values[-1], label=group.label)) for group in _groups(rows, {})]
            return slope(pairs, pen, language, width=width, height=pen.size * 16, title=title)
        if kind == "line":
            return line(values, pen, language, width=width, height=pen.size * 12, title=title)
        if kind == "column":
            between = month_words(any(value.known != "value" for value in values), language)
            return columns(values, pen, language, width=width, height=pen.size * 8, title=title, between=between)
        if kind == "stack" and len(values) <= _MOST_STACKED:
            return stack(values, pen, language, width=width, title=title)
        in_order = {"age", "month"} & set(figures.by)
        ordered = values if in_order else sorted(values, key=lambda value: -(value.amount or 0))
        return bars(ordered, pen, language, width=width, title=title)

    slot = "wide" if kind in {"multiples", "line", "column", "slope"} else "side"
    return Sketch(draw=draw, key=key, slot=slot, alt=alt)


def series_sketch(rows: Sequence[Row], title: str, language: Language, months: Sequence[str]) -> Sketch:
    """The months behind a key figure; `months` names all of them in order, those without a figure too."""
    found = {row.codes[1]: value_of_row(row, row.labels[1]) for row in rows}
    names = [month.partition("|") for month in months]
    values = [found.get(code) or Value(label=name, amount=None, text="", known="none") for code, _, name in names]
    while len(values) > 3 and [value.known for value in values[:3]] == ["none"] * 3:
        # What began in the course of the year is drawn from there on.
        values = values[next((at for at, value in enumerate(values) if value.known != "none"), len(values) - 3) :]
    between = month_words(any(value.known != "value" for value in values), language)

    def draw(pen: Pen, width: float) -> Drawing:
        height = pen.size * (5.75 if width < 200 or pen.size > 8 else 8)
        return columns(values, pen, language, width=width, height=height, title=title, between=between)

    key = ["series", title, language, [(value.label, value.text) for value in values]]
    return Sketch(draw=draw, key=key, slot="series")


def bullet_sketch(result: float | None, target: float, alt: str) -> Sketch:
    """A result against its target."""
    return Sketch(
        draw=lambda pen, width: bullet(result, target, pen, width=width, alt=alt),
        key=["bullet", str(result), str(target)],
        slot="bullet",
    )


def map_sketch(
    ground: Ground,
    figures: BlockFigures | None,
    title: str,
    language: Language,
    names: Mapping[str, str],
    alt: str = "",
) -> Sketch:
    """The situation map with the figures of a block. Shares of a hundred are shades, everything else is circles."""
    rows = figures.rows.get("of", ()) if figures else ()
    values = {row.codes[-1]: value_of_row(row, names.get(row.codes[-1], "")) for row in rows}
    rate = figures is not None and figures.unit == "percent"

    def draw(pen: Pen, width: float) -> Drawing:
        return SituationMap(ground, values, pen, language, width, round(width * 0.926), rate).draw(title)

    written = [(code, value.text, str(value.amount)) for code, value in values.items()]
    key = ["map", title, language, written, digest(_written(ground)), rate]
    return Sketch(draw=draw, key=key, slot="map", alt=alt, keep=True)


def _written(ground: Ground) -> list[object]:
    lands = [
        (land.code, land.name, repr(land.anchor), len(land.rings), repr(land.rings[:1])[:400])
        for land in (*ground.regions, *ground.neighbours)
    ]
    return [lands, [(spot.code, spot.name, repr(spot.at)) for spot in (*ground.offices, *ground.apart)]]


def _kind_for(by: Sequence[str], count: int) -> str:
    if tuple(by) in {("sex", "age"), ("age", "sex")}:
        return "paired"
    if len(by) == 2 and by[1] == "month":
        return "multiples"
    return "column" if tuple(by) == ("month",) else "bar"


def _groups(rows: Sequence[Row], totals: Mapping[str, str]) -> list[Group]:
    """Rows by their first axis, in the order in which they come."""
    found: dict[tuple[str, str], list[Value]] = {}
    for row in rows:
        found.setdefault((row.codes[0], row.labels[0]), []).append(value_of_row(row, row.labels[1]))
    return [
        Group(label=label, values=tuple(values), text=totals.get(code, "")) for (code, label), values in found.items()
    ]


def _sides(rows: Sequence[Row]) -> tuple[Group, Group]:
    """Women and girls on the left, men and boys on the right, their ages in one order; what one side lacks is silent."""
    by_side: dict[str, dict[str, Value]] = {}
    labels: dict[str, str] = {}
    for row in rows:
        side, age = (row.codes[0], row.codes[1]) if row.codes[0] in {"f", "m"} else (row.codes[1], row.codes[0])
        name, of_age = (row.labels[0], row.labels[1]) if row.codes[0] in {"f", "m"} else (row.labels[1], row.labels[0])
        labels[side] = name
        by_side.setdefault(side, {})[age] = value_of_row(row, of_age)
    ages = list(dict.fromkeys(age for side in by_side.values() for age in side))
    sides = []
    for side in ("f", "m"):
        own = by_side.get(side, {})
        values = tuple(own.get(age) or Value(label=age, amount=None, text="", known="none") for age in ages)
        sides.append(Group(label=labels.get(side, side), values=values))
    return sides[0], sides[1]
