"""The instance of the past, for tests of this room too."""

from tests.past.conftest import past, past_home

__all__ = ["past", "past_home"]
