"""What may not be printed whatever its value: outside the publication plan, or without the agreement of its owner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from toguna.figures.core.definition import Indicator
from toguna.figures.core.disclosure.joint_audit import JointAudit
from toguna.figures.core.disclosure.prints import PrintedFigure, printed_figure
from toguna.figures.core.disclosure.publication import SensitivityRules, is_determined, is_sensitive, related
from toguna.figures.core.disclosure.violence import is_barred
from toguna.figures.core.figure import Figure
from toguna.figures.core.printing import withheld
from toguna.figures.core.reference import Show
from toguna.figures.engine import Engine
from toguna.figures.source_rows import LakeRecords
from toguna.kernel.api import Period
from toguna.places.api import Tree


@dataclass(frozen=True, kw_only=True)
class PrintRules:
    """The rules of one operation."""

    engine: Engine
    indicators: Mapping[str, Indicator]
    tree: Callable[[date], Tree]
    #: The operation's own place.
    root: str
    threshold_of: Callable[[Indicator], int]

    def within_plan(self, figure: Figure, planned: Callable[[Period], Sequence[PrintedFigure]]) -> Figure:
        """The figure, withheld if its table is sensitive and a reader of the publication plans could not work it out."""
        rules = SensitivityRules(indicators=self.indicators, threshold_of=self.threshold_of)
        if not is_sensitive(self.indicators[figure.indicator], rules):
            return figure
        # An exact number, whatever its manner of showing: the value stands beside it.
        asked = printed_figure(figure, Show(style=figure.reference.show.style), self.root)
        if asked is None:
            return figure if figure.status in ("withheld", "not_applicable") else withheld(figure)
        known = related(
            [asked], [one for one in planned(figure.period) if one.indicator in self.indicators], self.indicators
        )
        return figure if is_determined(asked, known, self._audit) else withheld(figure)

    def by_agreement(self, figure: Figure) -> Figure:
        """The figure, withheld if it speaks of gender-based violence in a way that its owner has not agreed to."""
        if figure.status == "withheld":
            return figure
        places = [code for code in (figure.place or "").split(",") if code and code != self.root]
        barred = is_against_agreement(
            self.indicators[figure.indicator],
            self.indicators,
            places,
            figure.categories,
            self.tree(figure.period.end),
        )
        return withheld(figure) if barred else figure

    def _audit(self, prints: Sequence[PrintedFigure]) -> JointAudit:
        records = LakeRecords(engine=self.engine, tree=self.tree)
        return JointAudit(prints, self.indicators, self.threshold_of, records)


def is_against_agreement(
    indicator: Indicator,
    indicators: Mapping[str, Indicator],
    places: Sequence[str],
    categories: Iterable[str],
    tree: Tree,
) -> bool:
    """Whether a figure speaks of gender-based violence in a way that its owner has not agreed to, by the tree of its last day."""
    return is_barred(
        indicator,
        indicators,
        places,
        categories,
        lambda code: tree.places[code].level if code in tree.places else None,
    )
