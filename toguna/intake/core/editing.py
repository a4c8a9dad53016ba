"""A proposed layout changed by what a person says of single columns: ``Header=question``, ``Header=repeat.question[sector=HEA]``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from toguna.intake import problems
from toguna.intake.core.header import HeaderColumn
from toguna.intake.core.mapping import Block, Layout
from toguna.intake.core.questions import FormQuestions
from toguna.intake.core.words import fold
from toguna.kernel.api import Problem, Refused, nearest

_SPEC = re.compile(r"(?P<target>[^\[\]]*?)(?:\[(?P<set>[^\[\]]*)\])?")


def with_columns(
    layout: Layout, specs: Sequence[str], questions: FormQuestions, columns: Sequence[HeaderColumn]
) -> Layout:
    """The layout with these columns mapped; nothing after ``=`` keeps a column as a note. Refuses, with every fault, what is unknown."""
    faults: list[Problem] = []
    for spec in specs:
        written, _, answer = (
            spec.rpartition("=")
            if "[" not in spec
            else (spec[: spec.rindex("=", 0, spec.index("["))], "=", spec[spec.rindex("=", 0, spec.index("[")) + 1 :])
        )
        header = find_column(written.strip(), columns)
        if header is None:
            faults.append(_no_column(written.strip(), columns))
            continue
        layout = without_column(layout, header)
        match = _SPEC.fullmatch(answer.strip())
        if not answer.strip() or match is None:
            layout = replace(layout, notes=(*layout.notes, header))
            continue
        target = questions.find(match["target"].strip())
        if target is None:
            faults.append(unknown_question(match["target"].strip(), questions))
        elif match["set"] is None:
            columns_now = {name: own for name, own in layout.columns.items() if own != target}
            given_up = [name for name, own in layout.columns.items() if own == target]
            layout = replace(layout, columns={**columns_now, header: target}, notes=(*layout.notes, *given_up))
            layout = replace(
                layout, constants={name: text for name, text in layout.constants.items() if name != target}
            )
        else:
            layout = _with_block(layout, header, target, dict(_pairs(match["set"])))
    if faults:
        raise Refused(*faults)
    return replace(layout, rows=layout.rows or _rows(layout, questions))


def with_constants(layout: Layout, specs: Sequence[str], questions: FormQuestions) -> Layout:
    """The layout with ``question=value`` for every row."""
    faults: list[Problem] = []
    constants = dict(layout.constants)
    for name, text in (
        pair for spec in specs for pair in [(spec.partition("=")[0].strip(), spec.partition("=")[2].strip())]
    ):
        target = questions.find(name)
        if target is None:
            faults.append(unknown_question(name, questions))
        elif text:
            constants[target] = text
        else:
            constants.pop(target, None)
    if faults:
        raise Refused(*faults)
    return replace(layout, constants=constants)


def without_column(layout: Layout, header: str) -> Layout:
    """The layout without what it says of a column."""
    blocks = tuple(
        replace(block, columns={name: target for name, target in block.columns.items() if name != header})
        for block in layout.blocks
    )
    return replace(
        layout,
        columns={name: target for name, target in layout.columns.items() if name != header},
        blocks=tuple(block for block in blocks if block.columns),
        notes=tuple(name for name in layout.notes if name != header),
    )


def find_column(written: str, columns: Sequence[HeaderColumn]) -> str | None:
    """The header that a person means: as the proposal shows it, accents and capitals aside; or its last part, if one column has it."""
    exact = [column.header for column in columns if column.header == written]
    alike = exact or [column.header for column in columns if fold(column.header) == fold(written)]
    last = alike or [column.header for column in columns if column.parts and fold(column.parts[-1]) == fold(written)]
    return last[0] if len(last) == 1 else None


def unknown_question(target: str, questions: FormQuestions) -> Problem:
    near = nearest(target, questions.all)
    return problems.MAPPING_QUESTION_UNKNOWN.at(
        form=questions.schema.form_id, question=target, near=f" ({near}?)" if near else ""
    )


def _no_column(written: str, columns: Sequence[HeaderColumn]) -> Problem:
    near = nearest(written, [column.header for column in columns])
    return problems.MAPPING_COLUMN_UNKNOWN.at(column=written, near=f" ({near}?)" if near else "")


def _with_block(layout: Layout, header: str, target: str, given: dict[str, str]) -> Layout:
    """The column in the block of the same table and group; a new one where there is none."""
    table, _, name = target.rpartition(".")
    blocks = list(layout.blocks)
    for number, block in enumerate(blocks):
        if block.table == table and block.set == given:
            blocks[number] = replace(block, columns={**block.columns, header: name})
            return replace(layout, blocks=tuple(blocks))
    return replace(layout, blocks=(*blocks, Block(table=table, set=given, columns={header: name})))


def _pairs(text: str) -> list[tuple[str, str]]:
    return [
        (name.strip(), value.strip())
        for name, _, value in (part.partition("=") for part in text.split(",") if part.strip())
    ]


def _rows(layout: Layout, questions: FormQuestions) -> str:
    """Whether the sheet's rows are those of a repeat: where some columns are, and none but constants is of the form itself."""
    tables = {target.rpartition(".")[0] for target in layout.columns.values()}
    repeats = tables & set(questions.repeats)
    return next(iter(repeats)) if len(repeats) == 1 and "" not in tables else ""
