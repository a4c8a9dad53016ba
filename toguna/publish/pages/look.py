"""The look of every product in one place: colours for paper, screen and darkness, typefaces, the operation's accent and mark.

Sources: look.md sections 2 to 4. Typst reads the tokens with the layout, a web page as CSS variables, a drawing as its palette.
"""

from __future__ import annotations

import json
import tomllib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from lxml import etree
from PIL import ImageFont

from toguna.kernel.api import Place, Refused, digest
from toguna.publish.pages import problems as fault

#: Name to colour: of paper and of a page in daylight.
LIGHT: Mapping[str, str] = {
    "ink": "#17212B",
    "slate": "#4B5966",
    "blue": "#0B4F8C",
    "mid": "#6793BC",
    "ochre": "#A8480C",
    "opale": "#F4E3D3",
    "pale": "#DCE7F1",
    "tint": "#F3F0EA",
    "rule": "#C5CCD3",
    "edge": "#9AA6B1",
    "land": "#F1EEE8",
    "country": "#FFFFFF",
    "ground": "#FFFFFF",
}
DARK: Mapping[str, str] = {
    "ink": "#E9EDF1",
    "slate": "#A9B5C0",
    "blue": "#7FB6E6",
    "mid": "#4A78A1",
    "ochre": "#F0A46B",
    "opale": "#3B2A1D",
    "pale": "#22323F",
    "tint": "#1D2730",
    "rule": "#3A4651",
    "edge": "#5C6A76",
    "land": "#1A232B",
    "country": "#26323C",
    "ground": "#10171D",
}
#: The classes of a map of a rate, from the lowest; text on the last two is white.
CLASSES = ("#E3ECF3", "#B5CDE0", "#7FA9CB", "#3F7FB0", "#0A4F86")
SANS, SERIF = "Source Sans Pro", "Source Serif Pro"
#: An accent has to be read as text.
LEAST_CONTRAST = 4.5
#: The accent in darkness is lightened until it is read as well as the text.
_DARK_CONTRAST, _MID_CONTRAST = 7.0, 3.0
#: The pack's file with the section `[look]`, and its folder of marks, typefaces and the Word template.
_FILE, _THEME = "operation.toml", "theme/"
_FACES = (
    ("Source Sans Pro", 400, "SourceSansPro-Regular"),
    ("Source Sans Pro", 600, "SourceSansPro-Semibold"),
    ("Source Sans Pro", 700, "SourceSansPro-Bold"),
    ("Source Serif Pro", 600, "SourceSerifPro-Semibold"),
)


@dataclass(frozen=True, kw_only=True)
class Look:
    """What an operation may change: one colour, its mark, the typeface of its text (with the files of that face)."""

    accent: str = LIGHT["blue"]
    #: The operation's mark as SVG; empty: Toguna's own.
    mark: str = ""
    text: str = SANS
    #: A folder with the files of another typeface, beside our own.
    faces: str = ""
    #: Whether the operation is a demonstration, which every page says.
    demonstration: bool = False
    #: The office's Word template, if it has one.
    word: bytes = field(default=b"", repr=False)
    light: Mapping[str, str] = field(init=False)
    dark: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        light, dark = dict(LIGHT), dict(DARK)
        if self.accent.upper() != LIGHT["blue"]:
            light |= {"blue": self.accent, "mid": _lightened(self.accent, "#FFFFFF", _MID_CONTRAST)}
            light["pale"] = mixed(self.accent, "#FFFFFF", 0.14)
            dark |= {"blue": _raised(self.accent, DARK["ground"], _DARK_CONTRAST)}
            dark["mid"] = mixed(dark["blue"], DARK["ground"], 0.55)
        object.__setattr__(self, "light", light)
        object.__setattr__(self, "dark", dark)

    def typst(self) -> dict[str, object]:
        """The tokens as the templates read them."""
        return {**self.light, "sans": self.text, "serif": SERIF}

    def css(self) -> str:
        """The faces that a page carries, and its variables."""
        return web_faces() + self.variables()

    def variables(self) -> str:
        """The tokens as CSS variables, in daylight, in darkness and on paper."""
        light, dark = _variables(self.light), _variables(self.dark)
        face = f'"{self.text}","Source Sans Pro","Source Sans 3",system-ui,sans-serif'
        return (
            f":root{{{light}--sans:{face};--serif:'Source Serif Pro',Georgia,serif;color-scheme:light dark}}\n"
            f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n@media print{{:root{{{light}}}}}\n"
        )


def read_look(pack: Mapping[str, bytes], kept: Path) -> Look:
    """The `[look]` section of a pack's ``operation.toml`` and its ``theme`` folder; the default where there is none.

    The files of another typeface are written into `kept`, where the typesetter finds them. Refuses an accent that is no colour or is not read on white, a mark that is not there or is not SVG, a typeface without files.
    """
    written = tomllib.loads(pack[_FILE].decode("utf-8")) if _FILE in pack else {}
    section, place = written.get("look", {}), Place(file=_FILE)
    accent = str(section.get("accent", LIGHT["blue"]))
    if not _is_colour(accent):
        raise Refused(fault.LOOK_COLOUR.at(place, accent=accent))
    ratio = contrast(accent, "#FFFFFF")
    if ratio < LEAST_CONTRAST:
        raise Refused(fault.LOOK_CONTRAST.at(place, accent=accent, ratio=f"{ratio:.1f}", least=LEAST_CONTRAST))
    mark, text = str(section.get("mark", "")), str(section.get("text", SANS))
    return Look(
        accent=accent,
        mark=_mark(pack, mark, place) if mark else "",
        text=text,
        demonstration=bool(written.get("operation", {}).get("demonstration", False)),
        faces="" if text == SANS else _faces(pack, text, place, kept),
        word=pack.get(f"{_THEME}update.docx", b""),
    )


def contrast(one: str, other: str) -> float:
    """The ratio of two colours by WCAG 2: from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def mixed(colour: str, other: str, share: float) -> str:
    """So much of the first colour with the rest of the other."""
    pairs = [(int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(one * share + two * (1 - share)):02X}" for one, two in pairs)


@cache
def folder_of_fonts() -> Path:
    """Where the makers' files lie."""
    return Path(str(files("toguna.publish.pages"))) / "fonts"


@cache
def web_faces() -> str:
    """The `@font-face` rules of a page, with their subsets inside."""
    rules = []
    for family, weight, name in _FACES:
        content = b64encode((folder_of_fonts() / f"{name}.woff2").read_bytes()).decode()
        rules.append(
            f"@font-face{{font-family:'{family}';font-weight:{weight};font-display:swap;"
            f"src:url(data:font/woff2;base64,{content}) format('woff2')}}\n"
        )
    return "".join(rules)


@cache
def _widths() -> Mapping[str, Mapping[str, int]]:
    read: Mapping[str, Mapping[str, int]] = json.loads((folder_of_fonts() / "widths.json").read_text(encoding="utf-8"))
    return read


def width_of(words: str, size: float, weight: int = 400) -> float:
    """How wide a line of words is at a type size; a letter that the face lacks is taken for an ``n``."""
    letters = _widths()[str(weight)]
    return sum(letters.get(letter, letters["n"]) for letter in words) * size / 1000


def _variables(tokens: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in tokens.items())


def _is_colour(text: str) -> bool:
    return len(text) == 7 and text[0] == "#" and all(letter in "0123456789abcdefABCDEF" for letter in text[1:])


def _lightened(colour: str, ground: str, least: float) -> str:
    """The colour with as much white as leaves the contrast on the ground."""
    shares = [share / 100 for share in range(20, 101, 4)]
    return next((mix for share in shares if contrast(mix := mixed(colour, "#FFFFFF", share), ground) >= least), colour)


def _raised(colour: str, ground: str, least: float) -> str:
    """The colour with as little white as gives the contrast on a dark ground."""
    shares = [share / 100 for share in range(100, 0, -4)]
    return next(
        (mix for share in shares if contrast(mix := mixed(colour, "#FFFFFF", share), ground) >= least), "#FFFFFF"
    )


def _mark(pack: Mapping[str, bytes], name: str, place: Place) -> str:
    content = pack.get(f"{_THEME}{name}")
    if "/" in name or content is None:
        raise Refused(fault.LOOK_MARK.at(place, mark=name))
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise Refused(fault.LOOK_MARK.at(place, mark=name)) from error
    if etree.QName(root).localname != "svg" or root.xpath("//*[local-name()='script']|//@href|//@*[name()='onload']"):
        raise Refused(fault.LOOK_MARK.at(place, mark=name))
    return str(etree.tostring(root, encoding="unicode"))


def _faces(pack: Mapping[str, bytes], family: str, place: Place, kept: Path) -> str:
    """The folder, named after their contents, into which the typeface's files are written."""
    faces = {
        path.rpartition("/")[2]: pack[path]
        for path in pack
        if path.startswith(f"{_THEME}fonts/") and path.endswith((".otf", ".ttf"))
    }
    if family not in {ImageFont.truetype(BytesIO(content)).getname()[0] for content in faces.values()}:
        raise Refused(fault.LOOK_FACE.at(place, text=family))
    folder = kept / "faces" / digest({name: digest(content) for name, content in faces.items()})[:16]
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in faces.items():
        if not (folder / name).is_file() or (folder / name).read_bytes() != content:
            (folder / name).write_bytes(content)
    return str(folder)
