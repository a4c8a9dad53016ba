"""Charts over time: columns of one figure, small multiples of several places on one scale, a line."""

from __future__ import annotations

from collections.abc import Sequence

from toguna.kernel.api import Language
from toguna.publish.pages.drawings.svg import Drawing, Pen, box, framed, measure, number, path, rule, words
from toguna.publish.pages.drawings.values import Group, Value, highest, over_time
from toguna.publish.pages.words import WORDS

_GAP = 1.6
#: A column of a value above nothing is seen, however small.
_LEAST = 0.8


def columns(
    values: Sequence[Value],
    pen: Pen,
    language: Language,
    *,
    width: float,
    height: float,
    title: str,
    between: str = "",
) -> Drawing:
    """One figure over time: the last column dark, only the one before it labelled, the first and last instant named beneath.

    `between` stands in the middle beneath. An instant without a return keeps its place and has a dash; it is not a zero.
    """
    size, top = pen.size, pen.size + 2
    foot = height - size - 3.6
    step = (width + _GAP) / max(len(values), 1)
    across, most, room = step - _GAP, highest(values), foot - top
    parts = [rule(0, foot + 0.5, width, pen["rule"])]
    heights = []
    for at, value in enumerate(values):
        tall = max(_LEAST, room * value.amount / most) if value.amount is not None else 0.0
        heights.append(tall)
        if value.known == "value" and value.amount is not None:
            fill = pen["blue"] if at == len(values) - 1 else pen["mid"]
            parts.append(box(at * step, foot - tall, across, tall, fill))
        else:
            parts.append(_dash(at * step + across / 2, foot - 2, pen))
    if len(values) > 1 and values[-2].known == "value":
        parts.append(_label_before_last(values, heights, step, foot, pen))
    low = height - size * 0.28
    if values:
        parts.append(words(values[-1].label, width, low, pen["ink"], size, weight=600, anchor="end"))
    if len(values) > 1:
        parts.append(words(values[0].label, 0, low, pen["slate"], size))
    if between:
        parts.append(words(between, width / 2, low, pen["slate"], size, anchor="middle"))
    return framed(width, height, "".join(parts), f"{title}{_colon(language)} {over_time(values, language)}.")


def _label_before_last(values: Sequence[Value], heights: Sequence[float], step: float, foot: float, pen: Pen) -> str:
    """The number of the instant before, clear of every column that it stands over."""
    right = (len(values) - 1) * step - _GAP
    left = right - measure(values[-2].text, pen.size)
    over = [tall for at, tall in enumerate(heights[:-1]) if (at + 1) * step - _GAP > left]
    return words(values[-2].text, right, foot - max(over, default=0) - 2, pen["slate"], pen.size, anchor="end")


def _dash(x: float, y: float, pen: Pen) -> str:
    return path(f"M{number(x - 1.6)} {number(y)}h3.2", fill="none", stroke=pen["slate"], stroke_width=0.9)


def multiples(
    groups: Sequence[Group], pen: Pen, language: Language, *, width: float, height: float, title: str
) -> Drawing:
    """Places by months: a small chart for each place on one scale, numbers on the columns, ordered by their total."""
    ordered = sorted(groups, key=lambda group: -sum(value.amount or 0 for value in group.values))
    size, between = pen.size, 9.0
    room = (width - between * (len(ordered) - 1)) / max(len(ordered), 1)
    most = highest([value for group in ordered for value in group.values])
    top, foot = size * 2.6, height - size - 3.6
    parts = []
    for place, group in enumerate(ordered):
        left = place * (room + between)
        name = f"{group.label} {group.text}".strip()
        parts.append(words(name, left, size * 1.05, pen["ink"], size + 0.5, weight=700))
        parts.append(rule(left, foot + 0.5, room, pen["rule"]))
        step = (room + _GAP) / max(len(group.values), 1)
        for at, value in enumerate(group.values):
            x, middle = left + at * step, left + at * step + (step - _GAP) / 2
            if value.known == "value" and value.amount is not None:
                tall = max(_LEAST, (foot - top) * value.amount / most)
                fill = pen["blue"] if at == len(group.values) - 1 else pen["mid"]
                parts.append(box(x, foot - tall, step - _GAP, tall, fill))
                if measure(value.text, size) <= step:
                    parts.append(words(value.text, middle, foot - tall - 2.4, pen["ink"], size, anchor="middle"))
            else:
                parts.append(_dash(middle, foot - 2, pen))
            if measure(value.label, size) <= step or at in (0, len(group.values) - 1):
                anchor = "middle" if measure(value.label, size) <= step else "start" if at == 0 else "end"
                x = middle if anchor == "middle" else left if at == 0 else left + room
                parts.append(words(value.label, x, height - size * 0.28, pen["slate"], size, anchor=anchor))
    alt = "; ".join(f"{group.label}{_colon(language)} {over_time(group.values, language)}" for group in ordered)
    return framed(width, height, "".join(parts), f"{title}. {alt}.")


def line(values: Sequence[Value], pen: Pen, language: Language, *, width: float, height: float, title: str) -> Drawing:
    """A figure at many instants as a line from nothing up; the ends are labelled. A missing instant breaks it."""
    size = pen.size
    top, foot = size * 1.6, height - size - 3.6
    most, step = highest(values), (width - 8) / max(len(values) - 1, 1)
    points = [
        (4 + at * step, foot - (foot - top) * value.amount / most) if value.amount is not None else None
        for at, value in enumerate(values)
    ]
    d, pen_up = "", True
    for point in points:
        if point is not None:
            d += f"{'M' if pen_up else 'L'}{number(point[0])} {number(point[1])}"
        pen_up = point is None
    parts = [rule(0, foot + 0.5, width, pen["rule"])]
    parts.append(path(d, fill="none", stroke=pen["blue"], stroke_width=1.8, stroke_linejoin="round"))
    for at, anchor in ((0, "start"), (len(values) - 1, "end")):
        x, point = (0.0 if anchor == "start" else width), points[at]
        parts.append(words(values[at].label, x, height - size * 0.28, pen["slate"], size, anchor=anchor))
        if point is not None:
            parts.append(
                path(f"M{number(point[0] - 2)} {number(point[1])}a2 2 0 1 0 4 0a2 2 0 1 0-4 0", fill=pen["blue"])
            )
            parts.append(words(values[at].text, x, point[1] - 4, pen["ink"], size, weight=700, anchor=anchor))
    return framed(width, height, "".join(parts), f"{title}{_colon(language)} {over_time(values, language)}.")


def month_words(missing: bool, language: Language) -> str:
    """What stands beneath a series of months: that it is by month, and what a dash is where there is one."""
    return WORDS[language]["by_month_gap" if missing else "by_month"]


def _colon(language: Language) -> str:
    return "\u00a0:" if language == "fr" else ":"
