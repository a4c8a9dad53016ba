"""Toguna: from the field record to the published update, with every figure accounted for."""

__version__ = "0.1.0"
