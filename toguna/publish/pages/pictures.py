"""Photos and drawings of an update: checked, turned upright, shrunk once, stripped of what the camera wrote.

EXIF can hold where and when a person was photographed: none of it leaves. SVG may not hold scripts or links to other files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lxml import etree
from PIL import Image, ImageOps

from toguna.kernel.api import Place, Refused, digest
from toguna.publish import problems as fault


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A photo or drawing of the pack, made ready beforehand: its file beside the page, alternative text, size in pixels."""

    file: str
    alt: str
    width: int
    height: int


#: Above this a picture is refused before it is decoded: a 100-megapixel image takes 300 MB.
MOST_PIXELS = 60_000_000
MOST_BYTES = 40_000_000
#: The longer side on the page, in pixels: 120 mm at 220 dots an inch.
LONGEST = 1040
QUALITY = 72

_FORMATS = {"JPEG", "PNG", "WEBP", "MPO"}
_BAD_SVG = ("script", "foreignObject", "image", "use", "animate", "set", "iframe")
_OUTSIDE = re.compile(r"(https?:|file:|data:|//|javascript:)", re.IGNORECASE)


def prepare_picture(photos: Mapping[str, bytes], name: str, alt: str, place: Place, folder: Path) -> Picture:
    """Write a picture, one of the pack's photos by name, into the page's folder, ready to print.

    Refuses (`Refused`, at `place`) a missing file, one that is not JPEG, PNG, WebP or SVG, one too large, and an SVG that does more than draw.
    """
    content = photos.get(name)
    if content is None:
        raise Refused(fault.PICTURE_MISSING.at(place, file=name))
    if len(content) > MOST_BYTES:
        raise Refused(fault.PICTURE_TOO_LARGE.at(place, file=name, size=f"{len(content) // 1_000_000} MB"))
    if name.lower().endswith(".svg"):
        return _svg(content, name, alt, place, folder)
    return _photo(content, name, alt, place, folder)


def _photo(content: bytes, name: str, alt: str, place: Place, folder: Path) -> Picture:
    try:
        with Image.open(BytesIO(content)) as image:
            if image.format not in _FORMATS:
                raise Refused(fault.PICTURE_UNREADABLE.at(place, file=name, reason=f"it is {image.format}"))
            if image.width * image.height > MOST_PIXELS:
                size = f"{image.width * image.height // 1_000_000} megapixels"
                raise Refused(fault.PICTURE_TOO_LARGE.at(place, file=name, size=size))
            image.draft("RGB", (LONGEST, LONGEST))
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused(fault.PICTURE_UNREADABLE.at(place, file=name, reason=str(error)[:120])) from error
    upright.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    written = BytesIO()
    clean.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    file = f"{digest(content)[:16]}.jpg"
    (folder / file).write_bytes(written.getvalue())
    return Picture(file=file, alt=alt, width=clean.width, height=clean.height)


def _svg(content: bytes, name: str, alt: str, place: Place, folder: Path) -> Picture:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Refused(fault.PICTURE_UNREADABLE.at(place, file=name, reason=str(error)[:120])) from error
    if tree.getroottree().docinfo.doctype:
        raise Refused(fault.PICTURE_UNREADABLE.at(place, file=name, reason="it has a DOCTYPE"))
    for element in tree.iter():
        tag = etree.QName(element).localname if isinstance(element.tag, str) else "processing instruction"
        links = [value for key, value in element.attrib.items() if "href" in key or key.startswith("on")]
        outside = any(_OUTSIDE.search(value) for value in element.attrib.values() if "url(" in value or value in links)
        if isinstance(element, etree._Comment):
            continue
        if (
            tag in _BAD_SVG
            or tag == "processing instruction"
            or outside
            or any(key.startswith("on") for key in element.attrib)
        ):
            raise Refused(fault.PICTURE_UNREADABLE.at(place, file=name, reason=f"<{tag}> does more than draw"))
    width, height = _svg_size(tree)
    file = f"{digest(content)[:16]}.svg"
    (folder / file).write_bytes(etree.tostring(tree))
    return Picture(file=file, alt=alt, width=width, height=height)


def svg_picture(svg: str, alt: str, folder: Path) -> Picture:
    """A drawing of our own, written into the page's folder."""
    name = f"{digest(svg.encode())[:16]}.svg"
    (folder / name).write_text(svg, encoding="utf-8")
    width, height = _svg_size(etree.fromstring(svg.encode()))
    return Picture(file=name, alt=alt, width=width, height=height)


def _svg_size(tree: etree._Element) -> tuple[int, int]:
    """Width and height in pixels, from the view box, else from the size."""
    box = [float(number) for number in re.findall(r"-?[\d.]+", tree.get("viewBox", ""))]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        return round(box[2]), round(box[3])
    sides = [float(match[0]) for side in ("width", "height") if (match := re.match(r"[\d.]+", tree.get(side, "")))]
    return (round(sides[0]), round(sides[1])) if len(sides) == 2 else (800, 600)
