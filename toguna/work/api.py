"""The public door of the room `work`."""

from typing import TYPE_CHECKING

from toguna.kernel.core.door import door

if TYPE_CHECKING:
    from toguna.work.core.retries import Lease
    from toguna.work.running import Consumer, Outcome, follow, run_now
    from toguna.work.store.queries import leases

__all__ = ["Consumer", "Lease", "Outcome", "follow", "leases", "run_now"]

__getattr__ = door(__name__, __file__)
