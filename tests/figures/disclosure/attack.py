"""An attacker on `toguna figures --public`: he asks without end, subtracts, and solves. Shares no code with the audit.

`python attack.py HOME > prints.csv` asks an instance of the Mali operation everything below and writes what it answers in public beside
what is true. It runs with the Toguna on the path, so that `first_release.csv` was made with commit 9907250 checked out:

    git worktree add FOLDER 9907250; cd FOLDER; PYTHONPATH=. python -m toguna new --pack operations/mali --home HOME
    PYTHONPATH=. python .../tests/figures/disclosure/attack.py HOME > .../tests/figures/disclosure/first_release.csv
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import combinations, product
from pathlib import Path
from typing import Any

import highspy
import numpy as np

TYPES = ("extortion", "injury", "death_threat", "theft", "sexual_violence")
REGIONS = ("ML05", "ML06", "ML07", "ML08", "ML10")
MONTHS = tuple(f"2016-{month:02d}" for month in range(1, 13))
OWN = "2016-12"
#: Indicators asked for alone, of periods only.
SINGLE = ("gbv_survivors_served", "gbv_others_served", "grants_disbursed", "grants_amount", "income_support_persons")
#: A quotient is printed exactly, but for how decimals are divided.
_NEAR = 1e-6


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked: an indicator, months, and of the table of incidents regions and types; none of an axis is all of it."""

    indicator: str
    first: str = OWN
    last: str = OWN
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        period = self.first if self.first == self.last else f"{self.first}..{self.last}"
        keys = [f"period={period}"]
        keys += [f"place={','.join(self.places)}"] if self.places else []
        keys += [f"incident_type={','.join(self.types)}"] if self.types else []
        return f"{self.indicator}?{'&'.join(keys)}"

    def cells(self, types: Sequence[str] = ()) -> frozenset[tuple[str, str, str]]:
        """The atoms that it adds up: month, region, type. Another region than those known is one more."""
        months = [month for month in MONTHS if self.first <= month <= self.last]
        return frozenset(product(months, self.places or (*REGIONS, "other"), types or self.types or TYPES))


def sets(codes: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """No code, and every set of codes."""
    for count in range(len(codes) + 1):
        yield from combinations(codes, count)


def questions() -> list[Question]:
    """Sets of types in one place, sets of places of one type, every pair of them over periods; ratios, counts of places and types."""
    found = [
        Question(indicator="protection_incidents", types=own, places=place)
        for own in sets(TYPES)
        for place in ((), *((one,) for one in REGIONS))
    ]
    found += [
        Question(indicator="protection_incidents", types=own, places=places)
        for places in sets(REGIONS)
        for own in ((), *((one,) for one in TYPES))
    ]
    for start, end in (
        ("2016-11", "2016-11"),
        *((f"2016-{m}", f"2016-{e}") for m in ("06", "09", "10", "11") for e in ("11", "12")),
    ):
        for kind, place in product(((), *((one,) for one in TYPES)), ((), *((one,) for one in REGIONS))):
            found.append(Question(indicator="protection_incidents", types=kind, places=place, first=start, last=end))
    for name, place in product(
        ("extortion_incidents", "extortion_share", "incident_types", "incident_regions"),
        ((), *((one,) for one in REGIONS)),
    ):
        found.append(Question(indicator=name, places=place))
    found += [Question(indicator="incident_regions", types=(one,)) for one in TYPES]
    for name in SINGLE:
        found += [
            Question(indicator=name, first=start, last=end)
            for start in ("2016-01", "2016-06", "2016-09", "2016-10", "2016-11", "2016-12")
            for end in ("2016-11", "2016-12")
            if start <= end
        ]
    return list(dict.fromkeys(found))


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a question is answered in public, None where it is withheld; what is true; as of which act."""

    question: Question
    at: str
    printed: float | None
    true: float | None


def differences(answers: Iterable[Answer]) -> dict[Question, float]:
    """Every withheld sum of incidents that two printed sums differ by, with the difference."""
    own = [one for one in answers if one.question.indicator == "protection_incidents"]
    printed = [(one.question.cells(), one.printed) for one in own if one.printed is not None]
    by_cells = dict(printed)
    found: dict[Question, float] = {}
    for one in own:
        if one.printed is None and one.true is not None:
            cells = one.question.cells()
            for smaller, value in printed:
                if not smaller & cells and (whole := by_cells.get(smaller | cells)) is not None:
                    found[one.question] = whole - value
                    break
    return found


@dataclass(frozen=True, kw_only=True)
class Solver:
    """All tables of incidents that agree with the printed answers, as whole numbers; asked for the least and the most of a sum.

    What was answered at two instants speaks of the same number of incidents where the truth did not change: the attacker knows that.
    """

    answers: Sequence[Answer]
    #: How many incidents each atom really has, by instant.
    truth: Mapping[str, Mapping[tuple[str, str, str], float]]

    @cached_property
    def columns(self) -> Mapping[tuple[str, tuple[str, str, str]], int]:
        found: dict[tuple[str, tuple[str, str, str]], int] = {}
        instants = list(self.truth)
        for atom in product(MONTHS, (*REGIONS, "other"), TYPES):
            for n, at in enumerate(instants):
                same = n and self.truth[at].get(atom) == self.truth[instants[n - 1]].get(atom)
                found[at, atom] = found[instants[n - 1], atom] if same else len(set(found.values()))
        return found

    @cached_property
    def program(self) -> highspy.Highs:
        count = max(self.columns.values()) + 1
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.addVars(count, np.zeros(count), np.full(count, highspy.kHighsInf))
        solver.changeColsIntegrality(
            count, np.arange(count, dtype=np.int32), np.array([highspy.HighsVarType.kInteger] * count)
        )
        for one in self.answers:
            for weights, low, high in self._said(one):
                columns = np.array(sorted(weights), dtype=np.int32)
                solver.addRow(low, high, len(columns), columns, np.array([weights[n] for n in sorted(weights)]))
        return solver

    def _weights(self, at: str, cells: Iterable[tuple[str, str, str]], times: float = 1.0) -> dict[int, float]:
        found: dict[int, float] = {}
        for cell in cells:
            found[self.columns[at, cell]] = found.get(self.columns[at, cell], 0.0) + times
        return found

    def _said(self, one: Answer) -> Iterator[tuple[dict[int, float], float, float]]:
        """What an answer says: a sum, a share between bounds. A count is left to those who see the list: here it says less than it may."""
        question, value = one.question, one.printed
        if value is None:
            return
        if question.indicator == "protection_incidents":
            yield self._weights(one.at, question.cells()), value, value
        elif question.indicator == "extortion_incidents":
            yield self._weights(one.at, question.cells(("extortion",))), value, value
        elif question.indicator == "extortion_share":
            for bound, low, high in ((value - _NEAR, 0.0, highspy.kHighsInf), (value + _NEAR, -highspy.kHighsInf, 0.0)):
                weights = self._weights(one.at, question.cells(), -bound / 100)
                for column, times in self._weights(one.at, question.cells(("extortion",))).items():
                    weights[column] = weights.get(column, 0.0) + times
                yield weights, low, high
        elif question.indicator in ("incident_regions", "incident_types"):
            names = REGIONS if question.indicator == "incident_regions" else TYPES
            groups = [own for name in names if (own := [cell for cell in question.cells() if name in cell])]
            if value == len(groups):
                for group in groups:
                    yield self._weights(one.at, group), 1.0, highspy.kHighsInf

    def interval(self, question: Question, at: str) -> tuple[float, float]:
        weights = self._weights(at, question.cells())
        solver = self.program
        count = solver.getNumCol()
        cost = np.zeros(count)
        for column, times in weights.items():
            cost[column] = times
        solver.changeColsCost(count, np.arange(count, dtype=np.int32), cost)
        found = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            solver.changeObjectiveSense(sense)
            solver.run()
            status = solver.getModelStatus()
            if status == highspy.HighsModelStatus.kInfeasible:
                raise AssertionError("what is printed contradicts itself")
            optimal = status == highspy.HighsModelStatus.kOptimal
            found.append(float(round(solver.getInfo().objective_function_value)) if optimal else float("inf"))
        return found[0], found[1]


def small_cells(truth: Mapping[tuple[str, str, str], float], threshold: int) -> Iterator[tuple[Question, float]]:
    """Every cell that nobody may learn: a month, all or one region, all or one type, with a few incidents, or none beside others."""
    for month, place, kind in product(MONTHS, ((), *((one,) for one in REGIONS)), ((), *((one,) for one in TYPES))):
        question = Question(indicator="protection_incidents", first=month, last=month, places=place, types=kind)
        value = sum(truth.get(cell, 0) for cell in question.cells())
        people = sum(
            truth.get(cell, 0) for cell in Question(indicator="", first=month, last=month, places=place).cells()
        )
        if 0 < value < threshold or (value == 0 and people > 0):
            yield question, value


def given_away(solver: Solver, threshold: int = 5) -> list[tuple[str, float, float, float]]:
    """The small cells whose interval is narrower than the threshold: what is asked, what is true, and the bounds."""
    found = []
    for at, truth in solver.truth.items():
        for question, value in small_cells(truth, threshold):
            low, high = solver.interval(question, at)
            assert low <= value <= high, "the attacker has misread an answer"
            if high - low < threshold:
                found.append((f"{question.written} at {at}", value, low, high))
    return found


def ask(home: Path, instants: Mapping[str, Any]) -> list[Answer]:
    """Every question asked of an instance, in public and in truth, as of each of these instants."""
    package = importlib.import_module("toguna.figures.api" if _has("toguna.figures.api") else "toguna.figures")
    access = importlib.import_module("toguna.access.api" if _has("toguna.access.api") else "toguna.access")
    kernel = importlib.import_module("toguna.kernel.api" if _has("toguna.kernel.api") else "toguna.kernel")
    found = []
    asked = questions()
    planned = {"planned": True} if "planned" in {field.name for field in fields(package.Context)} else {}
    for name, at in instants.items():
        common = {
            "period": kernel.parse_period(OWN),
            "place": None,
            "as_of": at,
            "language": "en",
            "actor": access.acting(None),
        }
        seen = package.figures(
            [one.written for one in asked], package.Context(**common, public=True, **planned)
        ).figures
        true = package.figures([one.written for one in asked], package.Context(**common)).figures
        found += [
            Answer(question=one, at=name, printed=_value(public), true=_value(own))
            for one, public, own in zip(asked, seen, true, strict=True)
        ]
    return found


def truth_of(instants: Mapping[str, Any]) -> dict[str, dict[tuple[str, str, str], float]]:
    """What the records hold, by instant: for the test, which knows everything."""
    package, kernel = importlib.import_module("toguna.figures.api"), importlib.import_module("toguna.kernel.api")
    actor = importlib.import_module("toguna.access.api").acting(None)
    found: dict[str, dict[tuple[str, str, str], float]] = {}
    for name, at in instants.items():
        context = package.Context(period=kernel.parse_period("2016"), as_of=at, actor=actor)
        table = package.table("protection_incidents", ["month", "region", "incident_type"], context)
        own = found.setdefault(name, {})
        for cell, figure in table.rows:
            region = cell["place"] if cell["place"] in REGIONS else "other"
            atom = (cell["month"], region, cell["incident_type"])
            own[atom] = own.get(atom, 0) + float(figure.value or 0)
    return found


def printed_in(file: Path, label: str, at: str) -> list[Answer]:
    """What the data file of an edition or by-product prints exactly of the incidents."""
    found = []
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["figure"] == label and row["value"]:
                places = tuple(code for code in row["place_code"].split(",") if code != "ML")
                types = tuple(
                    one
                    for part in row["categories"].split("; ")
                    for one in part.removeprefix("incident_type ").split(",")
                    if one
                )
                question = Question(
                    indicator="protection_incidents",
                    first=row["period_start"][:7],
                    last=row["period_end"][:7],
                    places=places,
                    types=types,
                )
                found.append(Answer(question=question, at=at, printed=float(row["value"]), true=None))
    return found


def _has(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _value(figure: Any) -> float | None:
    return None if figure is None or figure.value is None else float(figure.value)


def read(path: Path) -> list[Answer]:
    """Answers that were written down."""
    by_text = {one.written: one for one in questions()}
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            Answer(question=by_text[row["asked"]], at="now", printed=float(row["printed"]) if row["printed"] else None, true=float(row["true"]) if row["true"] else None)
            for row in csv.DictReader(stream)
        ]  # fmt: skip


def main() -> None:
    home = Path(sys.argv[1])
    instance = importlib.import_module("toguna.instance.api" if _has("toguna.instance.api") else "toguna.instance")
    instance.configure(home)
    instance.open_instance(home)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("asked", "printed", "true"))
    for one in ask(home, {"now": None}):
        writer.writerow(
            (one.question.written, *("" if value is None else f"{value:.10g}" for value in (one.printed, one.true)))
        )


if __name__ == "__main__":
    main()
