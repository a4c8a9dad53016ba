"""Small signs: the six marks of how a number is known, icons, Toguna's own mark. Told apart by shape, never by hue."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from toguna.publish.core.resolved import Basis
from toguna.publish.pages.drawings.svg import Drawing, Palette, framed, path

_CIRCLE = "M5 1.3a3.7 3.7 0 1 0 0 7.4a3.7 3.7 0 1 0 0-7.4Z"
_COMMA = "c1.7-.5 2.5-1.6 2.5-3.1h-2.4v-2.9h3.1v2.7c0 2.3-1.1 3.9-2.8 4.4z"
_WAVE = "c1.4-1.6 2.7-1.6 4-.5s2.6 1.1 4-.5"


def _counted(colour: str) -> str:
    return path(_CIRCLE, fill=colour)


def _reported(colour: str) -> str:
    half = path("M5 1.3A3.7 3.7 0 0 0 5 8.7Z", fill=colour)
    return path("M5 1.6a3.4 3.4 0 1 0 0 6.8a3.4 3.4 0 1 0 0-6.8Z", fill="none", stroke=colour, stroke_width=1.1) + half


def _quoted(colour: str) -> str:
    return path(f"M1.2 7.9{_COMMA}M5.6 7.9{_COMMA}", fill=colour)


def _estimated(colour: str) -> str:
    return path(f"M1 3.9{_WAVE}M1 7.3{_WAVE}", fill="none", stroke=colour, stroke_width=1.35, stroke_linecap="round")


def _planned(colour: str) -> str:
    return path("M5 .9 9.1 5 5 9.1.9 5Z", fill="none", stroke=colour, stroke_width=1.1)


def _stated(colour: str) -> str:
    pencil = path(
        "M1.4 8.6 2 6.3 7 1.3 8.7 3 3.7 8Z", fill="none", stroke=colour, stroke_width=1.1, stroke_linejoin="round"
    )
    return pencil + path("M1.2 8.8 2.1 6.6 3.4 7.9Z", fill=colour)


_MARKS: Mapping[Basis, Callable[[str], str]] = {
    "counted": _counted,
    "reported": _reported,
    "quoted": _quoted,
    "estimated": _estimated,
    "planned": _planned,
    "stated": _stated,
}
#: In the order of a legend.
MARKED: tuple[Basis, ...] = tuple(_MARKS)


def _person(x: float, y: float) -> str:
    """One who walks: head, body, legs, arms."""
    return (
        f"M{x} {y}a2.1 2.1 0 1 0 0-4.2a2.1 2.1 0 0 0 0 4.2M{x} {y + 2.3}v4.9l-2.2 5M{x} {y + 7.2}l2.2 5"
        f"M{x - 2.9} {y + 4.7}l2.9-2.4l2.9 2.4"
    )


def _house(x: float) -> str:
    return f"M{x} 10.5l5.5-4.5l5.5 4.5M{x + 1.5} 9.6v9.9h8v-9.9M{x + 4.2} 19.5v-4.5h2.6v4.5"


_BORDER = "M13.5 3v3M13.5 9v3M13.5 15v3M13.5 20.5v1"
#: On a grid of 24, stroke 1.6.
ICONS: Mapping[str, str] = {
    "idp_returnee": f"{_house(10)}M2.5 15h6M6 12.3l2.7 2.7l-2.7 2.7",
    "abroad": f"{_BORDER}{_person(6.2, 8.3)}M16.5 12.5h5M19 10l2.6 2.5l-2.6 2.5",
    "returnee": f"{_BORDER}{_person(17.8, 8.3)}M10.5 12.5h-7.5M5.6 10l-2.6 2.5l2.6 2.5",
    "idp": f"{_house(2.5)}M15.3 15h6.2M19 12.3l2.7 2.7l-2.7 2.7",
    "refugee": "M2.5 19.5 12 5l9.5 14.5ZM12 5V3M12 12.2a1.5 1.5 0 1 0 0-3a1.5 1.5 0 0 0 0 3"
    "M9.6 19.5v-3.1c0-1.4 1-2.3 2.4-2.3s2.4.9 2.4 2.3v3.1",
    "asylum": "M5 3.5h9.5L19 8v12.5H5ZM14.5 3.5V8H19M12 12.6a1.6 1.6 0 1 0 0-3.2a1.6 1.6 0 0 0 0 3.2"
    "M8.8 17.5c0-1.9 1.3-3 3.2-3s3.2 1.1 3.2 3",
    "certificate": "M10 16H4V4.5h16V16h-6M7.5 8h9M7.5 11H13M12 18a2.4 2.4 0 1 0 0-4.8a2.4 2.4 0 0 0 0 4.8"
    "M10.6 17.6l-.6 3.7l2-1.1l2 1.1l-.6-3.7",
    "children": "M8 8.5a2.4 2.4 0 1 0 0-4.8a2.4 2.4 0 0 0 0 4.8M4 19.5v-5c0-2.3 1.6-3.7 4-3.7s4 1.4 4 3.7v5"
    "M17 11.2a1.9 1.9 0 1 0 0-3.8a1.9 1.9 0 0 0 0 3.8M14.2 19.5v-3.3c0-1.8 1.1-2.9 2.8-2.9s2.8 1.1 2.8 2.9v3.3",
    "water": "M3 8h10c2.5 0 4 1.5 4 4v1.5h-3.8v-1.3c0-.3-.2-.5-.6-.5H3M8.5 8V5M5.8 4.7h5.4"
    "M15.1 16.2s1.9 2.1 1.9 3.3a1.9 1.9 0 0 1-3.8 0c0-1.2 1.9-3.3 1.9-3.3",
    "cash": "M2.5 6.5h19v11h-19ZM12 14.6a2.6 2.6 0 1 0 0-5.2a2.6 2.6 0 0 0 0 5.2M5.6 9.5v.1M18.4 14.4v.1",
    "shelter": "M2.5 12.5 12 5l9.5 7.5M5 10.6v8.9h14v-8.9M12 19.5V13",
    "school": "M12 6.5C9.8 5 6.8 4.6 3 4.8v13c3.8-.2 6.8.2 9 1.7c2.2-1.5 5.2-1.9 9-1.7v-13c-3.8-.2-6.8.2-9 1.7v13",
    "alert": "M12 3.8l9.5 16h-19ZM12 9.8v4.4M12 17v.1",
}


def mark(basis: Basis, palette: Palette, alt: str = "", colour: str = "") -> Drawing:
    """The mark of a basis on a grid of ten; in ink unless told otherwise, so that it is never taken for data."""
    return framed(10, 10, _MARKS[basis](colour or palette["ink"]), alt)


def icon(name: str, palette: Palette) -> Drawing:
    """An icon; it always stands beside words and says nothing itself."""
    style = {"fill": "none", "stroke": palette["blue"], "stroke_width": 1.6, "stroke_linecap": "round"}
    return framed(24, 24, path(ICONS[name], **style, stroke_linejoin="round"), "")  # type: ignore[arg-type]


def toguna(palette: Palette, alt: str = "") -> Drawing:
    """Toguna's own mark: a roof of thatch on five posts, for an operation that has put none of its own in its place."""
    posts = "".join(f"M{x} 13.5l.6 8h1.8l.6-8Z" for x in (3.2, 8.2, 13.2, 18.2, 23.2))
    roof = "M1 12l3.2-7.8c.3-.9 1-1.4 2-1.4h17.6c1 0 1.7.5 2 1.4L29 12Z"
    return framed(30, 24, path(f"{roof}{posts}M0 21.7h30V23H0Z", fill=palette["blue"]), alt)
