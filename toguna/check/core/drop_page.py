"""The page of `toguna check --serve`: one place to drop a document, then its findings. One file, no script, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from html import escape
from importlib.resources import files
from typing import NamedTuple

from toguna.check.core.marked import STYLE, Checked, articles
from toguna.kernel.api import LANGUAGES, Language, Problem

_STYLE = STYLE + files("toguna.check.core").joinpath("drop.css").read_text(encoding="utf-8")
#: The page may use its own style sheet and send its own form, and nothing else.
POLICY = (
    "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    f"style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"
)
_WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "title": "Figures that do not agree",
        "drop": "Drop a document here, or choose one",
        "kinds": "Word, PDF with text, Excel, PowerPoint, OpenDocument text, web page, plain text; at most {most} MB",
        "check": "Check",
        "kept": "The document stays on this computer. Nothing is stored and nothing is sent.",
        "again": "Check another document",
        "language": "Français",
    },
    "fr": {
        "title": "Chiffres qui ne concordent pas",
        "drop": "Déposez un document ici, ou choisissez-en un",
        "kinds": "Word, PDF avec texte, Excel, PowerPoint, texte OpenDocument, page web, texte simple ; {most} Mo au plus",
        "check": "Vérifier",
        "kept": "Le document reste sur cet ordinateur. Rien n'est gardé et rien n'est envoyé.",
        "again": "Vérifier un autre document",
        "language": "English",
    },
}


class Outcome(NamedTuple):
    """What came of one document: what was found in it, or why it could not be read."""

    checked: Checked | None = None
    problems: tuple[Problem, ...] = ()


def drop_page(language: Language, most: int, outcome: Outcome | None = None) -> str:
    """The whole page. `most` is the largest file in MB. Everything of the document is escaped."""
    words = _WORDS[language]
    result = "\n".join(_result(outcome, language)) if outcome else ""
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{words['title']}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"{_other_language(language)}<main>\n<h1>{words['title']}</h1>\n{result}{_form(language, most, again=bool(outcome))}"
        "</main>\n</body>\n</html>\n"
    )


def _result(outcome: Outcome, language: Language) -> Iterable[str]:
    if outcome.problems:
        yield '<div class="refused" role="alert">'
        yield from (f"<p>{escape(problem.written(language))}</p>" for problem in outcome.problems)
        yield "</div>"
    if outcome.checked is not None:
        yield articles([outcome.checked], language)


def _form(language: Language, most: int, *, again: bool) -> str:
    words = _WORDS[language]
    title = f"<h2>{words['again']}</h2>\n" if again else ""
    return (
        f'{title}<form method="post" action="/?language={language}" enctype="multipart/form-data">\n'
        f'<label class="drop"><strong>{words["drop"]}</strong><br><span class="quiet">{words["kinds"].format(most=most)}</span>'
        f'<input type="file" name="document" required></label>\n<button>{words["check"]}</button>\n'
        f'<p class="quiet">{words["kept"]}</p>\n</form>\n'
    )


def _other_language(language: Language) -> str:
    other = next(own for own in LANGUAGES if own != language)
    return f'<nav><a href="/?language={other}" lang="{other}" hreflang="{other}">{_WORDS[language]["language"]}</a></nav>\n'
