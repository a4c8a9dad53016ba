"""Checked values of stored submissions, read back from their blocks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toguna.collect.core.submissions.blocks import instances_of, read_block
from toguna.collect.core.submissions.values import Row
from toguna.instance.api import current

#: Decoded blocks kept while submissions that stand in several are read.
_BLOCKS = 12


@dataclass(kw_only=True)
class StoredRows:
    """Rows by block and instance; a few decoded blocks are kept."""

    _held: OrderedDict[str, dict[str, dict[str, list[Row]]]] = field(default_factory=OrderedDict)

    def rows(self, block: str, instance_id: str) -> Mapping[str, Sequence[Row]]:
        if block not in self._held:
            self._held[block] = instances_of(read_block(current().files.get(block)))
            if len(self._held) > _BLOCKS:
                self._held.popitem(last=False)
        self._held.move_to_end(block)
        return self._held[block][instance_id]
