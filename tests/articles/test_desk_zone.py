"""No time on the desk stands without its zone: one line for all that are shown, a word beside each that is typed."""

import re

import pytest

from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, signed_in, text_of


@pytest.mark.parametrize(
    "place", "/ /stories/ /stories/lists/ /stories/{story}/ /photos/{photo}/ /editions/ /duty/".split()
)
@pytest.mark.parametrize("desk", ["/desk", DESK])
def test_every_page_says_in_which_zone_its_times_are(people, place, desk):
    story, photo = house.make_story(people[Role.REPORTER]), house.make_photo(people[Role.REPORTER])
    page = text_of(signed_in(people[Role.REPORTER]).get(f"{desk}{place.format(story=story.pk, photo=photo.pk)}"))
    assert "(UTC+8)" in re.search(r'<footer class="foot">(.*?)</footer>', page, re.S)[1].replace("（UTC+8）", "(UTC+8)")
    # One name for one zone.
    assert "Shanghai" not in re.sub("<[^>]*>", "", page)


def test_every_time_that_is_typed_says_its_zone(people):
    reporter, chief = signed_in(people[Role.REPORTER]), signed_in(people[Role.EDITOR_IN_CHIEF])
    story, photo = house.make_story(people[Role.REPORTER]), house.make_photo(people[Role.REPORTER])
    edition = house.open_edition(people)
    pages = [
        text_of(reporter.get(f"{DESK}/stories/{story.pk}/")),
        text_of(reporter.get(f"{DESK}/photos/{photo.pk}/")),
        text_of(chief.get(f"{DESK}/editions/{edition.pk}/")),
        text_of(chief.get(f"{DESK}/duty/")),
        text_of(reporter.post(f"{DESK}/stories/bulk/", {"deed": "embargo", "story": [f"{story.pk}:{story.seen}"]})),
    ]
    for page in pages:
        fields = re.findall(r'type="datetime-local"', page)
        assert len(fields) == page.count('<small class="zone">Beijing time (UTC+8)</small>') > 0
