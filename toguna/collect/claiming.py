"""What only one submission may claim, such as a household's one payment: found among the stored submissions that count.

The claims of stored submissions are read from their blocks, a block once; a superseded or rejected submission claims nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from toguna.collect.core.submissions.blocks import read_block
from toguna.collect.core.submissions.expectations import Expected, once_doubt
from toguna.collect.core.submissions.values import Checked
from toguna.collect.core.submissions.xpath.tree import Moment
from toguna.collect.store import models
from toguna.instance.api import current
from toguna.kernel.api import Problem

Claim = tuple[str, str]
_IDS = 10_000


@dataclass(kw_only=True)
class Claims:
    """The claims of one form's submissions, for the length of a load."""

    expected: Mapping[str, Expected]
    moment: Moment
    _claimants: dict[Claim, set[str]] = field(default_factory=lambda: defaultdict(set))
    _block: int = 0

    def doubts(self, batch: Sequence[Checked]) -> dict[str, list[Problem]]:
        """By instanceID, what is claimed by another that counts, or by an earlier one of the batch."""
        if not any(one.claims for one in batch):
            return {}
        self._refresh(batch[0].form_id)
        found: dict[str, list[Problem]] = defaultdict(list)
        others = {one.instance_id: self._others(one) for one in batch if one.claims}
        counting = self._counting({name for names in others.values() for name in names})
        earlier: dict[Claim, tuple[str, str]] = {}
        for one in batch:
            own = {one.instance_id, one.base, one.deprecated_id}
            for claim in one.claims:
                holders = {
                    name: key for name in self._claimants.get(claim, ()) if (key := counting.get(name)) is not None
                }
                is_kept = any(name in own or (one.key and key == one.key) for name, key in holders.items())
                first = earlier.setdefault(claim, (one.instance_id, one.key))
                other = next(iter(holders), None) or (
                    first[0] if first[0] not in own and first[1] != (one.key or None) else None
                )
                if other is not None and not is_kept:
                    found[one.instance_id].append(once_doubt(self.expected[one.form_version], claim, one, other))
        return found

    def remember(self, batch: Sequence[Checked], received: Sequence[str]) -> None:
        """What a load that does not commit would have stored."""
        taken = set(received)
        for one in batch:
            if one.instance_id in taken:
                self._previewed[one.instance_id] = one.key
                for claim in one.claims:
                    self._claimants[claim].add(one.instance_id)

    _previewed: dict[str, str] = field(default_factory=dict)

    def _others(self, one: Checked) -> set[str]:
        return {name for claim in one.claims for name in self._claimants.get(claim, ())}

    def _counting(self, names: set[str]) -> dict[str, str]:
        """Those that are the newest of their lineage, in a state that counts, with their keys."""
        found = {name: key for name, key in self._previewed.items() if name in names}
        ordered = sorted(names)
        for start in range(0, len(ordered), _IDS):
            rows = models.Submission.objects.filter(
                instance_id__in=ordered[start : start + _IDS],
                superseded=None,
                state__in=current().operation.counting_states,
            )
            found |= dict(rows.values_list("instance_id", "key"))
        return found

    def _refresh(self, form_id: str) -> None:
        """Read the blocks that came since the last time."""
        rows = models.Block.objects.filter(form_version__form_id=form_id, pk__gt=self._block).order_by("pk")
        for pk, version, sha256 in rows.values_list("pk", "form_version__version", "sha256"):
            self._block = pk
            if (expected := self.expected.get(version)) is not None:
                for claim, instance_id in _claims_of(expected, current().files.get(sha256), self.moment):
                    self._claimants[claim].add(instance_id)


def _claims_of(expected: Expected, block: bytes, moment: Moment) -> Iterator[tuple[Claim, str]]:
    table = read_block(block)[""]
    frame = pl.DataFrame(pl.from_arrow(table)).rename({"_parent": "_parent_row"})
    rows = frame.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("_key"), pl.lit(0, pl.Int64).alias("_line"))
    names = rows["_instance"]
    for one in expected.once:
        about = expected.about(one, {"": rows.drop("_instance")}, moment)
        yield from ((claim, names[key]) for key, claim in expected.claims(one, about))
