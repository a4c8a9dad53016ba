"""What partners send: kept as arrivals, mapped, looked at, taken in or sent back."""

from typing import TYPE_CHECKING

from toguna.kernel.core.door import door

if TYPE_CHECKING:
    from toguna.intake.arrivals import Arrival, arrival, arrivals, arrive, content_of, discard, verify
    from toguna.intake.mappings import keep_layout, keep_mapping, keep_word, mapping_of
    from toguna.intake.previewing import ArrivalPreview, preview_arrival, take_arrival
    from toguna.intake.understanding import Understood, understand

__all__ = [
    "Arrival",
    "ArrivalPreview",
    "Understood",
    "arrival",
    "arrivals",
    "arrive",
    "content_of",
    "discard",
    "keep_layout",
    "keep_mapping",
    "keep_word",
    "mapping_of",
    "preview_arrival",
    "take_arrival",
    "understand",
    "verify",
]

__getattr__ = door(__name__, __file__)
