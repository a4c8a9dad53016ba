"""The append-only, hash-chained log of acts; also the only queue: consumers keep the last sequence they have dealt with."""
