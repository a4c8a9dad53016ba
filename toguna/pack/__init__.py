"""Operation packs: a folder of text made into an instance, the demonstration's records, the ledger of printed numbers."""
