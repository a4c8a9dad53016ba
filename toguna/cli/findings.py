"""The findings on a text, printed for a reader or for a machine."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from toguna.cli.printing import print_rows
from toguna.cli.words import said
from toguna.publish.api import Compiled
from toguna.publish.core.checks import Finding


def print_findings(compiled: Compiled, arguments: argparse.Namespace) -> None:
    """Each finding with its weight and key, then their number; rows when a machine format is asked."""
    report, language = compiled.report, arguments.language
    if arguments.format != "table":
        print_rows([_finding_row(finding, language) for finding in report.findings], arguments.format)
        return
    for finding in report.findings:
        by = finding.waiver
        waived = said("waived_by", language, by=by.name, reason=by.reason) if by else ""
        waived += said("released_by_both", language) if finding.released else ""
        print(f"{finding.weight:9}  {finding.key}  {finding.problem.written(language)}{waived}")
    warnings = sum(finding.weight == "warning" for finding in report.findings)
    stopping = len(report.stopping)
    print(said("findings_told", language, stopping=stopping, waived=len(report.waived), warnings=warnings))


def _finding_row(finding: Finding, language: Any) -> Mapping[str, Any]:
    return {
        **finding.problem.as_json(language),
        "key": finding.key,
        "weight": finding.weight,
        "released": finding.released,
        "waived_by": finding.waiver.name if finding.waiver else None,
    }
