"""What partners send: kept as arrivals, mapped, looked at, taken in or sent back."""

from typing import TYPE_CHECKING

from toguna.kernel.core.door import door

if TYPE_CHECKING:
    from toguna.intake.arrivals import Arrival, arrival, arrivals, arrive, content_of, discard, verify
    from toguna.intake.expecting import expected_returns
    from toguna.intake.mappings import keep_layout, keep_mapping, keep_word, mapping_of
    from toguna.intake.narratives import read_narrative
    from toguna.intake.previewing import ArrivalPreview, preview_arrival, take_arrival
    from toguna.intake.returns import partner_returns
    from toguna.intake.sending_back import send_back
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
    "expected_returns",
    "keep_layout",
    "keep_mapping",
    "keep_word",
    "mapping_of",
    "partner_returns",
    "preview_arrival",
    "read_narrative",
    "send_back",
    "take_arrival",
    "understand",
    "verify",
]

__getattr__ = door(__name__, __file__)
