"""Copies the makers' font files into the package, cuts the web subsets from them and writes the letters' widths.

    pip download --no-deps font-source-sans-pro==0.0.1 font-source-serif-pro==0.0.1
    pip install fonttools brotli
    python vendor/source-fonts/make.py FOLDER-OF-THE-WHEELS

Source Sans Pro and Source Serif Pro are Adobe's, under the SIL Open Font Licence 1.1 (LICENSE-sans.txt, LICENSE-serif.txt beside the files).
The wheels carry the static OpenType files as the maker published them; `digests.txt` says which. A file with another digest is refused.

A subset has Latin, Latin Extended-A, the letters of Malian languages, French spaces, quotation marks, dashes and arrows. `widths.json` has the
advance of each of its letters in thousandths of the type size: what is drawn by our own module must know how wide a label is.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
FONTS = HERE.parents[1] / "toguna" / "publish" / "pages" / "fonts"
FILES = {
    "font_source_sans_pro": (
        "SourceSansPro-Regular.otf",
        "SourceSansPro-Semibold.otf",
        "SourceSansPro-Bold.otf",
        "SourceSansPro-It.otf",
    ),
    "font_source_serif_pro": ("SourceSerifPro-Regular.otf", "SourceSerifPro-Semibold.otf"),
}
#: On the web the period is set in the weight of the title, and sources are not slanted: four files are enough.
WEB = ("SourceSansPro-Regular", "SourceSansPro-Semibold", "SourceSansPro-Bold", "SourceSerifPro-Semibold")
WIDTHS = {"400": "SourceSansPro-Regular", "600": "SourceSansPro-Semibold", "700": "SourceSansPro-Bold"}
#: Titles have a place, a period and the names of sections: no letters of local languages, which the serif lacks.
LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *(0x0186, 0x0189, 0x018A, 0x0190, 0x0193, 0x019D, 0x01B3, 0x01B4),
    *(0x0253, 0x0254, 0x0256, 0x0257, 0x025B, 0x0263, 0x0272, 0x014B, 0x2009, 0x202F),
    *(0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0x2022, 0x20AC, 0x2212),
    *(0x2190, 0x2191, 0x2192, 0x2193, 0x25B2, 0x25BC),
)


def main(wheels: Path) -> None:
    kept = dict(line.split()[::-1] for line in (HERE / "digests.txt").read_text().splitlines())
    FONTS.mkdir(exist_ok=True)
    for package, names in FILES.items():
        (wheel,) = wheels.glob(f"{package}-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for name in names:
                content = archive.read(f"{package}/files/{name}")
                if hashlib.sha256(content).hexdigest() != kept[name]:
                    sys.exit(f"{name} is not the file that digests.txt names.")
                (FONTS / name).write_bytes(content)
            licence = archive.read(f"{package}/files/LICENSE.txt")
            (FONTS / f"LICENSE-{'sans' if 'sans' in package else 'serif'}.txt").write_bytes(licence)
    for name in WEB:
        (FONTS / f"{name}.woff2").write_bytes(cut(FONTS / f"{name}.otf"))
    widths = {weight: advances(FONTS / f"{name}.otf") for weight, name in WIDTHS.items()}
    (FONTS / "widths.json").write_text(json.dumps(widths, ensure_ascii=False, indent=0, sort_keys=True) + "\n")


def cut(file: Path) -> bytes:
    options = subset.Options()
    options.flavor, options.layout_features, options.hinting = "woff2", ["kern", "liga", "locl", "mark", "ccmp"], False
    font = subset.load_font(str(file), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LETTERS)
    cutter.subset(font)
    stream = io.BytesIO()
    subset.save_font(font, stream, options)
    return stream.getvalue()


def advances(file: Path) -> dict[str, int]:
    font = TTFont(file)
    names, metrics = font.getBestCmap(), font["hmtx"]
    scale = 1000 / font["head"].unitsPerEm
    return {chr(code): round(metrics[names[code]][0] * scale) for code in LETTERS if code in names}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
