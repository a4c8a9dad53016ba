"""What codes are called in a text: places, organisations, choices of the indicator's form, categories of the house."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from toguna.collect.api import forms
from toguna.figures.api import Figure
from toguna.figures.core.definition import Indicator
from toguna.kernel.api import Language
from toguna.kernel.core.languages import ByLanguage
from toguna.organisations.api import organisation
from toguna.places.api import Tree
from toguna.publish.core.figure_source import Asked


class Names:
    """The words for codes, in the text's language: of places, organisations, choices of the indicator's form."""

    def __init__(self, asked: Asked, indicator: Indicator | None, trees: Callable[[date], Tree]) -> None:
        self.places, self.language = trees(asked.period.end), asked.language
        form = (indicator.table or "").partition("/")[0] if indicator is not None else ""
        self.choices: dict[str, Mapping[str, str]] = {}
        for published in sorted(forms(), key=lambda each: each.form_id == form):
            for choice in (each for choices in published.schema.choices.values() for each in choices):
                # The indicator's own form has the last word; of the others only a country's code means the same everywhere.
                if published.form_id == form or (len(choice.name) == 3 and choice.name.isupper()):
                    self.choices[choice.name] = choice.label

    def of(self, code: str) -> str:
        place = self.places.place(code)
        if place is not None:
            return self.places.name(place.code, self.language)
        known = organisation(code)
        if known is not None:
            return known.acronym or known.name.get(self.language) or code
        label = self.choices.get(code, {})
        return label.get(self.language) or next(iter(label.values()), code)


#: Categories of the house, whatever the form calls their values; the age follows its own pattern.
_WORDS: Mapping[Language, Mapping[str, str]] = ByLanguage(
    {
        "en": {"sex=f": "female", "sex=m": "male", "age": "aged {code}", "and": "and"},
        "fr": {"sex=f": "de sexe féminin", "sex=m": "de sexe masculin", "age": "{code} ans", "and": "et"},
    }
)
#: Categories that the note says otherwise.
_UNNAMED = frozenset({"source"})


def category_names(figure: Figure, names: Names) -> tuple[str, ...]:
    """The words of each category; a code that nobody named says nothing to a reader and is left out."""
    words, found = _WORDS[names.language], []
    for key, value in figure.categories.items():
        codes = value.split(",")
        each = [
            words["age"].format(code=code) if key == "age" else words.get(f"{key}={code}") or names.of(code)
            for code in codes
        ]
        if key not in _UNNAMED and not set(each) & set(codes):
            found.append(f" {words['and']} ".join(each))
    return tuple(found)


def places_around(place: str, places: Tree) -> tuple[str, ...]:
    found: list[str] = []
    for code in place.split(","):
        found += [str(getattr(each, "code", each)) for each in places.ancestors(code)]
    return tuple(dict.fromkeys(code for code in found if code != place))


def place_label(code: str, places: Tree, language: Language) -> str:
    """The name of a place, or of several; a code that is no place is its own name."""
    names = []
    for each in code.split(","):
        try:
            names.append(places.name(each, language))
        except KeyError:
            names.append(each)
    return ", ".join(names)
