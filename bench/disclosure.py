"""How long the disclosure audit takes: one update, and 24 editions jointly. CPU seconds.

    python -m bench.disclosure HOME

HOME is an instance of the Mali operation. Each edition prints the national totals of its month and of the year to date, and four regions,
of six sensitive indicators, as known at an act of its own, without asking the check: where every document of a month is a certificate, the
two totals together say that there was no other.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from toguna.instance.api import configure, open_instance

HOME = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("no-instance")
configure(HOME)

from toguna.figures import opened  # noqa: E402
from toguna.figures.answers import Answers, Scope  # noqa: E402
from toguna.figures.calculate import Surroundings  # noqa: E402
from toguna.figures.core.disclosure.joint_audit import JointAudit  # noqa: E402
from toguna.figures.core.disclosure.prints import PrintedFigure  # noqa: E402
from toguna.figures.disclosures import threshold_in  # noqa: E402
from toguna.figures.source_rows import LakeRecords  # noqa: E402
from toguna.kernel.api import parse_period  # noqa: E402

INDICATORS = (
    "cash_persons",
    "protection_incidents",
    "certificates_handed_over",
    "people_repatriated",
    "return_arrivals",
    "documents_handed_over",
)
REGIONS = ("ML05", "ML06", "ML07", "ML10")


def main() -> None:
    open_instance(HOME)
    with opened.using() as around:
        records = LakeRecords(engine=around.engine, tree=around.tree)
        for count in (1, 24):
            acts = [around.until - 40 * (count - 1 - n) for n in range(count)]
            months = [f"2016-{n % 12 + 1:02d}" for n in range(count)] if count > 1 else ["2016-12"]
            prints = [
                one
                for n, (month, at) in enumerate(zip(months, acts, strict=True))
                for one in edition(month, at, f"edition {n}", around)
            ]
            start = time.process_time()
            audit = JointAudit(prints, around.indicators, threshold_in(around), records)
            made = time.process_time()
            leaks = audit.leaks()
            end = time.process_time()
            kept, refused = let_through(audit, prints)
            left = len(audit.leaks(kept))
            print(
                f"{count:2} editions, {len(prints):4} figures: atoms {made - start:.2f} s, "
                f"programmes {end - made:.2f} s; {len(leaks)} cells given away unless {refused} figures are refused, then {left}"
            )


def let_through(audit: JointAudit, prints: list[PrintedFigure]) -> tuple[list[PrintedFigure], int]:
    """What a check would have let these editions print: of each group that gives a cell away, the last figure is refused."""
    kept = list(prints)
    while leaks := audit.leaks(kept):
        last = audit.culprits(leaks[0], kept)[-1]
        kept = [one for one in kept if one is not last]
    return kept, len(prints) - len(kept)


def edition(month: str, at: int, name: str, around: Surroundings) -> Iterator[PrintedFigure]:
    """What one edition prints, of what has a value that is not too small."""
    answers = Answers(engine=around.engine, indicators=around.indicators, tree=around.tree)
    for indicator in INDICATORS:
        for period in (parse_period(month), parse_period(f"2016-01..{month}")):
            for places in ((), *((region,) for region in REGIONS)):
                scope = Scope(period=period, places=places, filters={}, at=at)
                value = answers.values(around.indicators[indicator], scope)[()].value
                if value is not None and value >= Decimal(10):
                    yield PrintedFigure(
                        reference=f"{indicator}?period={period.written()}&place={','.join(places)}",
                        indicator=indicator,
                        period=period,
                        places=places,
                        at=at,
                        low=value,
                        high=value,
                        edition=name,
                    )


if __name__ == "__main__":
    main()
