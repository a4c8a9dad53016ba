"""Who follows the journal: each consumer's lease, attempts, last error and next time."""
