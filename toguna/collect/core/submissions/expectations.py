"""What an operation expects of answers beyond a form's rules. An answer that is unexpected is questioned: it is taken in only with a named
reason, which the journal keeps. Pure.

Expectations are rows of the reference table `expectations` (the pack's `expectations.csv`): `id, form, kind, columns, where, expect, en, fr`.
`form` is a form or ``form/repeat``; `where`, an expression of the form, says of which rows it speaks; `en` and `fr` are what the sender reads (or `es` and
other languages, where the operation speaks them).

| kind | questioned is |
| --- | --- |
| `rule` | a row for which the expression `expect` does not hold |
| `listed` | an answer to `columns` that is not in the list `expect`, a reference table or an entity list |
| `most` | a whole number in `columns` above `expect`; without `columns`, in any question of the form |
| `once` | a submission with the same answers to `columns` as another that counts (only of the form itself, not of repeats) |

Without a `most` of its own, every whole number above `MOST` is questioned; a form's setting ``tg:most`` is another bound for all of its questions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import polars as pl

from toguna.collect import problems
from toguna.collect.core.schema import Schema, Table
from toguna.collect.core.submissions.flat import flatten
from toguna.collect.core.submissions.rules import expression_of
from toguna.collect.core.submissions.values import Checked, Refusal
from toguna.collect.core.submissions.xpath.apply import truths
from toguna.collect.core.submissions.xpath.tree import Moment, Node, NotEvaluable
from toguna.instance.core.languages import is_language
from toguna.kernel.api import Place, Problem

#: Whole numbers above this are questioned unless the form or the pack says otherwise.
MOST = 10_000_000
MOST_SETTING = "tg:most"
COLUMNS = ("id", "form", "kind", "columns", "where", "expect", "en", "fr")
ExpectationKind = Literal["rule", "listed", "most", "once"]
_KINDS: tuple[str, ...] = get_args(ExpectationKind)
_IMPLAUSIBLE = {"en": "The number is implausibly large.", "fr": "Le nombre est trop grand pour être plausible."}
#: Between the answers of a claim.
_SEAM = "\x1f"


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """One line of the table."""

    id: str
    form: str
    kind: str
    columns: tuple[str, ...]
    where: str
    expect: str
    message: Mapping[str, str]

    @property
    def form_id(self) -> str:
        return self.form.partition("/")[0]

    def said(self) -> dict[str, str]:
        """What the sender reads, as a problem's details: in English or the first language that there is, and in each of the others."""
        texts = {language: text for language, text in self.message.items() if text}
        first = texts.get("en") or next(iter(texts.values()), "")
        return {"message": first, **{f"message_{language}": text for language, text in texts.items()}}

    @property
    def table(self) -> str:
        return self.form.partition("/")[2]


@dataclass(frozen=True, kw_only=True)
class _Compiled:
    expectation: Expectation
    where: Node | None
    rule: Node | None


@dataclass(frozen=True, kw_only=True)
class Judged:
    """By submission's number: what is questioned, and what it claims that no other may claim, as (expectation, answers)."""

    doubts: Mapping[int, tuple[Problem, ...]]
    claims: Mapping[int, tuple[tuple[str, str], ...]]


NOTHING_JUDGED = Judged(doubts={}, claims={})


@dataclass(frozen=True, kw_only=True)
class Expected:
    """The expectations of one form version, compiled."""

    schema: Schema
    compiled: tuple[_Compiled, ...]
    #: By name of a list, its codes.
    lists: Mapping[str, Collection[str]]
    #: Of each table's whole numbers: the most that is expected, and the expectation that says so.
    bounds: Mapping[tuple[str, str], tuple[int, Expectation]]

    def judge(
        self,
        tables: Mapping[str, pl.DataFrame],
        moment: Moment,
        file: str = "",
        headers: Mapping[str, Mapping[str, str]] | None = None,
    ) -> Judged:
        """Hold checked tables against the expectations."""
        doubts: dict[int, list[Problem]] = defaultdict(list)
        claims: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for (table, column), (bound, expectation) in self.bounds.items():
            frame = tables[table]
            bad = ((frame[column] > bound) | (frame[column] < -bound)).fill_null(False)
            self._tell(doubts, frame.filter(bad), expectation, column, table, file, headers)
        for one in self.compiled:
            expectation = one.expectation
            frame = tables[expectation.table]
            if not frame.height:
                continue
            about = self._about(one, tables, moment)
            if expectation.kind == "once":
                for key, claim in self.claims(one, frame.filter(about)):
                    claims[key].append(claim)
                continue
            bad = about & ~self._holds(one, tables, moment)
            column = expectation.columns[0] if expectation.columns else ""
            self._tell(doubts, frame.filter(bad), expectation, column, expectation.table, file, headers)
        return Judged(
            doubts={key: tuple(found) for key, found in doubts.items()},
            claims={key: tuple(found) for key, found in claims.items()},
        )

    def claims(self, one: _Compiled, rows: pl.DataFrame) -> list[tuple[int, tuple[str, str]]]:
        """What these rows of the form itself claim for themselves."""
        names = list(one.expectation.columns)
        answers = rows.select("_key", pl.concat_str([pl.col(name).cast(pl.String) for name in names], separator=_SEAM))
        return [(key, (one.expectation.id, answer)) for key, answer in answers.iter_rows() if answer is not None]

    def about(self, one: _Compiled, tables: Mapping[str, pl.DataFrame], moment: Moment) -> pl.DataFrame:
        """The rows of which the expectation speaks."""
        return tables[one.expectation.table].filter(self._about(one, tables, moment))

    @property
    def once(self) -> tuple[_Compiled, ...]:
        return tuple(one for one in self.compiled if one.expectation.kind == "once")

    def _about(self, one: _Compiled, tables: Mapping[str, pl.DataFrame], moment: Moment) -> pl.Series:
        return self._truths(one.where, one, tables, moment).fill_null(False)

    def _holds(self, one: _Compiled, tables: Mapping[str, pl.DataFrame], moment: Moment) -> pl.Series:
        if one.expectation.kind == "rule":
            return self._truths(one.rule, one, tables, moment).fill_null(True)
        frame = tables[one.expectation.table]
        known = list(self.lists.get(one.expectation.expect, ()))
        holds = pl.repeat(True, frame.height, dtype=pl.Boolean, eager=True)
        for name in one.expectation.columns:
            holds &= frame[name].is_in(known).fill_null(True)
        return holds

    def _truths(
        self, node: Node | None, one: _Compiled, tables: Mapping[str, pl.DataFrame], moment: Moment
    ) -> pl.Series:
        table = self.schema.table(one.expectation.table)
        if node is None:
            return pl.repeat(True, tables[table.name].height, dtype=pl.Boolean, eager=True)
        return truths(node, flatten(self.schema, tables, table, [node]), moment)

    def _tell(
        self,
        doubts: dict[int, list[Problem]],
        rows: pl.DataFrame,
        expectation: Expectation,
        column: str,
        table: str,
        file: str,
        headers: Mapping[str, Mapping[str, str]] | None,
    ) -> None:
        shown = pl.col(column).cast(pl.String) if column else pl.lit("")
        for key, line, value in rows.select("_key", "_line", shown.alias("_value")).iter_rows():
            named = (headers or {}).get(table, {}).get(column, column)
            place = Place(
                file=file or None, sheet=(table or None) if line else None, row=line or None, column=named or None
            )
            details = {
                **expectation.said(),
                "value": value or "",
                "question": expectation.id,
            }
            doubts[key].append(problems.QUESTIONED.at(place, **details))


def once_doubt(expected: Expected, claim: tuple[str, str], one: Checked, other: str) -> Problem:
    """The question to a submission that claims what another has claimed."""
    expectation = next(each.expectation for each in expected.once if each.expectation.id == claim[0])
    place = Place(file=one.name or None, row=one.row or None, column=expectation.columns[0])
    value = f"{claim[1].replace(_SEAM, ', ')}, {other}"
    return problems.QUESTIONED.at(place, **expectation.said(), value=value, question=expectation.id)


def answered(doubt: Problem, reason: str) -> Problem:
    """What is told of a question to which a reason was given."""
    return problems.QUESTION_ANSWERED.at(doubt.place, **{**doubt.details, "reason": reason})


def with_reason(
    good: Iterable[Checked], claimed: Mapping[str, Sequence[Problem]], reason: str
) -> tuple[list[Checked], list[Refusal], list[Problem]]:
    """What may be taken in, what is refused for its questions, and what is told of questions that `reason` answers.

    `claimed` holds further questions by instanceID. Without a reason every submission with a question is refused.
    """
    accepted, kept_out, told = [], [], []
    for one in good:
        doubts = (*one.doubts, *claimed.get(one.instance_id, ()))
        if not doubts or one.is_unchanged:
            accepted.append(one)
        elif reason:
            accepted.append(replace(one, doubts=doubts, reason=reason))
            told += [answered(doubt, reason) for doubt in doubts]
        else:
            kept_out.append(Refusal(name=one.name, raw=one.raw, problems=doubts, source=one.source, row=one.row))
    return accepted, kept_out, told


def read_expectations(
    rows: Iterable[Mapping[str, str]], forms: Mapping[str, Sequence[Schema]]
) -> tuple[list[Expectation], list[Problem]]:
    """The expectations that the table's rows declare, and what is wrong with the others."""
    found, faults = [], []
    for number, row in enumerate(rows, start=2):
        one = Expectation(
            id=row.get("id", ""),
            form=row.get("form", ""),
            kind=row.get("kind", ""),
            columns=tuple(row.get("columns", "").split()),
            where=row.get("where", ""),
            expect=row.get("expect", ""),
            message={name: text for name, text in row.items() if name not in COLUMNS[:-2] and is_language(name)},
        )
        reason = _wrong(one, forms)
        if reason is None:
            found.append(one)
        else:
            place = Place(file="expectations.csv", row=number)
            faults.append(problems.EXPECTATION_BROKEN.at(place, id=one.id, what=reason))
    return found, faults


def _wrong(one: Expectation, forms: Mapping[str, Sequence[Schema]]) -> str | None:
    """The part of the line that cannot be understood, if there is one."""
    if one.kind not in _KINDS:
        return f"kind {one.kind!r}"
    versions = forms.get(one.form_id, ())
    if not versions:
        return f"form {one.form!r}"
    if one.kind == "once" and (one.table or not one.columns):
        return f"once {one.form!r}"
    if one.kind == "most" and not (one.expect.isascii() and one.expect.isdigit()):
        return f"expect {one.expect!r}"
    reasons = [_unfit(one, schema) for schema in versions]
    return reasons[-1] if all(reasons) else None


def _unfit(one: Expectation, schema: Schema) -> str | None:
    """Why the expectation does not fit this version of the form; None where it does."""
    table = next((table for table in schema.tables if table.name == one.table), None)
    if table is None:
        return f"form {one.form!r}"
    missing = [name for name in one.columns if name not in table.by_name]
    if missing or not (one.columns or one.kind in ("most", "rule")):
        return f"columns {' '.join(missing)!r}"
    try:
        for expression in (one.where, one.expect if one.kind == "rule" else ""):
            if expression:
                expression_of(schema, table, expression)
    except NotEvaluable as error:
        return str(error)
    return None


def compile_expectations(
    schema: Schema, expectations: Iterable[Expectation], lists: Mapping[str, Collection[str]]
) -> Expected:
    """Those that speak of this form and fit this version."""
    own = [one for one in expectations if one.form_id == schema.form_id and _unfit(one, schema) is None]
    compiled = []
    for one in own:
        table = schema.table(one.table)
        where = expression_of(schema, table, one.where) if one.where else None
        rule = expression_of(schema, table, one.expect) if one.kind == "rule" else None
        if one.kind != "most":
            compiled.append(_Compiled(expectation=one, where=where, rule=rule))
    bounds = _bounds(schema, [one for one in own if one.kind == "most"])
    return Expected(schema=schema, compiled=tuple(compiled), lists=lists, bounds=bounds)


def _bounds(schema: Schema, declared: Sequence[Expectation]) -> dict[tuple[str, str], tuple[int, Expectation]]:
    written = schema.settings.get(MOST_SETTING, "")
    general = int(written) if written.isascii() and written.isdigit() else MOST
    usual = Expectation(
        id="implausible", form=schema.form_id, kind="most", columns=(), where="", expect="", message=_IMPLAUSIBLE
    )
    found = {
        (table.name, column.name): (general, usual) for table, column in schema.columns() if column.type == "integer"
    }
    for one in sorted(declared, key=lambda each: bool(each.columns)):
        for name in one.columns or _whole(schema.table(one.table)):
            if (one.table, name) in found:
                found[one.table, name] = (int(one.expect), one)
    return found


def _whole(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.type == "integer"]
