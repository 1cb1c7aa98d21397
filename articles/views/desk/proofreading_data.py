"""Findings of the proofreading aid as plain data, for the story's page and for the edit page's script."""

from __future__ import annotations

from typing import Any

from articles.checking import Checked, quote_of
from articles.duplicates import Similar
from articles.models import AcceptedFinding
from articles.proofreading.checks import CHECKS, Finding
from articles.versions.comparing import label_of
from newsroom import dates


def finding_as_data(finding: Finding) -> dict[str, Any]:
    """One finding with its place; `known_as` is what to send back with 'right so'."""
    check = CHECKS[finding.check]
    before, after = finding.slip.around
    return {
        **finding.where._asdict(),
        "check": finding.check,
        "name": str(check.name),
        "severity": check.severity.value,
        "severity_name": str(check.severity.label),
        "field_name": _field_name(finding),
        "text": finding.slip.text,
        "quote": finding.slip.quote,
        "before": before,
        "after": after,
        "known_as": quote_of(finding),
        "message": finding.slip.message,
        "suggestions": list(finding.slip.suggestions),
    }


def _field_name(finding: Finding) -> str:
    """What the field is called on the desk."""
    field = finding.where.field
    return label_of("pictures" if field in {"caption", "credit"} else field)


def checked_as_data(checked: Checked, similar: list[Similar]) -> dict[str, Any]:
    """The whole answer to one asking."""
    return {
        "findings": [finding_as_data(finding) for finding in checked.findings],
        "accepted": [_accepted_as_data(row) for row in checked.accepted],
        "similar": [_similar_as_data(found) for found in similar],
    }


def _accepted_as_data(row: AcceptedFinding) -> dict[str, Any]:
    return {
        "check": row.check_code,
        "name": row.name,
        "known_as": row.quote,
        "who": row.by_label,
        "at": dates.moment(row.at),
    }


def _similar_as_data(found: Similar) -> dict[str, Any]:
    story = found.article
    return {
        "headline": str(story),
        "address": story.get_absolute_url(),
        "state": story.state_label,
        "filed": dates.moment(story.created_at),
        "percent": found.percent,
    }
