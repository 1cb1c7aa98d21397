"""Two reporters on one story."""

from __future__ import annotations

import pytest

from articles import editing
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.articles.saving.sending import BODY


@pytest.fixture
def reporter(people):
    return people[Role.REPORTER]


@pytest.fixture
def second(people):
    """A second reporter, who stands in the byline and so may write too."""
    return house.make_person("second_reporter", Role.REPORTER)


@pytest.fixture
def story(reporter, second):
    return house.make_story(
        reporter,
        body=BODY,
        bylines=[house.credit(reporter), house.credit(second)],
        pictures=[editing.Picture(house.make_photo(reporter).pk)],
    )
