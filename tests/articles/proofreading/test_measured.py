"""The figures of `docs/proofreading.md`, in short: few false alarms on clean copy, planted slips found."""

from __future__ import annotations

import os

import pytest

from articles.proofreading.checks import CHECKS
from scripts import measure_proofreading as measuring
from scripts.planted_slips import PLANTERS


@pytest.fixture(scope="module")
def clean():
    return measuring.clean_copy()


def test_clean_copy_raises_fewer_than_two_alarms_in_ten_thousand_characters(clean):
    demo = [text for text in clean if text.source == "demo"]
    on = [finding for finding in measuring.alarms(demo) if CHECKS[finding.check].is_on]
    assert len(on) / sum(text.characters for text in demo) * 10_000 < 2, [f.slip.quote for f in on]


@pytest.mark.skipif("NEWSROOM_PAGES" not in os.environ, reason="NEWSROOM_PAGES names no folder of pages")
def test_on_printed_pages_only_what_was_printed_wrong_is_found(clean):
    """Half-width commas, and spaces where the page lost a character: nothing else was wrong with them."""
    texts = [text for text in clean if text.source != "demo"]
    assert {(f.check, f.slip.text) for f in measuring.alarms(texts)} <= {("half_width", ","), ("spaces", " ")}


@pytest.mark.parametrize("check", CHECKS)
def test_nine_planted_slips_in_ten_are_found(clean, check):
    copies = [text.copy for text in clean if text.copy.running and text.is_held_out]
    found, planted = measuring.recall(check, copies, 40)
    assert planted == 40
    assert found >= 0.9 * planted if check != "doubled_characters" else found >= 0.8 * planted


def test_every_check_is_measured():
    assert set(PLANTERS) == set(CHECKS)
