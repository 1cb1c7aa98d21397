"""What a browser never answers is not waited for without end."""

from __future__ import annotations

import threading

import pytest
from playwright.sync_api import Error

from tests.browser.conftest import MARK, end_browsers

NEVER = "new Promise(() => {})"


def test_a_browser_that_is_ended_answers_at_once_and_another_one_follows(chromium):
    page = chromium.new_context().new_page()
    threading.Timer(0.2, end_browsers, [MARK]).start()
    with pytest.raises(Error, match="closed"):
        page.evaluate(NEVER)
    context = chromium.new_context()
    assert context.new_page().evaluate("1 + 1") == 2
    context.close()
