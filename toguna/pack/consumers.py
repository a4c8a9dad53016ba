"""What follows the journal, where the rooms above look for it."""

from toguna.figures.consumers import catch_up, consumers

__all__ = ["catch_up", "consumers"]
