"""The differencing attack on `toguna figures --public`: sets, periods, places, ratios, other instants, asked without end.

On the first release it recovered 21 of 25 withheld cells exactly. Every pair of printed answers is tried here, not only those
that an attacker would think of first: whatever is printed goes into one audit.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PACK = Path(__file__).parents[3] / "operations" / "mali"
pytestmark = pytest.mark.proof

#: Run in a process of its own: an instance is opened once a process.
ATTACK = """
import sys
from dataclasses import replace
from pathlib import Path
from itertools import combinations
from toguna.instance import api as instance
home = Path(sys.argv[1]); instance.configure(home); instance.open_instance(home)
from toguna.access.api import acting
from toguna.figures import opened
from toguna.figures.api import Context, cutoff, figures
from toguna.figures.core.disclosure.joint_audit import JointAudit
from toguna.figures.core.disclosure.prints import printed_figure
from toguna.figures.core.reference import Show
from toguna.figures.disclosures import threshold_in
from toguna.figures.source_rows import LakeRecords
from toguna.kernel.api import parse_period
from datetime import datetime, timezone
owner = acting(None)
closed = cutoff(parse_period("2016-12"), datetime(2017, 1, 8, 18, tzinfo=timezone.utc), owner)
types = ["extortion", "injury", "death_threat", "theft", "sexual_violence"]
regions = ["ML05", "ML06", "ML07", "ML08", "ML10"]
def subsets(codes):
    return [",".join(c) for n in range(1, len(codes) + 1) for c in combinations(codes, n)]
asked = ["protection_incidents", "extortion_incidents", "extortion_share", "incident_regions", "incident_regions?show=list",
    "incident_types", "gbv_survivors_served", "gbv_others_served", "grants_disbursed", "grants_amount", "income_support_persons"]
asked += [f"protection_incidents?incident_type={one}" for one in subsets(types)]
asked += [f"protection_incidents?place={one}" for one in [*regions, "ML05,ML06", "ML05,ML07", "ML05,ML06,ML07,ML08,ML10"]]
asked += [f"protection_incidents?incident_type={t}&place={r}" for t in types for r in regions[:2]]
asked += [f"{name}?place={r}" for name in ("extortion_incidents", "extortion_share", "incident_types") for r in regions]
asked += [f"incident_regions?incident_type={one}" for one in types]
asked += [f"{r.partition('?')[0]}?period={p}" + ("&" + r.partition("?")[2] if "?" in r else "")
    for p in ("2016-06..2016-11", "2016-06..2016-12")
    for r in ["protection_incidents", *(f"protection_incidents?incident_type={t}" for t in types), "grants_disbursed", "grants_amount"]]
printed = []
for at in (closed.sequence, None):
    context = Context(period=parse_period("2016-12"), as_of=at, actor=owner, public=True, planned=True)
    done = figures(asked, context)
    printed += [one for one in done.figures if one is not None and one.value is not None]
with opened.using() as around:
    records = LakeRecords(engine=around.engine, tree=around.tree)
    prints = [printed_figure(one, Show(style=one.reference.show.style), "ML") for one in printed]
    unique = {(one.indicator, one.period, one.places, str(one.categories), one.at, one.listed is None): one for one in prints}
    leaks = JointAudit(list(unique.values()), around.indicators, threshold_in(around), records).leaks()
print(len(asked), len(unique), len(leaks))
print(*leaks[:5], sep="\\n")
"""


def test_no_set_of_questions_gives_a_small_cell_away(tmp_path: Path) -> None:
    home = tmp_path / "var"
    run(["-m", "toguna", "new", "--pack", str(PACK), "--home", str(home)])
    answer = run(["-c", ATTACK, str(home)]).splitlines()
    asked, printed, leaks = map(int, answer[0].split())
    assert asked > 90 and printed > 10, "the plan prints something"
    assert leaks == 0, "\n".join(answer)


def run(arguments: list[str]) -> str:
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
