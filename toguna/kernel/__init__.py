"""What every room stands on: problems, periods, instants, ids, canonical writing. Imports nothing of ours."""

from toguna.kernel import clock
from toguna.kernel.canonical import canonical_json, digest
from toguna.kernel.ids import as_slug, drawn_id, is_slug, new_id
from toguna.kernel.likeness import nearest
from toguna.kernel.periods import NotAPeriod, Period, parse_period
from toguna.kernel.problems import (
    LANGUAGES,
    Catalogue,
    Fault,
    Language,
    Place,
    Problem,
    Refused,
    Severity,
    errors,
)

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
