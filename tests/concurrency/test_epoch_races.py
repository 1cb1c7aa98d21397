"""Two who take something away at once: the link of the web server leads somewhere new, and nothing of either stays."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from django.core.files.storage import storages

from articles import purging
from articles.editing import Picture
from articles.models import Purge, WithdrawnArticle
from articles.states import State, Verb
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.concurrency.racing import meet_at, race, refusals


def epochs() -> list[Path]:
    return list(Path(storages["public"].path("")).glob("epoch-*"))


def link() -> Path:
    return Path(storages["public"].path("epoch"))


def test_of_two_who_renew_the_link_neither_fails_and_it_leads_to_the_one_that_is_there(monkeypatch):
    meet_at(monkeypatch, 2, "articles.purging._alone_in")
    assert refusals(race(purging._renew_epoch, purging._renew_epoch)) == []
    assert [link().resolve()] == epochs()


def test_without_the_lock_one_removes_where_the_other_has_led_it(monkeypatch):
    monkeypatch.setattr(purging, "_alone_in", lambda _folder: nullcontext())
    meet_at(monkeypatch, 2, "articles.purging._remove_others")
    failed = refusals(race(purging._renew_epoch, purging._renew_epoch))
    assert failed == [FileNotFoundError] or not link().is_dir()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_that_are_withdrawn_at_once_nothing_can_be_read_any_more(people, monkeypatch):
    photos = [house.make_photo(people[Role.PHOTOGRAPHER]) for _ in range(2)]
    stories = [house.story_in(State.PUBLISHED, people, pictures=[Picture(photo.pk)]) for photo in photos]
    meet_at(monkeypatch, 2, "articles.purging._clear")

    def withdraws(story):
        return lambda: house.act(story, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")

    assert refusals(race(*map(withdraws, stories))) == []
    assert WithdrawnArticle.objects.count() == 2
    assert not [path for path in Path(storages["public"].path("photos")).rglob("*") if path.is_file()]
    assert [link().resolve()] == epochs()
    assert not Purge.objects.exists()
