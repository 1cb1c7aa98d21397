"""Two at the same many stories: each story is moved once, whoever comes first, and a rehearsal moves none."""

from __future__ import annotations

import pytest

from articles.lists import bulk
from articles.lists import saved as saved_lists
from articles.lists.bulk import Deed, Order
from articles.models import Article, SavedList
from articles.states import State
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.concurrency.racing import meet_before_locking, race, race_from

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def say(how, deed: Deed, user, stories: list[Article]):
    seen = {story.pk: story.seen for story in stories}
    return lambda: how(Order(deed), stories, seen, acting_user=user)


def test_of_two_who_sign_the_same_stories_each_signs_what_the_other_did_not(people, monkeypatch):
    stories = [house.story_in(State.SUBMITTED, people) for _ in range(4)]
    second = house.make_person("second_editor", Role.SECTION_EDITOR)
    meet_before_locking(monkeypatch, 2)
    one, other = race(
        say(bulk.carry_out, Deed.SIGN, people[Role.SECTION_EDITOR], stories),
        say(bulk.carry_out, Deed.SIGN, second, stories[::-1]),
    )
    assert sum(outcome.is_done for outcome in [*one, *other]) == len(stories)
    assert [house.live_signatures(story).count() for story in stories] == [1] * len(stories)
    assert AuditEntry.objects.filter(act="story.sign").count() == len(stories)


def test_a_rehearsal_in_the_middle_of_the_deed_changes_nothing(people, monkeypatch):
    stories = [house.story_in(State.SUBMITTED, people) for _ in range(3)]
    second = house.make_person("second_editor", Role.SECTION_EDITOR)
    meet_before_locking(monkeypatch, 2)
    done, _foreseen = race(
        say(bulk.carry_out, Deed.SIGN, people[Role.SECTION_EDITOR], stories),
        say(bulk.foresee, Deed.SIGN, second, stories),
    )
    assert all(outcome.is_done for outcome in done)
    assert {house.live_signatures(story).get().signer for story in stories} == {people[Role.SECTION_EDITOR]}


def test_of_two_lists_that_are_one_too_many_one_is_refused(people, monkeypatch):
    user = people[Role.REPORTER]
    for number in range(saved_lists.MOST_LISTS - 1):
        saved_lists.save_list(f"第{number}个", "", acting_user=user)
    meet_before_locking(monkeypatch, 2)
    race(*(lambda name=name: saved_lists.save_list(name, "", acting_user=user) for name in ("甲", "乙")))
    assert SavedList.objects.filter(user=user).count() == saved_lists.MOST_LISTS


def test_a_list_that_is_deleted_while_somebody_opens_with_it_breaks_nothing(people, monkeypatch):
    reporter = people[Role.REPORTER]
    saved = saved_lists.save_list("夜班", "state=draft", acting_user=reporter)
    opened, _deleted = race_from(
        monkeypatch,
        "articles.lists.saved._choose",
        lambda: saved_lists.open_with(saved.pk, acting_user=reporter),
        lambda: saved_lists.delete_list(saved.pk, acting_user=reporter),
    )
    assert opened is None
    assert not SavedList.objects.exists()
    assert saved_lists.choice_of(reporter).opens_with_id is None
