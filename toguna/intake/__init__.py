"""What partners send, in whatever shape: kept as it came, understood through a mapping, looked at, taken in or sent back."""
