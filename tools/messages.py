"""Writes the gettext catalogues anew from the sentences in the code: ``python -m tools.messages`` (``make messages``).

A sentence new in the code gets an entry without a translation, one that is gone loses its entry, and every ``.mo`` is compiled from its
``.po``. ``--check`` writes nothing and exits with 1 when a catalogue would change or lacks a translation.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HOUSE = Path(__file__).parents[1] / "toguna"
LOCALE = HOUSE / "locale"
#: Parts that are installed alone have a catalogue of their own.
OWN = ("kernel", "check")
#: Where a call holds its sentences: how many of its first arguments to pass over, and how many hold one.
_CALLS = {"translatable": (0, 1), "message": (0, 1), "error": (1, 2), "warning": (1, 2)}
#: What a verb says of itself and of its options.
_HELP = ("help", "description", "does", "metavar")
_HEADER = datetime(2026, 1, 1, tzinfo=UTC)
#: A space that no line may break at, and what is code.
_SIGN = re.compile(r" (?=[:;?!»](?:[\s)\].,]|$)|%(?![\w(]))|(?<=«) ")
_CODE = re.compile(r"(`[^`]*`)")

Sentence = str | tuple[str, str]


def sentences(source: str) -> Iterator[Sentence]:
    """Every sentence that a module marks for translation; those of `counted` as a pair."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        texts = [argument.value if isinstance(argument, ast.Constant) else None for argument in node.args]
        if name == "counted" and len(texts) >= 2 and isinstance(texts[0], str) and isinstance(texts[1], str):
            yield texts[0], texts[1]
        elif name in _CALLS and isinstance(node.func, ast.Attribute) is (name in ("error", "warning")):
            skipped, held = _CALLS[name]
            found = texts[skipped : skipped + held]
            if len(found) == held:
                yield from (text for text in found if isinstance(text, str) and text)


def help_texts(source: str) -> Iterator[Sentence]:
    """The sentences that a module of verbs gives to argparse."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg in _HELP and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


def by_domain() -> dict[str, set[Sentence]]:
    """The sentences of the code, by catalogue."""
    found: dict[str, set[Sentence]] = {name: set() for name in (*OWN, "toguna")}
    for path in sorted(HOUSE.rglob("*.py")):
        room = path.relative_to(HOUSE).parts[0]
        source = path.read_text(encoding="utf-8")
        found[room if room in OWN else "toguna"].update(sentences(source), help_texts(source) if room == "cli" else ())
    return found


def merged(language: str, domain: str, wanted: set[Sentence]) -> Catalog:
    """The catalogue with an entry for each sentence and the translations it has."""
    path = po_path(language, domain)
    known = {}
    if path.exists():
        with path.open("rb") as file:
            known = {entry.id: entry.string for entry in read_po(file, locale=language) if entry.id}
    catalogue = Catalog(
        locale=language, domain=domain, fuzzy=False, charset="utf-8", project="Toguna", version="1",
        header_comment=f"# {domain}: {language}", creation_date=_HEADER, revision_date=_HEADER,
        last_translator="", msgid_bugs_address="",
    )  # fmt: skip
    for sentence in sorted(wanted, key=str):
        string = known.get(sentence)
        catalogue.add(sentence, spaced(string) if language == "fr" and string else string)
    return catalogue


def spaced(string: object) -> str | tuple[str, ...]:
    """French with a no-break space before ``: ; ? ! %`` and inside guillemets; what stands between backquotes is code and stays."""
    texts = [
        "".join(part if part.startswith("`") else _SIGN.sub("\N{NO-BREAK SPACE}", part) for part in _CODE.split(text))
        for text in _forms(string)
    ]
    return texts[0] if isinstance(string, str) else tuple(texts)


def missing(catalogue: Catalog) -> list[str]:
    """Sentences without a translation."""
    return [str(entry.id) for entry in catalogue if entry.id and not (entry.string and all(_forms(entry.string)))]


def written(catalogue: Catalog) -> tuple[bytes, bytes]:
    """The texts of the ``.po`` and the ``.mo``, the same for the same sentences."""
    po, mo = BytesIO(), BytesIO()
    write_po(po, catalogue, sort_output=True, width=110, no_location=True)
    write_mo(mo, catalogue)
    return po.getvalue(), mo.getvalue()


def po_path(language: str, domain: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


def languages() -> list[str]:
    return sorted(path.parent.name for path in LOCALE.glob("*/LC_MESSAGES"))


def _forms(string: object) -> list[str]:
    return [string] if isinstance(string, str) else list(string)  # type: ignore[call-overload]


def main() -> int:
    check, status = "--check" in sys.argv, 0
    for language in languages():
        for domain, wanted in by_domain().items():
            catalogue, path = merged(language, domain, wanted), po_path(language, domain)
            for sentence in missing(catalogue):
                print(f"{path.name}: no translation of {sentence!r}", file=sys.stderr)
                status = 1
            for target, content in zip((path, path.with_suffix(".mo")), written(catalogue), strict=True):
                if target.exists() and target.read_bytes() == content:
                    continue
                if check:
                    print(f"{target.name} is not what the code makes of it: run `make messages`", file=sys.stderr)
                    status = 1
                else:
                    target.write_bytes(content)
    return status


if __name__ == "__main__":
    sys.exit(main())
