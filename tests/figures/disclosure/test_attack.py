"""The differencing attack on what is public: it recovered 21 of 25 withheld cells of the first release, and recovers none now.

The attacker is `attack.py`: he subtracts, and solves for the least and the most, without any code of the audit. He has every public answer
as of several instants, and the data files of editions and by-products.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.figures.disclosure.attack import (
    OWN,
    REGIONS,
    TYPES,
    Answer,
    Question,
    Solver,
    ask,
    differences,
    given_away,
    printed_in,
    questions,
    read,
    truth_of,
)
from tests.figures.disclosure.office import Office
from toguna.figures.api import cutoff_of
from toguna.kernel.api import parse_period

ROOT = Path(__file__).parents[3]
PACK = ROOT / "operations" / "mali"
FIRST = Path(__file__).parent / "first_release.csv"
#: Kinds and regions of a December in which much is small: (region, kind, incidents).
DECEMBER = (("ML05", "extortion", 4), ("ML05", "injury", 3), ("ML05", "theft", 9), ("ML06", "extortion", 20), ("ML06", "theft", 7), ("ML07", "theft", 31), ("ML07", "sexual_violence", 4), ("ML08", "death_threat", 2), ("ML08", "injury", 11), ("ML10", "theft", 1))  # fmt: skip
NOVEMBER = (("ML05", "extortion", 14), ("ML06", "theft", 12), ("ML07", "theft", 25), ("ML07", "injury", 6), ("ML08", "injury", 3))  # fmt: skip


def is_asked_by_first_attack(question: Question) -> bool:
    """The cells that the attack on the first release was aimed at: one or all kinds in one or all regions of December."""
    return (
        question.indicator == "protection_incidents"
        and (question.first, question.last) == (OWN, OWN)
        and len(question.types) < 2
        and len(question.places) < 2
    )


def test_the_attacker_recovers_21_cells_of_the_first_release() -> None:
    answers = read(FIRST)
    true = {one.question: one.true for one in answers}
    recovered = {one: value for one, value in differences(answers).items() if is_asked_by_first_attack(one)}
    assert len(recovered) == 21 and all(true[one] == value for one, value in recovered.items())
    solver = Solver(answers=answers, truth={"now": {}})
    assert {one: solver.interval(one, "now") for one in recovered} == {one: (v, v) for one, v in recovered.items()}


def test_the_attacker_reasons_in_whole_numbers_and_with_shares() -> None:
    """What the solver must be able to do, each on its own: else that it finds nothing would mean nothing."""
    place, kind = ("ML05",), ("theft",)
    asked = Question(indicator="protection_incidents", places=place, types=("extortion",))
    whole = Answer(question=Question(indicator="protection_incidents", places=place), at="now", printed=7, true=7)
    share = Answer(question=Question(indicator="extortion_share", places=place), at="now", printed=300 / 7, true=None)
    theft = Answer(question=Question(indicator="protection_incidents", places=place, types=kind), at="now", printed=4, true=4)  # fmt: skip

    def interval(*answers: Answer) -> tuple[float, float]:
        return Solver(answers=answers, truth={"now": {}}).interval(asked, "now")

    assert interval(whole) == (0, 7)
    assert interval(whole, theft) == (0, 3)
    assert interval(whole, share) == (3, 3)
    every = Answer(question=Question(indicator="incident_types", places=place), at="now", printed=len(TYPES), true=None)
    assert interval(whole, every) == (1, 3)
    # A share alone tells nothing of how many; whole numbers below 5 leave one.
    few = Answer(question=Question(indicator="protection_incidents", places=("ML05",), types=TYPES), at="now", printed=4, true=4)  # fmt: skip
    assert interval(few, Answer(question=share.question, at="now", printed=25, true=None)) == (1, 1)


def test_the_attacker_knows_what_did_not_change() -> None:
    atom = (OWN, "ML05", "theft")
    asked = Question(indicator="protection_incidents", places=("ML05",), types=("theft",))
    told = [Answer(question=asked, at="then", printed=9, true=9)]
    assert Solver(answers=told, truth={"then": {atom: 9}, "now": {atom: 9}}).interval(asked, "now") == (9, 9)
    assert Solver(answers=told, truth={"then": {atom: 9}, "now": {atom: 8}}).interval(asked, "now") == (0, float("inf"))


def attacked(answers: list[Answer], truth: dict[str, dict[tuple[str, str, str], float]]) -> None:
    solver = Solver(answers=answers, truth=truth)
    assert given_away(solver) == []
    true = {(one.question, one.at): one.true for one in answers}
    exact = [one for one, value in differences(answers).items() if true[one, "now"] == value and 0 < value < 5]
    assert exact == []


@pytest.mark.slow
def test_an_office_that_closed_issued_and_was_corrected_gives_nothing_away(tmp_path: Path) -> None:
    """Answers as of both cut-offs and of now, and what two editions printed, together."""
    office = Office(tmp_path)
    for month, counts, day in (
        (date(2016, 11, 1), NOVEMBER, datetime(2016, 12, 2, 9, tzinfo=UTC)),
        (date(2016, 12, 1), DECEMBER, datetime(2017, 1, 2, 9, tzinfo=UTC)),
    ):
        rows = [{"incident_type": kind, "region": region, "incidents": n} for region, kind, n in counts]
        office.receive(month, rows, day)
        office.close(f"{month:%Y-%m}", day.replace(day=8, hour=18))
        text = office.write(
            f"{month:%Y-%m}", "- AMSS recorded [0](fig:protection_incidents) protection incidents in the country."
        )
        office.issue(text, day.replace(day=9))
    late = [{"incident_type": kind, "region": region, "incidents": n + (region == "ML06") * 2} for region, kind, n in DECEMBER]  # fmt: skip
    office.receive(date(2016, 12, 1), late, datetime(2017, 1, 12, 9, tzinfo=UTC))
    closed = {f"2016-{month}": cutoff_of(parse_period(f"2016-{month}")) for month in ("11", "12")}
    instants = {**{name: one.sequence for name, one in closed.items() if one}, "now": None}
    answers = ask(office.home, instants)
    assert len([one for one in answers if one.printed is not None]) > 5, "the plans answer something"
    for file in sorted((office.home / "editions").rglob("figures.csv")):
        month = "2016-11" if "2016-11" in str(file) else "2016-12"
        own = printed_in(file, "protection incidents", month)
        assert own
        answers += own
    attacked(answers, truth_of(instants))


#: Run in a process of its own: an instance is opened once a process.
_ASKING = """
import pickle, sys
from datetime import datetime, timezone
from pathlib import Path
from toguna.instance import api as instance
home = Path(sys.argv[1]); instance.configure(home); instance.open_instance(home)
from tests.figures.disclosure.attack import ask, truth_of
from toguna.access.api import acting
from toguna.figures.api import cutoff
from toguna.kernel.api import parse_period
closed = [cutoff(parse_period(m), datetime(y, n, 8, 18, tzinfo=timezone.utc), acting(None)) for m, y, n in (("2016-11", 2016, 12), ("2016-12", 2017, 1))]
instants = {"2016-11": closed[0].sequence, "2016-12": closed[1].sequence, "now": None}
Path(sys.argv[2]).write_bytes(pickle.dumps((ask(home, instants), truth_of(instants))))
"""


@pytest.mark.proof
def test_the_demonstration_gives_nothing_away(tmp_path: Path) -> None:
    """Every question of the attack on the first release, as of both cut-offs and of now, with the by-products of both updates."""
    home, kept = tmp_path / "var", tmp_path / "answers"
    run(["-m", "toguna", "new", "--pack", str(PACK), "--home", str(home)])
    run(["-c", _ASKING, str(home), str(kept)])
    answers, truth = pickle.loads(kept.read_bytes())
    assert len(answers) == 3 * len(questions()) and len([one for one in answers if one.printed is not None]) > 20
    for month in ("2016-11", "2016-12"):
        source, out = PACK / "updates" / f"{month}.en.md", tmp_path / month
        run(["-m", "toguna", "update", "build", str(source), "--to", "html", "-o", str(out), "--home", str(home)])
        run(["-m", "toguna", "update", "products", str(source), "-o", str(out), "--home", str(home)])
        printed = [one for file in sorted(out.glob("*.csv")) if file.name != "3w.csv" for one in printed_in(file, "protection incidents", month)]  # fmt: skip
        assert printed and {code for one in printed for code in one.question.places} <= {*REGIONS}
        answers += printed
    attacked(answers, truth)


def run(arguments: list[str]) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False, cwd=ROOT, env=environment)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
