"""A mapping proposed for a table nobody has mapped: each column with the question it is taken for, and why.

Trusted in this order: what is kept for the same header or tag; the form's tags; exact name; label; alias. What is only near is shown and
never taken. Columns that say the same question for several groups (``Health / Reached``, ``WASH / Reached``) become rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from toguna.collect.core.submissions.headers import is_of_export
from toguna.intake.core.header import JOINED, HeaderColumn
from toguna.intake.core.mapping import ORGANISATION, PERIOD, Block, FormMapping, Layout, fingerprint
from toguna.intake.core.questions import NUMBERS, FormQuestions
from toguna.intake.core.words import fold
from toguna.kernel.api import nearest

#: The code that a text of a list means, by the list's name; none where it means none.
CodeOf = Callable[[str, str], str | None]
_NEAR = 0.75


@dataclass(frozen=True, kw_only=True)
class Guess:
    """One column, some of its values, and the question it is taken for; with `is_near` it is not taken."""

    header: str
    samples: tuple[str, ...]
    target: str = ""
    why: str = ""
    is_near: bool = False
    #: What its group means: ``sector=HEA``.
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A layout that can be kept, and what was thought of each column."""

    layout: Layout
    guesses: tuple[Guess, ...]
    #: Groups of columns whose words no list has: (question, words).
    unknown_groups: tuple[tuple[str, str], ...] = ()
    #: Questions that must be answered and get no column and no constant.
    missing: tuple[str, ...] = ()

    @property
    def near(self) -> dict[str, tuple[str, str]]:
        return {one.header: (one.target, one.why) for one in self.guesses if one.is_near}


@dataclass(kw_only=True)
class _Columns:
    questions: FormQuestions
    columns: Sequence[HeaderColumn]
    samples: Mapping[str, tuple[str, ...]]
    kept: FormMapping
    code_of: CodeOf
    guesses: dict[str, Guess] = field(default_factory=dict)


def propose(
    questions: FormQuestions,
    columns: Sequence[HeaderColumn],
    samples: Mapping[str, tuple[str, ...]],
    kept: FormMapping,
    code_of: CodeOf,
) -> Proposal:
    """The layout for these columns."""
    work = _Columns(questions=questions, columns=columns, samples=samples, kept=kept, code_of=code_of)
    for column in columns:
        work.guesses[column.header] = _guess(column, work)
    _only_one_table(work)
    blocks, unknown = _blocks(work)
    layout = _layout(work, blocks)
    given = (
        set(layout.columns.values())
        | set(layout.constants)
        | {_joined(block.table, name) for block in blocks for name in (*block.set, *block.columns.values())}
    )
    missing = tuple(
        target
        for target, question in questions.all.items()
        if question.column.required == "true()"
        and question.column.relevant is None
        and target not in given
        and question.table in ("", layout.rows)
    )
    return Proposal(layout=layout, guesses=tuple(work.guesses.values()), unknown_groups=unknown, missing=missing)


def _guess(column: HeaderColumn, work: _Columns) -> Guess:
    samples = work.samples.get(column.header, ())
    plain = Guess(header=column.header, samples=samples)
    for layout in work.kept.layouts:
        if column.header in layout.columns:
            return replace(plain, target=layout.columns[column.header], why="kept")
        if column.header in layout.notes:
            return replace(plain, why="kept as note")
    if column.tag and (target := work.questions.by_tag.get(column.tag)):
        return replace(plain, target=target, why="tag")
    names = work.questions.by_name
    for text in dict.fromkeys(
        (column.header, *column.parts[-1:], column.header.replace("/", JOINED).split(JOINED)[-1])
    ):
        if found := names.get(fold(text)):
            return replace(plain, target=found[0], why=found[1])
    if column.tag and (found := names.get(fold(column.tag.strip("#").replace("+", " ")))):
        return replace(plain, target=found[0], why="tag")
    if is_of_export(column.header):
        return replace(plain, why="export")
    if near := nearest(fold(column.parts[-1] if column.parts else column.header), names, _NEAR):
        return replace(plain, target=names[near][0], why=f'near "{near}"', is_near=True)
    return plain


def _only_one_table(work: _Columns) -> None:
    """A name that stands in the form and in a repeat means that of the table that most columns are of."""
    often = Counter(_table(one.target) for one in work.guesses.values() if one.target and not one.is_near)
    if not often:
        return
    main = often.most_common(1)[0][0]
    for header, guess in work.guesses.items():
        own = _joined(main, guess.target.rpartition(".")[2])
        if guess.target and own in work.questions.all and guess.why in ("name", "label", "alias"):
            work.guesses[header] = replace(guess, target=own)


def _blocks(work: _Columns) -> tuple[tuple[Block, ...], tuple[tuple[str, str], ...]]:
    """Columns of the same question become rows, told apart by what their groups mean."""
    often = Counter(one.target for one in work.guesses.values() if one.target and not one.is_near)
    wide = {target for target, count in often.items() if count > 1}
    by_group: dict[str, list[HeaderColumn]] = defaultdict(list)
    for column in work.columns:
        guess = work.guesses[column.header]
        if guess.target in wide and not guess.is_near and guess.why != "kept" and len(column.parts) > 1:
            by_group[JOINED.join(column.parts[:-1])].append(column)
    if not by_group:
        return (), ()
    table = _table(next(iter(sorted(wide))))
    chosen = _told_apart_by(work, table, list(by_group))
    blocks: list[Block] = []
    unknown: list[tuple[str, str]] = []
    for group, columns in by_group.items():
        code = work.code_of(work.questions.all[chosen].list_name, group) if chosen else None
        if code is None:
            unknown.append((chosen, group))
            for column in columns:
                work.guesses[column.header] = replace(
                    work.guesses[column.header], why=f'group "{group}" unknown', is_near=True
                )
            continue
        name = chosen.rpartition(".")[2]
        targets = {column.header: work.guesses[column.header].target.rpartition(".")[2] for column in columns}
        blocks.append(Block(table=table, set={name: code}, columns=targets))
        for column in columns:
            work.guesses[column.header] = replace(work.guesses[column.header], group=f"{name}={code}")
    return tuple(blocks), tuple(unknown)


def _told_apart_by(work: _Columns, table: str, groups: Sequence[str]) -> str:
    """The question of the table whose list has most of these groups."""
    best, most = "", 0
    for target, question in work.questions.all.items():
        if question.table != table or question.column.type != "select_one":
            continue
        known = sum(work.code_of(question.list_name, group) is not None for group in groups)
        if known > most:
            best, most = target, known
    return best


def _layout(work: _Columns, blocks: tuple[Block, ...]) -> Layout:
    taken = {
        one.header: one.target for one in work.guesses.values() if one.target and not one.is_near and not one.group
    }
    columns: dict[str, str] = {}
    for header, target in taken.items():
        if target in columns.values():
            work.guesses[header] = replace(work.guesses[header], target="", why=f"a second column for {target}")
        else:
            columns[header] = target
    often = Counter(_table(target) for target in columns.values())
    rows = max(work.questions.repeats, key=lambda name: often[name], default="")
    rows = rows if rows and often[rows] and (often[rows] >= often[""] or not often[""]) else ""
    like = next((one for one in reversed(work.kept.layouts)), None)
    grouped = {header for block in blocks for header in block.columns}
    notes = tuple(
        one.header for one in work.guesses.values() if one.header not in columns and one.header not in grouped
    )
    own = Layout(fingerprint=fingerprint(work.columns), rows=rows, columns=columns, blocks=blocks, notes=notes)
    if like is not None:
        own = replace(own, dates=like.dates, month_day=like.month_day, decimal=like.decimal, constants=like.constants)
        own = replace(own, scale={header: factor for header, factor in like.scale.items() if header in columns})
    constants = {**_constants(work.questions), **own.constants}
    return replace(own, constants={name: text for name, text in constants.items() if name not in columns.values()})


def _constants(questions: FormQuestions) -> dict[str, str]:
    """What the arrival itself answers: who sent it, for which month; and that it is no nil return."""
    found = {}
    for target, question in questions.all.items():
        column = question.column
        if question.table or column.relevant is not None:
            continue
        if column.reference == "organisations" and column.required == "true()":
            found[target] = ORGANISATION
        elif (
            column.type == "date"
            and column.name == questions.schema.date_column
            and column.name in ("month", "period", "mois")
        ):
            found[target] = PERIOD
        elif column.name == "nil" and column.type in ("select_one", "boolean"):
            found[target] = "no"
    return found


def is_number(questions: FormQuestions, target: str) -> bool:
    question = questions.all.get(target)
    return question is not None and question.column.type in NUMBERS


def _table(target: str) -> str:
    return target.rpartition(".")[0]


def _joined(table: str, name: str) -> str:
    return f"{table}.{name}" if table else name
