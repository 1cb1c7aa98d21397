"""What is taken away from readers goes at once, and by the clock where that failed; pages of before have no name."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.editing import Picture
from articles.models import PublishedPhoto, Purge
from articles.models.purge import Receiver
from articles.states import State, Verb
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

pytestmark = pytest.mark.django_db(transaction=True)
LATER = datetime.timedelta(minutes=1)


def published(people):
    photo = house.make_photo(people[Role.PHOTOGRAPHER])
    return house.story_in(State.PUBLISHED, people, pictures=[Picture(photo.pk)])


def withdraw(story, people):
    house.act(story, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")


def pictures() -> set[Path]:
    return {path for path in Path(storages["public"].path("photos")).rglob("*") if path.is_file()}


def epoch() -> Path:
    return Path(storages["public"].path("epoch")).resolve()


def stuck(address: str) -> Path:
    """Something in the place of the file that cannot be deleted as one; what has to go first."""
    path = Path(storages["public"].path(address.removeprefix(storages["public"].url(""))))
    path.unlink()
    path.mkdir()
    (path / "held").touch()
    return path / "held"


def test_what_is_withdrawn_is_cleared_away_at_once(people):
    story = published(people)
    call_command("publish_due")
    before = epoch()
    assert pictures()
    withdraw(story, people)
    assert not pictures()
    assert epoch() != before
    assert epoch().is_dir()
    assert not Purge.objects.exists()


def test_what_could_not_be_cleared_away_fails_no_act_and_is_done_by_the_clock(people, client, settings):
    settings.CDN_PURGE_URL = "http://127.0.0.1:1/"
    settings.SITE_ADDRESS = "https://paper.example"
    story = published(people)
    shown = PublishedPhoto.objects.get()
    in_the_way, before = stuck(shown.large), epoch()
    Purge.objects.all().delete()
    withdraw(story, people)
    assert client.get(f"/stories/{story.pk}/").status_code == 410
    # The others go, and pages of before have no name any more.
    assert pictures() == {in_the_way}
    assert epoch() != before
    with time_machine.travel(timezone.now() + LATER, tick=False) as now:
        with pytest.raises(CommandError, match="purge"):
            call_command("publish_due")
        in_the_way.unlink()
        Purge.objects.filter(receiver=Receiver.CDN).delete()
        now.shift(LATER)
        call_command("publish_due")
    assert not pictures()
    assert not Path(storages["public"].path(shown.large.removeprefix(storages["public"].url("")))).exists()
    # A CDN that was told at once may have fetched the file again.
    order = Purge.objects.get()
    assert (order.receiver, order.keys) == ("cdn", [])
    assert shown.large in order.files


def test_whoever_dies_after_the_act_leaves_it_to_the_clock(people, monkeypatch):
    story = published(people)
    with monkeypatch.context() as cut_off:
        cut_off.setattr("articles.purging._clear_at_once", lambda _purge: None)
        withdraw(story, people)
    assert pictures()
    with time_machine.travel(timezone.now() + LATER, tick=False):
        call_command("publish_due")
    assert not pictures()
    assert not Purge.objects.exists()
