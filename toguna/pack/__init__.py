"""Operation packs: a folder of text made into an instance, the demonstration's records, the ledger of printed numbers."""

from toguna.pack.new import Made, new
from toguna.pack.reading import Pack, read_pack

__all__ = ["Made", "Pack", "new", "read_pack"]
