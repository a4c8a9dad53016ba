"""All checks on one text in one run (design section 4): what may never go out, what is to be mended or waived, what to know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from toguna.kernel.api import Fault, Problem
from toguna.publish.core.checks import problems as fault
from toguna.publish.core.checks.bound import bound_sentences
from toguna.publish.core.checks.draft import Draft, Printed
from toguna.publish.core.checks.findings import Finding, Report, Waiver, with_waivers
from toguna.publish.core.checks.free_text import harmful_sentences
from toguna.publish.core.checks.hedges import hedge_faults
from toguna.publish.core.checks.loose import doubtful_texts, loose_numbers
from toguna.publish.core.checks.marks import draft_marks
from toguna.publish.core.checks.pack_words import PackWords
from toguna.publish.core.checks.photos import photos
from toguna.publish.core.checks.protection import protection
from toguna.publish.core.checks.relations import one_fact_twice, parts_and_totals
from toguna.publish.core.checks.stated import stated_numbers
from toguna.publish.core.checks.text import text_disagreements
from toguna.publish.core.checks.timing import missing_returns, outdated, outside_period, restated, stale, unprintable
from toguna.publish.core.checks.translated import translated
from toguna.publish.core.checks.withheld import withheld_figures

__all__ = ["CHECKS", "Draft", "Finding", "PackWords", "Printed", "Report", "Waiver", "check_draft"]

#: Every check, in the order of their weight.
CHECKS: tuple[Callable[[Draft], Iterator[Finding]], ...] = (
    withheld_figures,
    protection,
    photos,
    harmful_sentences,
    loose_numbers,
    unprintable,
    parts_and_totals,
    one_fact_twice,
    bound_sentences,
    hedge_faults,
    text_disagreements,
    translated,
    doubtful_texts,
    stated_numbers,
    outdated,
    stale,
    missing_returns,
    outside_period,
    restated,
    draft_marks,
)


def check_draft(
    draft: Draft,
    waivers: Mapping[str, Waiver] | None = None,
    syntax: tuple[Problem, ...] = (),
    released: frozenset[str] = frozenset(),
) -> Report:
    """Every finding on the text. `syntax` are the parser's problems; `waivers` and `released` are by the finding's key."""
    findings = [Finding(problem=problem, quote=problem.what()) for problem in syntax]
    findings += [_of_resolving(problem) for problem in draft.resolution.resolved.problems]
    for check in CHECKS:
        findings += check(draft)
    findings = list(_told_once(findings))
    return with_waivers(findings, waivers or {}, released)


def _told_once(findings: list[Finding]) -> Iterator[Finding]:
    """Without what the figure checker says of a line that a definition has judged already; mended, the line is checked again."""
    judged = {finding.problem.place.line for finding in findings if finding.problem.id in _JUDGED}
    for finding in findings:
        if finding.problem.id != fault.TEXT_DISAGREES.id or finding.problem.place.line not in judged:
            yield finding


_JUDGED = frozenset(
    each.id
    for each in (
        fault.PARTS,
        fault.TWO_VALUES,
        fault.TWO_SOURCES,
        fault.HEDGE_DROPPED,
        fault.HEDGE_WRONG,
        fault.ROUNDED,
        fault.ESTIMATE,
        fault.STATED_TWICE,
    )
)


def _of_resolving(problem: Problem) -> Finding:
    """A fault of a reference may be waived, one of the language may not."""
    if problem.id.startswith("publish."):
        return Finding(problem=problem, quote=problem.what())
    quote = str(problem.details.get("reference", problem.details.get("name", problem.what())))
    which: Fault = fault.LINK_UNRESOLVED
    told = which.at(problem.place, quote=quote, reason=problem.what("en"), reason_fr=problem.what("fr"))
    return Finding(problem=told, quote=problem.what())
