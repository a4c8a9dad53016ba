"""YAML to indicators. In: texts by file name, and the tables they may be taken from; out: checked indicators, and every fault at once."""

from toguna.figures.core.reading.indicators import read_indicators

__all__ = ["read_indicators"]
