"""Releasing to press: everything that is printed is kept, and nothing on the pages changes any more."""

from __future__ import annotations

import pytest

from tests import press_house as press


@pytest.fixture
def edition(people):
    press.ask_for_signatures(people)
    return press.edition_of(
        people,
        press.story(people),
        press.story(
            people,
            headline="另一条",
            body="<p>" + "河水今晨涨了三十厘米，防汛人员已到现场值守，沿岸居民照常出行。" * 14 + "</p>",
        ),
    )


def test_try(people, edition):
    press.sign_all(edition, people)
    printing = press.press(edition, people)
    print(printing.findings)
    assert printing.files.count() == 14
    assert printing.pages.count() == 2
