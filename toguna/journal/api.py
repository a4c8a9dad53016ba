"""The append-only, hash-chained log of acts; also the only queue: consumers keep the last sequence they have dealt with."""

from typing import TYPE_CHECKING

from toguna.kernel.core.door import door

if TYPE_CHECKING:
    from toguna.journal.attesting import attesting, is_unattested
    from toguna.journal.core.acts import Act, Head, NewAct, is_code
    from toguna.journal.store.queries import (
        Appended,
        acts,
        acts_on,
        advance,
        append,
        as_of,
        head,
        parse_head,
        reached,
        rewind,
        sequence_at,
        unattested,
        verify,
    )
    from toguna.journal.witness import head_at

__all__ = [
    "Act",
    "Appended",
    "Head",
    "NewAct",
    "acts",
    "acts_on",
    "advance",
    "append",
    "as_of",
    "attesting",
    "head",
    "head_at",
    "is_code",
    "is_unattested",
    "parse_head",
    "reached",
    "rewind",
    "sequence_at",
    "unattested",
    "verify",
]

__getattr__ = door(__name__, __file__)
