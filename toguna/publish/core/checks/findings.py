"""A finding of the checks: its fault, the words it is about, whether it may be waived, and by which name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from toguna.kernel.api import Problem, digest
from toguna.publish.core.checks import problems as fault

#: ``barred`` cannot be waived; ``clearance`` is lifted by a named person's clearance of its paragraph, without which nothing is issued; ``waivable`` is to be mended, or waived by a named person with a reason; ``broken`` is not the update's language;
#: a ``warning`` is told and does not stop an issue.
Weight = Literal["barred", "clearance", "waivable", "broken", "warning"]

#: Unwaivable, design section 4: what could harm somebody.
BARRED = frozenset(
    each.id
    for each in (
        fault.WITHHELD_PRINTED,
        fault.OUTSIDE_PLAN,
        fault.WITHHELD_DERIVABLE,
        fault.REGISTRATION_NUMBER,
        fault.TELEPHONE,
        fault.COORDINATES,
        fault.PERSONAL_EMAIL,
        fault.PROTECTION_TERM,
        fault.SURVIVORS_DATED,
        fault.PICTURE_METADATA,
        fault.PHOTO_CONSENT,
        fault.FEW_HARMED,
        fault.SHARE_OF_HARMED,
        fault.ONLY_HARMED,
        fault.SHELTER_PLACED,
        fault.HOSTAGE_DESCRIBED,
        fault.PAYMENT_ANNOUNCED,
    )
)
#: Barred by what the sentence says: the protection officer and the Representative may release it together.
RELEASABLE = frozenset(
    each.id
    for each in (
        fault.SURVIVORS_DATED,
        fault.FEW_HARMED,
        fault.SHARE_OF_HARMED,
        fault.ONLY_HARMED,
        fault.SHELTER_PLACED,
        fault.HOSTAGE_DESCRIBED,
        fault.PAYMENT_ANNOUNCED,
    )
)
#: The topic for which a paragraph must be cleared.
CLEARED_FOR: Mapping[str, Literal["protection", "security"]] = {
    fault.SECURITY_EVENT.id: "security",
    fault.HARM_TOTAL.id: "protection",
}
#: Bindings that cannot stand: like the faults of the language they cannot be waived.
_REFUSED = frozenset(each.id for each in (fault.TEXT_SUSPECT, fault.STATED_SOURCE))


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """Somebody's reason to print in spite of a finding."""

    finding: str
    name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    problem: Problem
    #: The words that it is about; with the fault they name the finding, wherever its line moves to.
    quote: str = ""
    waiver: Waiver | None = None
    #: Of a barred sentence: released by the two persons who may, together.
    released: bool = False

    @property
    def key(self) -> str:
        """Ten letters by which a waiver names this finding."""
        return digest([self.problem.id, self.problem.place.file or "", self.quote])[:10]

    @property
    def weight(self) -> Weight:
        if self.problem.id in BARRED:
            return "barred"
        if self.problem.id in CLEARED_FOR:
            return "clearance"
        if self.problem.id in _REFUSED:
            return "broken"
        if not self.problem.is_error:
            return "warning"
        return "waivable" if self.problem.id.startswith(f"{fault.FAULTS.room}.") else "broken"

    @property
    def stops(self) -> bool:
        """Whether an update with this finding cannot be issued."""
        if self.weight == "barred":
            return not self.released
        return self.weight == "broken" or (self.weight == "waivable" and self.waiver is None)


@dataclass(frozen=True, kw_only=True)
class Report:
    """All findings of one text, in the order of its lines."""

    findings: tuple[Finding, ...]

    @property
    def stopping(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.stops)

    @property
    def waived(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.waiver is not None)


def with_waivers(
    findings: list[Finding], waivers: Mapping[str, Waiver], released: frozenset[str] = frozenset()
) -> Report:
    """The findings in order, each once, with its waiver or its release where it may have one."""
    ordered = sorted(
        {(each.key, each.problem.place.line): each for each in findings}.values(),
        key=lambda each: (each.problem.place.line or 0, each.problem.id, each.quote),
    )
    return Report(
        findings=tuple(
            Finding(problem=each.problem, quote=each.quote, waiver=waivers.get(each.key))
            if each.weight == "waivable"
            else replace(each, released=each.key in released and each.problem.id in RELEASABLE)
            for each in ordered
        )
    )
