"""The public door of the room `pack`: packs applied, reviewed and described, an instance made new, and what follows the journal."""

from typing import TYPE_CHECKING

from toguna.kernel.core.door import door

if TYPE_CHECKING:
    from toguna.pack.applying import PackDiff, apply_pack, diff_pack
    from toguna.pack.consumers import catch_up, consumers
    from toguna.pack.ledger import ledger
    from toguna.pack.new import new
    from toguna.pack.pages import system_pages
    from toguna.pack.review import review_pack

__all__ = [
    "PackDiff",
    "apply_pack",
    "catch_up",
    "consumers",
    "diff_pack",
    "ledger",
    "new",
    "review_pack",
    "system_pages",
]

__getattr__ = door(__name__, __file__)
