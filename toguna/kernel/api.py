"""What every room stands on: problems, periods, instants, ids, canonical writing. Imports nothing of ours."""

from toguna.kernel.core import clock
from toguna.kernel.core.canonical import canonical_json, digest
from toguna.kernel.core.ids import as_slug, drawn_id, is_slug, new_id
from toguna.kernel.core.likeness import nearest
from toguna.kernel.core.periods import NotAPeriod, Period, parse_period
from toguna.kernel.core.problems import LANGUAGES, Catalogue, Fault, Language, Place, Problem, Refused, Severity, errors

__all__ = [
    "LANGUAGES",
    "Catalogue",
    "Fault",
    "Language",
    "NotAPeriod",
    "Period",
    "Place",
    "Problem",
    "Refused",
    "Severity",
    "as_slug",
    "canonical_json",
    "clock",
    "digest",
    "drawn_id",
    "errors",
    "is_slug",
    "nearest",
    "new_id",
    "parse_period",
]
