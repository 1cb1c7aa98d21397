"""A special that is changed while a story of it becomes public: readers find the story there in any case."""

from __future__ import annotations

import pytest

from articles import specials
from articles.models import PublishedSpecialStory
from articles.publishing import act_on_story
from articles.specials import Place
from articles.states import State, Verb
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.concurrency.racing import race, refusals

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
WORDS = {"name": "汛期", "slug": "flood", "introduction": "", "on_home": False}


@pytest.fixture
def chief(people):
    return people[Role.EDITOR_IN_CHIEF]


@pytest.fixture
def special(people, chief):
    first = house.story_in(State.PUBLISHED, people)
    special = specials.make_special(WORDS, acting_user=chief)
    special = specials.save_special(special.pk, WORDS, [Place(first.pk)], based_on=special.version, acting_user=chief)
    return specials.show_special(special.pk, based_on=special.version, acting_user=chief)


def published_while_added(special, people, chief) -> list:
    """Many stories, each of them published while it is put into the special."""
    stories = [house.story_in(State.SIGNED_OFF, people) for _n in range(6)]
    runs = []
    for story in stories:
        runs.append(lambda s=story: act_on_story(s.pk, Verb.PUBLISH, seen=s.seen, acting_user=chief))
        runs.append(lambda s=story: specials.add_story(special.pk, s.pk, acting_user=chief))
    assert refusals(race(*runs)) == []
    shown = set(PublishedSpecialStory.objects.values_list("article__number", flat=True))
    return [story.pk for story in stories if story.pk not in shown]


def test_a_story_that_is_published_while_it_is_put_into_a_special_stands_there(special, people, chief):
    for _round in range(4):
        assert published_while_added(special, people, chief) == []
