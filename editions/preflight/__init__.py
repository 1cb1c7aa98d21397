"""The last look before press (付印): what is wrong with an edition, each finding with where it is. Pure.

A check looks at the whole edition as data (`Dossier`) and yields findings; `CHECKS` is the table of them all.
What is blocking has to be mended before the edition goes to press; a warning is read and taken on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from editions.preflight import fitting, furniture, release, stories
from editions.preflight.dossier import Dossier
from editions.preflight.findings import Finding, Findings, Severity

CHECKS: tuple[Callable[[Dossier], Findings], ...] = (
    furniture.check_series,
    furniture.check_date,
    furniture.check_empty,
    furniture.check_page_count,
    furniture.check_labels,
    furniture.check_cn_number,
    stories.check_turns,
    stories.check_twice,
    stories.check_photos_twice,
    stories.check_credits,
    stories.check_advertising,
    release.check_copy,
    release.check_embargoes,
    release.check_rights,
    release.check_remarks,
    fitting.check_overset,
    fitting.check_holes,
    fitting.check_open_areas,
    fitting.check_glyphs,
    fitting.check_resolution,
    release.check_marks,
    release.check_proofs,
    release.check_signatures,
)


def preflight(dossier: Dossier) -> list[Finding]:
    """Everything that is wrong with the edition: the blocking findings first, each kind as the checks stand."""
    found = [finding for check in CHECKS for finding in check(dossier)]
    return sorted(found, key=lambda finding: finding.severity != Severity.BLOCKING)


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Those that stop the release to press."""
    return [finding for finding in findings if finding.severity == Severity.BLOCKING]
