"""A Word file brought back: found to its build by the id among its keywords, aligned, and its changes told on one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path

from toguna.kernel.api import Language, Place, Refused
from toguna.kernel.core.languages import ByLanguage
from toguna.publish import problems as fault
from toguna.publish.core.parse import parse_update
from toguna.publish.core.update_text import UpdateText
from toguna.publish.pages.look import Look
from toguna.publish.word.read import identity_of, read_docx
from toguna.publish.word.returned import Change, ChangeKind, Returned, bring_back

_KINDS: Mapping[Language, Mapping[ChangeKind, str]] = ByLanguage(
    {
        "en": {
            "edited": "edited",
            "added": "added",
            "removed": "removed",
            "moved": "moved",
            "struck": "struck out",
            "typed_over": "number typed over: decide",
            "number_lost": "number lost: decide",
            "rebound": "link lost, bound again",
            "new_number": "new number, bound to nothing: to do",
            "block_edited": "block edited: change it in the source",
            "comment": "comment",
        },
        "fr": {
            "edited": "modifié",
            "added": "ajouté",
            "removed": "retiré",
            "moved": "déplacé",
            "struck": "barré",
            "typed_over": "nombre écrasé : à décider",
            "number_lost": "nombre perdu : à décider",
            "rebound": "lien perdu, relié",
            "new_number": "nombre nouveau, lié à rien : à faire",
            "block_edited": "bloc modifié : changez-le dans la source",
            "comment": "commentaire",
        },
    }
)
_WORDS: Mapping[Language, Mapping[str, str]] = ByLanguage({
    "en": {"title": "Changes in", "line": "Line", "what": "What", "was": "Was", "now": "Now", "open": "to decide", "none": "Nothing was changed."},
    "fr": {"title": "Changements dans", "line": "Ligne", "what": "Quoi", "was": "Avant", "now": "Après", "open": "à décider", "none": "Rien n'a été changé."},
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What came back, and whether the source has moved on since the build that the file came from."""

    returned: Returned
    #: The source that the build was made from.
    base: str
    source_moved_on: bool


def bring_docx(path: Path, text: UpdateText | None, kept: Path) -> Brought:
    """The returned file's text as source, and whether `text` is still the one that the file was built from. Refuses a hostile file, and one that comes from no build kept here."""
    paragraphs = read_docx(path)
    identity = identity_of(path)
    build = kept / "builds" / identity if identity else None
    if build is None or not (build / "source.md").is_file():
        raise Refused(fault.WORD_UNKNOWN.at(Place(file=path.name), identity=identity or "-"))
    base = (build / "source.md").read_text(encoding="utf-8")
    name = text.name if text is not None else path.name
    returned = bring_back(parse_update(base, name).update, read_docx(build / "update.docx"), paragraphs)
    return Brought(returned=returned, base=base, source_moved_on=text is not None and text.source != base)


def write_changes(returned: Returned, name: str, language: Language) -> str:
    """One page that shows what the officer did: what asks for a decision first, then all in reading order."""
    words = _WORDS[language]
    style = Look().variables() + files("toguna.publish.pages").joinpath("page.css").read_text(encoding="utf-8")
    asking = [change for change in returned.changes if change in returned.open]
    rest = [change for change in returned.changes if change not in returned.open]
    head = "".join(f'<th scope="col">{words[key]}</th>' for key in ("line", "what", "was", "now"))
    rows = "".join(_row(change, language, asks=change in asking) for change in (*asking, *rest))
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>" if rows else f"<p>{words['none']}</p>"
    title = f"{words['title']} {escape(name)}"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n<style>\n{style}'
        f"td {{ text-align: left; vertical-align: top; }}\n</style>\n</head>\n<body>\n<main class='wrap'><h1>{title}</h1>\n"
        f"<p>{len(returned.changes)} ({len(asking)} {words['open']})</p>\n{table}\n</main>\n</body>\n</html>\n"
    )


def _row(change: Change, language: Language, *, asks: bool) -> str:
    kind = escape(_KINDS[language][change.kind])
    what = f"<strong>{kind}</strong>" if asks else kind
    return f"<tr><td>{change.line}</td><td>{what}</td><td>{escape(change.was)}</td><td>{escape(change.now)}</td></tr>"
