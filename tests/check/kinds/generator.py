"""Documents of the kinds that a checker misses or takes for errors: sentences with holes, drawn figures, one of them altered or none.

The sentences stand in `missed.txt` and `quiet.txt`, by kind. Those after `-- held` were not looked at while the rules were written.
Holes: `T` is the sum of `a`..`d`, or `N` the base that they are parts of; `pa` is the share of `a` with a decimal, `pa0` a whole one;
`qa`..`qd` are shares that make 100 and `Q2`..`Q4` the sums of the first of them, `q2` the rest; `R`, `v`, `f` money required, received and its
share; `o`, `w`, `ch` an old and a new value and the change; `H` a hedged sum of `ha` and `hb`; `X` and `Y` one figure told twice; `m`, `n`
belong to nothing; `A`..`D` are places; `~` ends a line.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
_HOLE = re.compile(r"\{(\w+)\}")
_PLACES = [
    "Kolo",
    "Tamba",
    "Norba",
    "Sulva",
    "Tiga",
    "Chora",
    "Narin",
    "Cordal",
    "Antil",
    "Beru",
    "Dolo",
    "Emu",
    "Kasa",
    "Bula",
    "Loga",
    "Moya",
    "Kebi",
    "Sita",
]
#: What an alteration may touch; neighbours and the number of parts stay.
_ALTERED = re.compile(r"T|N|[a-d]|p[a-d]0?|q[a-d]|Q[34]|v|f|w|ch|H|Y")


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One document. `altered` says whether something is to be found in it."""

    kind: str
    held: bool
    template: str
    text: str
    altered: bool


def templates() -> Iterator[tuple[str, bool, bool, str]]:
    """Kind, whether held back, whether always silent, and the sentence with its holes."""
    for name, quiet in (("missed.txt", False), ("quiet.txt", True)):
        kind, held = "", False
        for line in (_HERE / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("== "):
                kind, held = line[3:], False
            elif line == "-- held":
                held = True
            elif line:
                yield kind, held, quiet, line


def documents(*, held: bool, seed: int = 1, rounds: int = 4) -> Iterator[Drawn]:
    """For each sentence and round a document that holds, and one with a figure altered unless the kind is to stay silent."""
    for kind, own, quiet, template in templates():
        if own != held:
            continue
        random_ = random.Random(f"{seed} {template}")
        for _ in range(rounds):
            values = _values(template, random_)
            places = random_.sample(_PLACES, 4)
            french = _is_french(template)
            style = random_.choice((" ", "\u00a0", ".") if french else (",", ",", " "))
            plain = _filled(template, values, places, french=french, style=style)
            yield Drawn(kind=kind, held=held, template=template, text=plain, altered=False)
            if not quiet:
                wrong = _filled(template, _altered(template, values, random_), places, french=french, style=style)
                yield Drawn(kind=kind, held=held, template=template, text=wrong, altered=True)


def _is_french(template: str) -> bool:
    return len(re.findall(r"\b(?:le|la|les|des|du|dont|sur|de|une?|et|en|sont)\b", template.lower())) > 1


def _values(template: str, random_: random.Random) -> dict[str, float]:
    """Figures that hold together, for the holes of the sentence."""
    holes = set(_HOLE.findall(template))
    values: dict[str, float] = {"m": random_.randint(3000, 20000), "n": random_.randint(21000, 60000)}
    parts = sorted(holes & set("abcd"))
    low, high = (200, 5000) if "%" in template or "cent" in template else random_.choice(((20, 300), (300, 5000)))
    for part in parts:
        values[part] = random_.randint(low, high)
    whole = sum(values[part] for part in parts)
    values["T"], values["k"] = whole, len(parts)
    values["N"] = whole + random_.randint(low // 2, high)
    if "N" not in holes and not any(hole.startswith("pd") for hole in holes) and "followed" not in template:
        values["N"] = whole
    for part in parts:
        values[f"p{part}"] = round(100 * values[part] / values["N"], 1)
        values[f"p{part}0"] = round(100 * values[part] / values["N"])
    values |= _shares(random_) | _money(random_) | _change(random_) | _hedged(random_)
    values["X"] = values["Y"] = round(random_.uniform(2, 40), 1) if "USD {X}" in template else random_.randint(31, 990)
    return values


def _shares(random_: random.Random) -> dict[str, float]:
    a, b, c = random_.randint(25, 45), random_.randint(14, 24), random_.randint(6, 13)
    return {
        "qa": a,
        "qb": b,
        "qc": c,
        "qd": 100 - a - b - c,
        "Q2": a + b,
        "q2": 100 - a - b,
        "Q3": a + b + c,
        "Q4": 100,
    }


def _money(random_: random.Random) -> dict[str, float]:
    required = round(random_.uniform(40, 700), 1)
    received = round(required * random_.uniform(0.08, 0.9), 1)
    return {"R": required, "v": received, "f": round(100 * received / required)}


def _change(random_: random.Random) -> dict[str, float]:
    old = random_.randint(200, 900)
    new = old + random_.randint(20, old)
    return {"o": old, "w": new, "ch": round(100 * (new - old) / old)}


def _hedged(random_: random.Random) -> dict[str, float]:
    first, second = random_.randint(11, 90) * 1000, random_.randint(11, 90) * 1000
    return {"H": first + second, "ha": first, "hb": second}


def _altered(template: str, values: Mapping[str, float], random_: random.Random) -> dict[str, float]:
    """The same with one figure changed by a digit so that it can no longer hold."""
    holes = [hole for hole in _HOLE.findall(template) if _ALTERED.fullmatch(hole)]
    shares = [hole for hole in holes if hole[0] in "pqQf" or hole == "ch"]
    hole = random_.choice(shares if shares and random_.random() < 0.7 else holes)
    while True:
        shown = f"{values[hole]:g}" if values[hole] < 1000 else str(int(values[hole]))
        place = random_.choice([at for at, letter in enumerate(shown) if letter.isdigit()][:2])
        wrong = float(shown[:place] + random_.choice("123456789") + shown[place + 1 :])
        if abs(wrong - values[hole]) > max(0.06 * values[hole], 3 if hole[0] in "pqQfc" else 0.2):
            return {**values, hole: wrong}


def _filled(template: str, values: Mapping[str, float], places: list[str], *, french: bool, style: str) -> str:
    names = dict(zip("ABCD", places, strict=True))

    def shown(match: re.Match[str]) -> str:
        hole = match[1]
        if hole in names:
            return names[hole]
        value = values[hole]
        if value == int(value) and not re.fullmatch(r"p[a-d]|R|v", hole):
            return f"{int(value):,}".replace(",", style) if value >= 1000 else str(int(value))
        return f"{value:.1f}".replace(".", "," if french else ".")

    return _HOLE.sub(shown, template).replace("~", "\n")
