"""Entities: versions folded from submissions, conflicts, what waits; read as known at any sequence."""
