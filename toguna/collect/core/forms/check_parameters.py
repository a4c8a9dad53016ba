"""The column parameters: which keys a question type takes, and what each may hold, as pyxform has it; and files that two questions name alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from toguna.collect.core.forms.problems import (
    AUDIT_NAME,
    INSTANCE_TWICE,
    PARAMETER_MISSING,
    PARAMETER_UNKNOWN,
    PARAMETER_VALUE,
    PARAMETERS_BROKEN,
)
from toguna.collect.core.forms.survey import Entry, Form, Node
from toguna.kernel.api import Problem

_KEY = re.compile(r"[^\s=,;]+")
_SEPARATED = re.compile(r"[;,]|\s+(?=[^\s=]+\s*=)")
_PULLED = re.compile(r"""\bpulldata\(\s*["']([^"']+)["']""")


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    """What a parameter may hold: a pattern, and its name in English and French."""

    pattern: str
    words: str
    words_fr: str


def _one_of(*names: str) -> _Wanted:
    words = ", ".join(names)
    return _Wanted(pattern="|".join(map(re.escape, names)), words=f"one of {words}", words_fr=f"l'un de {words}")


_WHOLE = _Wanted(pattern=r"\d+", words="a whole number", words_fr="un nombre entier")
_NUMBER = _Wanted(pattern=r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", words="a number", words_fr="un nombre")
_YES = _one_of("true", "false")
_ANY = _Wanted(pattern=r".*", words="a text", words_fr="un texte")
_SEED = _Wanted(
    pattern=_NUMBER.pattern + r"|\$\{[^}]+\}", words="a number or ${question}", words_fr="un nombre ou ${question}"
)
_SELECT = {"randomize": _YES, "seed": _SEED}
_GEO = {"allow-mock-accuracy": _YES, "incremental": _one_of("true"), "reference-geometry": _ANY}
#: By question type; a type that is not here takes any.
_PARAMETERS: Mapping[str, Mapping[str, _Wanted]] = {
    "audit": {
        "location-priority": _one_of("no-power", "low-power", "balanced", "high-accuracy"),
        "location-min-interval": _WHOLE,
        "location-max-age": _WHOLE,
        "track-changes": _YES,
        "track-changes-reasons": _one_of("on-form-edit"),
        "identify-user": _YES,
    },
    "audio": {"quality": _one_of("voice-only", "low", "normal", "external")},
    "background-audio": {"quality": _one_of("voice-only", "low", "normal")},
    "geopoint": {
        "allow-mock-accuracy": _YES,
        "capture-accuracy": _NUMBER,
        "warning-accuracy": _NUMBER,
        "reference-geometry": _ANY,
    },
    "geotrace": _GEO,
    "geoshape": _GEO,
    "photo": {"max-pixels": _WHOLE, "app": _ANY},
    "range": {
        "start": _NUMBER, "end": _NUMBER, "step": _NUMBER, "tick_interval": _NUMBER, "placeholder": _NUMBER,
        "tick_labelset": _ANY,
    },
    "text": {"rows": _WHOLE},
}  # fmt: skip
_LOCATION = ("location-priority", "location-min-interval", "location-max-age")


def check_parameters(form: Form) -> Iterator[Problem]:
    for node in form.nodes:
        if node.entry is not None and node.get("parameters"):
            yield from _parameters(form, node, node.entry)
        if node.entry is not None and node.type.name == "audit" and node.entry.values.get("name", "audit") != "audit":
            yield AUDIT_NAME.at(form.at(node.entry, "name"))
    yield from _instances(form)


def _parameters(form: Form, node: Node, entry: Entry) -> Iterator[Problem]:
    place = form.at(entry, "parameters")
    written = entry.values["parameters"]
    given = _read(written)
    known = _known(node)
    if given is None:
        yield PARAMETERS_BROKEN.at(place, value=written[:80])
        return
    if known is None:
        return
    for key, value in given.items():
        if key not in known:
            yield PARAMETER_UNKNOWN.at(place, key=key, type=entry.values["type"], known=", ".join(sorted(known)))
        elif not re.fullmatch(known[key].pattern, value.strip(), re.IGNORECASE):
            wanted = known[key]
            yield PARAMETER_VALUE.at(place, key=key, value=value[:80], wanted=wanted.words, wanted_fr=wanted.words_fr)
    if "seed" in given and given.get("randomize", "") != "true" and "randomize" in known:
        yield PARAMETER_MISSING.at(place, key="seed", needed="randomize=true")
    ages = [given.get(key, "") for key in _LOCATION[1:]]
    if node.type.name == "audit" and all(age.isdecimal() for age in ages) and int(ages[1]) < int(ages[0]):
        yield PARAMETER_VALUE.at(
            place, key=_LOCATION[2], value=ages[1], wanted=f"at least {ages[0]}, the {_LOCATION[1]}",
            wanted_fr=f"au moins {ages[0]}, le {_LOCATION[1]}",
        )  # fmt: skip
    location = [key for key in _LOCATION if key in given]
    if node.type.name == "audit" and location and len(location) < len(_LOCATION):
        needed = ", ".join(key for key in _LOCATION if key not in given)
        yield PARAMETER_MISSING.at(place, key=location[0], needed=needed)


def _known(node: Node) -> Mapping[str, _Wanted] | None:
    if node.type.from_file:
        return {**_SELECT, "value": _ANY, "label": _ANY}
    if node.type.column in ("select_one", "select_multiple"):
        return _SELECT
    return _PARAMETERS.get(node.type.name)


def _read(written: str) -> dict[str, str] | None:
    """``start=1 end=10``, with blanks, commas or semicolons between; none of what is not written so."""
    given = {}
    for part in filter(None, (piece.strip() for piece in _SEPARATED.split(written))):
        key, mark, value = part.partition("=")
        if not mark or "=" in value or not _KEY.fullmatch(key.strip()) or " " in value.strip():
            return None
        given[key.strip().lower()] = value.strip()
    return given


def _instances(form: Form) -> Iterator[Problem]:
    """Two sources of one name become one instance of the XForm: towns.csv and towns.xml, or towns.csv and the choice list towns."""
    seen: dict[str, tuple[str, int]] = {}
    for entry in form.choices:
        name = entry.values.get("list_name", "")
        seen.setdefault(name, (f"choices {name}", entry.row.number))
    external: set[str] = set()
    for node in form.nodes:
        for column, file in _files(node):
            if node.entry is None:
                continue
            name = PurePath(file).stem
            first, row = seen.setdefault(name, (file, node.entry.row.number))
            if first != file or (column == "name" and name in external):
                yield INSTANCE_TWICE.at(form.at(node.entry, column), file=file, other=first, row=row)
            if column == "name":
                external.add(name)


def _files(node: Node) -> Iterator[tuple[str, str]]:
    """The files that a row reads, each with the column that names it."""
    if node.type.from_file and "${" not in (node.type.list_name or ""):
        yield "type", node.type.list_name or ""
    if node.type.name in ("csv-external", "xml-external") and node.name:
        yield "name", f"{node.name}.{node.type.name.partition('-')[0]}"
    for column in ("calculation", "constraint", "relevant", "required", "readonly", "choice_filter"):
        for name in _PULLED.findall(node.get(column) or ""):
            yield column, f"{name}.csv"
