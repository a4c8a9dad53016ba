"""Our own columns: how closely an answer is kept, what enters the lake, what is a date of birth."""

from __future__ import annotations

from collections.abc import Iterator

from toguna.collect.core.forms.build import is_yes, sensitivity_of
from toguna.collect.core.forms.nearest import nearest
from toguna.collect.core.forms.problems import (
    BIRTH_NOT_DATE,
    LAKE_CLOSED,
    SEALING_MISSING,
    SENSITIVITY_UNKNOWN,
    YES_OR_NO,
)
from toguna.collect.core.forms.survey import NO, YES, Form
from toguna.collect.core.schema import SENSITIVITIES
from toguna.kernel.api import Problem

_SENSITIVITY, _LAKE, _BIRTH = "bind::tg:sensitivity", "bind::tg:lake", "bind::tg:birth"


def check_tg(form: Form) -> Iterator[Problem]:
    for node in form.nodes:
        if node.entry is None:
            continue
        word = node.get(_SENSITIVITY)
        if word and word.lower() not in SENSITIVITIES:
            likely = nearest(word, SENSITIVITIES) or ", ".join(SENSITIVITIES)
            yield SENSITIVITY_UNKNOWN.at(form.at(node.entry, _SENSITIVITY), word=word, nearest=likely)
        for column in (_LAKE, _BIRTH):
            cell = node.get(column)
            if cell and cell.lower() not in YES | NO:
                yield YES_OR_NO.at(form.at(node.entry, column), word=cell)
        if node.type.column is None:
            continue
        kept = sensitivity_of(node)
        if kept == "strictly_confidential":
            yield SEALING_MISSING.at(form.at(node.entry, _SENSITIVITY), name=node.name)
        if is_yes(node.get(_BIRTH)) and node.type.column != "date":
            yield BIRTH_NOT_DATE.at(form.at(node.entry, _BIRTH), name=node.name)
        if is_yes(node.get(_LAKE)) and node.type.column == "text" and kept not in ("public", "internal"):
            yield LAKE_CLOSED.at(form.at(node.entry, _LAKE), name=node.name, sensitivity=kept)
