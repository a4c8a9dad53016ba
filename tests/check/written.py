"""Documents written by program: a sentence of `sentences.py`, drawn figures, and at most one of them altered.

Seeded, so that a run is the same everywhere: `python -m tests.check.written` prints the table of `docs/checker.md`.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tests.check import sentences
from toguna.check.api import check, read_document

KINDS = {
    ("sum", "en"): sentences.SUMS_EN,
    ("sum", "fr"): sentences.SUMS_FR,
    ("share", "en"): sentences.SHARES_EN,
    ("share", "fr"): sentences.SHARES_FR,
    ("repeat", "en"): sentences.REPEATS_EN,
    ("repeat", "fr"): sentences.REPEATS_FR,
    ("change", "en"): sentences.CHANGES_EN,
    ("change", "fr"): sentences.CHANGES_FR,
}
STYLES = {"en": (",", ",", ""), "fr": (" ", "\u00a0", "")}
#: What stands around each sentence, without a figure that could be mistaken for one of its own.
FRAME = {
    "en": (
        "# Highlights\n\nThe security situation remains volatile across the region.\n\n",
        "\n\nPartners continue to respond.\n",
    ),
    "fr": (
        "# Faits saillants\n\nLa situation sécuritaire reste volatile dans la région.\n\n",
        "\n\nLa réponse se poursuit.\n",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Written:
    kind: str
    language: str
    text: str
    altered: bool
    hole: str = ""


def templates() -> Iterator[tuple[str, str, str]]:
    for (kind, language), text in KINDS.items():
        pieces = text.split("======") if kind == "repeat" else text.strip().splitlines()
        for piece in pieces:
            yield kind, language, piece.strip()


def documents(seed: int = 1, rounds: int = 3) -> Iterator[Written]:
    """For each sentence and round one document that holds and one in which a figure is altered."""
    rng = random.Random(seed)
    for kind, language, template in templates():
        for _ in range(rounds):
            values, style = _drawn(kind, template, rng), rng.choice(STYLES[language])
            shown = {name: _shown(name, value, style, language) for name, value in values.items()}
            yield Written(kind=kind, language=language, text=_filled(template, shown, language), altered=False)
            hole, word = _altered(kind, shown, values, rng)
            yield Written(
                kind=kind,
                language=language,
                text=_filled(template, {**shown, hole: word}, language),
                altered=True,
                hole=hole,
            )


def traps() -> Iterator[str]:
    yield from (line for line in sentences.TRAPS.strip().splitlines() if line)


def found(text: str, name: str = "update.md") -> list[str]:
    """The quotes of what the checker shows without `--all`."""
    return [one.quote for one in check(read_document(text.encode(), name)) if one.confidence != "low"]


def _filled(template: str, shown: dict[str, str], language: str) -> str:
    before, after = FRAME[language]
    return before + template.format(**shown).replace("\n...\n", "\n\n# Details\n\n") + after


def _drawn(kind: str, template: str, rng: random.Random) -> dict[str, float]:
    holes = set(re.findall(r"\{(\w)\}", template))
    size = rng.choice((40, 300, 4000, 60000))
    values: dict[str, float] = {"n": rng.randint(2, 30), "m": rng.randint(2, 30)}
    if kind == "sum":
        parts = {name: rng.randint(size // 10, size) for name in sorted(holes & set("abcdefgh"))}
        return {**values, **parts, "T": sum(parts.values())}
    total = rng.randint(size, size * 3)
    if kind == "repeat":
        total = total if total % 10 else total + 3
        return {**values, "T": total, "R": total}
    part = rng.randint(max(1, total // 20), total - 1)
    if kind == "change":
        part = rng.randint(max(1, total // 2), total - 2)
        return {**values, "T": total, "a": part, "p": round(100 * (total - part) / total, 1)}
    return {**values, "T": total, "a": part, "p": round(100 * part / total, 1)}


def _shown(name: str, value: float, style: str, language: str) -> str:
    if name == "p":
        return f"{value:.1f}".replace(".", "," if language == "fr" else ".")
    return f"{int(value):,}".replace(",", style)


def _altered(kind: str, shown: dict[str, str], values: dict[str, float], rng: random.Random) -> tuple[str, str]:
    """One figure with a digit changed or two swapped, by more than rounding hides."""
    while True:
        hole = rng.choice([name for name in shown if name not in "nm"])
        word = list(shown[hole])
        digits = [place for place, letter in enumerate(word) if letter.isdigit()]
        if rng.random() < 0.4 and len(digits) > 1:
            first = rng.randrange(len(digits) - 1)
            left, right = digits[first], digits[first + 1]
            word[left], word[right] = word[right], word[left]
        else:
            word[rng.choice(digits)] = rng.choice("0123456789")
        changed = "".join(word)
        plain = re.sub(r"\D", "", changed)
        if changed == shown[hole] or plain.startswith("0"):
            continue
        if kind in ("share", "change") and _hidden(hole, changed, values):
            continue
        return hole, changed


def _hidden(hole: str, changed: str, values: dict[str, float]) -> bool:
    """Whether rounding or the other base would hide the change."""
    new = dict(values)
    new[hole] = float(changed.replace(",", ".")) if hole == "p" else float(re.sub(r"\D", "", changed))
    share = 100 * new["a"] / new["T"]
    return abs(share - new["p"]) < 0.5 or abs(100 - share - new["p"]) < 0.5 or new["a"] > 3 * new["T"]


def table(seed: int = 1, rounds: int = 3) -> str:
    """The scored table, in Markdown."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for document in documents(seed, rounds):
        row = (document.kind, document.language)
        hit = bool(found(document.text))
        counts[(*row, "altered" if document.altered else "held")] += 1
        counts[(*row, "found" if document.altered else "false")] += hit
    lines = [
        "| relation | language | altered | found | consistent | false findings |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {kind} | {language} | {counts[kind, language, 'altered']} | {counts[kind, language, 'found']} "
        f"| {counts[kind, language, 'held']} | {counts[kind, language, 'false']} |"
        for kind, language in KINDS
    ]
    traps_found = sum(bool(found(text)) for text in traps())
    lines.append(f"| traps | both | – | – | {len(list(traps()))} | {traps_found} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
