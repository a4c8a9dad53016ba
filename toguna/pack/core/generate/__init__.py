"""The demonstration's records, drawn from `plan.toml`: every margin exact, every person invented, the same each time."""

from toguna.pack.core.generate.draw import draw
from toguna.pack.core.generate.drawn import Closing, Delivery, Drawn, Filled, Ruling
from toguna.pack.core.generate.files import written
from toguna.pack.core.generate.plan import Plan, parse_plan

__all__ = ["Closing", "Delivery", "Drawn", "Filled", "Plan", "Ruling", "draw", "parse_plan", "written"]
