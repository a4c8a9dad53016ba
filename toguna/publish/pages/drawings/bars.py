"""Charts of parts and comparisons: bars, one stacked bar, paired bars, a slope, a result against its target, a dot-to-dot change."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from toguna.kernel.api import Language
from toguna.publish.pages.drawings.svg import Drawing, Pen, box, framed, measure, number, path, rule, words
from toguna.publish.pages.drawings.values import Group, Value, highest, spoken, told
from toguna.publish.pages.words import WORDS

#: A bar is at least so long a share of the longest: something is there.
LEAST = 0.005
_SHADES = ("blue", "mid", "edge", "pale")


def bars(values: Sequence[Value], pen: Pen, language: Language, *, width: float, title: str) -> Drawing:
    """Categories compared: bars of 6 points from nothing, in the order given, their numbers on the right, no axis."""
    size, step = pen.size + 0.6, pen.size * 1.75
    names = min(max((measure(value.label, size) for value in values), default=0), width * 0.45)
    numbers = max((measure(_printed(value, language), size, 700) for value in values), default=0)
    left, right = names + 6, width - numbers - 5
    most = highest(values)
    parts = []
    for at, value in enumerate(values):
        base = at * step + size
        parts.append(words(_fitted(value.label, names, size), 0, base, pen["ink"], size))
        if value.known == "value" and value.amount is not None:
            long = max(LEAST, value.amount / most) * (right - left)
            parts.append(box(left, base - size * 0.32 - 3, long, 6, pen["blue"]))
            parts.append(words(value.text, width, base, pen["ink"], size, weight=700, anchor="end"))
        else:
            silent = WORDS[language][value.known]
            parts.append(words(silent, width, base, pen["slate"], size, anchor="end", italic=True))
    height = max(len(values) * step, step)
    return framed(width, height, "".join(parts), f"{title}{_colon(language)} {told(values, language)}.")


def stack(values: Sequence[Value], pen: Pen, language: Language, *, width: float, title: str) -> Drawing:
    """Two to four parts of one whole as one bar; each part's name and number beneath it, one line a part where they do not fit."""
    size, tall = pen.size, 12.0
    whole = sum(value.amount or 0 for value in values) or 1.0
    parts, x, names, y = [], 0.0, [], tall + size * 1.3
    for at, value in enumerate(values):
        long = width * (value.amount or 0) / whole
        parts.append(box(x, 0, max(long - 1, LEAST * width), tall, pen[_SHADES[min(at, len(_SHADES) - 1)]]))
        x += long
        names.append(f"{value.label} {spoken(value, language)}")
    fits = sum(measure(name, size) + 14 for name in names) <= width
    x = 0.0
    for at, name in enumerate(names):
        parts.append(box(x, y - size * 0.7, 5, 5, pen[_SHADES[min(at, len(_SHADES) - 1)]]))
        parts.append(words(name, x + 8, y, pen["ink"], size))
        x, y = (x + measure(name, size) + 14, y) if fits else (0.0, y + size * 1.4)
    height = tall + size * 1.7 if fits else y - size * 0.9
    return framed(width, height, "".join(parts), f"{title}{_colon(language)} {told(values, language)}.")


def paired(left: Group, right: Group, pen: Pen, language: Language, *, width: float, title: str) -> Drawing:
    """Two sides back to back on one scale, as women and men by age; a withheld cell is hatched and has no length."""
    size, step = pen.size, pen.size * 1.75
    middle = max((measure(value.label, size) for value in left.values), default=0) / 2 + 5
    centre = width / 2
    ends = (
        max((measure(_printed(value, language), size, 700) for value in (*left.values, *right.values)), default=0) + 4
    )
    room = centre - middle - ends
    most = highest([*left.values, *right.values])
    top = size * 1.5
    parts = [
        words(left.label, centre - middle, size, pen["ink"], size, weight=700, anchor="end"),
        words(right.label, centre + middle, size, pen["ink"], size, weight=700),
    ]
    for at, (one, other) in enumerate(zip(left.values, right.values, strict=True)):
        base = top + at * step + size
        parts.append(words(one.label, centre, base, pen["slate"], size, anchor="middle"))
        for value, side, fill in ((one, -1, "blue"), (other, 1, "mid")):
            start = centre + side * middle
            long = max(LEAST, (value.amount or 0) / most) * room
            anchor, edge = ("end", start - long - 3) if side < 0 else ("start", start + long + 3)
            if value.known == "value":
                parts.append(box(min(start, start + side * long), base - size * 0.32 - 3, long, 6, pen[fill]))
                parts.append(words(value.text, edge, base, pen["ink"], size, weight=700, anchor=anchor))
            else:
                parts.append(_hatched(min(start, start + side * 22), base - size * 0.32 - 3, 22, 6, pen))
    height = top + len(left.values) * step + 2
    alt = "; ".join(f"{group.label}{_colon(language)} {told(group.values, language)}" for group in (left, right))
    return framed(width, height, "".join(parts), f"{title}. {alt}.")


def slope(
    pairs: Sequence[tuple[Value, Value]], pen: Pen, language: Language, *, width: float, height: float, title: str
) -> Drawing:
    """Two instants of many places: a line each, named on the right; those that rise blue, those that fall ochre."""
    size = pen.size
    names = max((measure(f"{after.text} {after.label}", size) for _, after in pairs), default=0) + 6
    numbers = max((measure(before.text, size) for before, _ in pairs), default=0) + 6
    most = highest([value for pair in pairs for value in pair])
    top, foot = size * 2.2, height - size * 0.8

    def level(value: Value) -> float:
        return foot - (foot - top) * (value.amount or 0) / most

    drawn = [pair for pair in pairs if all(value.known == "value" for value in pair)]
    starts = _apart([level(before) for before, _ in drawn], size * 1.1)
    ends = _apart([level(after) for _, after in drawn], size * 1.1)
    parts = []
    for (before, after), at_start, at_end in zip(drawn, starts, ends, strict=True):
        stroke = pen["blue"] if (after.amount or 0) >= (before.amount or 0) else pen["ochre"]
        y0, y1 = level(before), level(after)
        parts.append(
            path(
                f"M{number(numbers)} {number(y0)}L{number(width - names)} {number(y1)}",
                fill="none",
                stroke=stroke,
                stroke_width=1.6,
            )
        )
        parts.append(words(before.text, numbers - 4, at_start + size * 0.35, pen["slate"], size, anchor="end"))
        parts.append(words(f"{after.text} {after.label}", width - names + 4, at_end + size * 0.35, pen["ink"], size))
    alt = "; ".join(f"{after.label} {spoken(before, language)} → {spoken(after, language)}" for before, after in pairs)
    return framed(width, height, "".join(parts), f"{title}{_colon(language)} {alt}.")


def bullet(result: float | None, target: float, pen: Pen, *, width: float, alt: str) -> Drawing:
    """A result against its target: the bar is the result, the tick the target, on a scale to one and a half targets or the result."""
    height = 9.0
    most = max(target * 1.5, result or 0) or 1.0
    parts = [box(0, height * 0.28, width, height * 0.44, pen["pale"])]
    if result is not None:
        parts.append(box(0, height * 0.28, width * result / most, height * 0.44, pen["blue"]))
    parts.append(box(width * target / most - 1, 0, 2, height, pen["ochre"]))
    return framed(width, height, "".join(parts), alt)


def change(then: float | None, now: float | None, most: float, pen: Pen, *, width: float, alt: str) -> Drawing:
    """From then to now as two dots on a root scale, so that small figures are seen beside large ones; a hollow dot is then."""
    height, edge = 8.0, 4.0
    scale = (width - 2 * edge) / (sqrt(most) or 1.0)
    at = [edge + sqrt(max(value, 0)) * scale if value is not None else None for value in (then, now)]
    parts = [rule(0, height / 2, width, pen["rule"], 0.5)]
    if at[0] is not None and at[1] is not None:
        parts.append(rule(min(at[0], at[1]), height / 2, abs(at[1] - at[0]), pen["blue"], 1.4))
    for x, fill in ((at[0], pen["ground"]), (at[1], pen["blue"])):
        if x is not None:
            circle = f"M{number(x - 2.6)} {number(height / 2)}a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0Z"
            parts.append(path(circle, fill=fill, stroke=pen["blue"], stroke_width=1))
    return framed(width, height, "".join(parts), alt)


def _hatched(x: float, y: float, width: float, height: float, pen: Pen) -> str:
    strokes = "".join(
        f"M{number(x + at)} {number(y + height)}l{number(height)}-{number(height)}"
        for at in range(0, int(width - height) + 1, 4)
    )
    return box(x, y, width, height, "none", stroke=pen["slate"], stroke_width=0.5) + path(
        strokes, fill="none", stroke=pen["slate"], stroke_width=0.6
    )


def _apart(levels: Sequence[float], least: float) -> list[float]:
    """The levels, moved down where two labels would touch."""
    placed: dict[int, float] = {}
    last = float("-inf")
    for at in sorted(range(len(levels)), key=lambda index: levels[index]):
        placed[at] = last = max(levels[at], last + least)
    return [placed[at] for at in range(len(levels))]


def _fitted(label: str, width: float, size: float) -> str:
    """A name that is too long is cut, with an ellipsis."""
    if measure(label, size) <= width + 0.1:
        return label
    while label and measure(f"{label}…", size) > width:
        label = label[:-1]
    return f"{label.rstrip()}…"


def _printed(value: Value, language: Language) -> str:
    return value.text if value.known == "value" else WORDS[language][value.known]


def _colon(language: Language) -> str:
    return "\u00a0:" if language == "fr" else ":"
