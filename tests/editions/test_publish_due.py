"""The clock: at the minute and not before, what is refused is named, and nothing is released twice."""

from __future__ import annotations

import datetime
import io

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import scheduling
from articles.models import Article, PublishedArticle
from articles.states import State
from editions import planning, publishing
from editions.models import Edition, PublishedEdition
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
MINUTE = datetime.datetime(2024, 3, 7, 5, 30, tzinfo=SHANGHAI)
BEFORE, AFTER = MINUTE - datetime.timedelta(seconds=1), MINUTE + datetime.timedelta(minutes=1)
FINAL = Role.EDITOR_IN_CHIEF


@pytest.fixture(autouse=True)
def the_evening_before():
    with time_machine.travel(datetime.datetime(2024, 3, 6, 20, 0, tzinfo=SHANGHAI), tick=False) as clock:
        yield clock


def run() -> list[str]:
    out = io.StringIO()
    call_command("publish_due", stdout=out)
    return out.getvalue().splitlines()


def edition_due(people, date=datetime.date(2024, 3, 7)) -> Edition:
    edition = house.open_edition(people, date, pages=1)
    house.place(edition, 1, house.story_in(State.SIGNED_OFF, people), people)
    return planning.set_release(edition.pk, MINUTE, acting_user=people[FINAL])


def story_due(people, **times) -> Article:
    story = house.story_in(State.SIGNED_OFF, people)
    times = {"embargo_until": None, "publish_at": MINUTE} | times
    return scheduling.set_release_times(story.pk, acting_user=people[FINAL], **times)


def test_an_edition_comes_out_at_its_minute(people, the_evening_before):
    edition = edition_due(people)
    the_evening_before.move_to(BEFORE)
    assert run() == []
    assert not PublishedEdition.objects.exists()
    the_evening_before.move_to(MINUTE)
    assert run() == [f"edition {edition}"]
    assert PublishedEdition.objects.get().published_at == MINUTE
    assert PublishedArticle.objects.get().published_at == MINUTE
    entry = AuditEntry.objects.about(edition).first()
    assert (entry.act, entry.actor_label) == ("edition.publish", "publish_due")


def test_a_story_comes_out_at_its_minute(people, the_evening_before):
    story = story_due(people)
    the_evening_before.move_to(BEFORE)
    assert run() == []
    the_evening_before.move_to(MINUTE)
    assert run() == [f"story {story.pk} {story}"]
    assert PublishedArticle.objects.get().published_at == MINUTE


def test_an_embargo_outlasts_the_schedule(people, the_evening_before):
    story_due(people, embargo_until=AFTER)
    the_evening_before.move_to(MINUTE)
    assert run() == []
    assert not PublishedArticle.objects.exists()
    the_evening_before.move_to(AFTER)
    assert len(run()) == 1


def test_a_second_run_has_nothing_to_do(people, the_evening_before):
    edition_due(people)
    story_due(people)
    the_evening_before.move_to(MINUTE)
    assert len(run()) == 2
    before = list(PublishedArticle.objects.values()), AuditEntry.objects.count()
    the_evening_before.move_to(AFTER)
    assert run() == []
    assert (list(PublishedArticle.objects.values()), AuditEntry.objects.count()) == before


def test_a_story_of_an_edition_whose_embargo_is_live_holds_the_edition_back(people, the_evening_before):
    edition = edition_due(people)
    story = Article.objects.get()
    scheduling.set_release_times(story.pk, embargo_until=AFTER, publish_at=None, acting_user=people[FINAL])
    the_evening_before.move_to(MINUTE)
    with pytest.raises(CommandError, match=str(edition)):
        run()
    assert not PublishedEdition.objects.exists()
    assert not PublishedArticle.objects.exists()
    the_evening_before.move_to(AFTER)
    assert run() == [f"edition {edition}"]


def test_what_is_refused_is_named_and_holds_up_nothing_else(people, the_evening_before, capsys):
    broken, sound = edition_due(people), edition_due(people, datetime.date(2024, 3, 8))
    tampered, story = story_due(people), story_due(people)
    planning.add_page(broken.pk, planning.PagePlan("2", "空版"), acting_user=people[FINAL])
    Article.objects.filter(pk=tampered.pk).update(subhead="未签")
    the_evening_before.move_to(MINUTE)
    with pytest.raises(CommandError) as refusal:
        run()
    assert refusal.value.returncode == 1
    lines = str(refusal.value).splitlines()
    assert [line.split(":")[0] for line in lines] == [f"edition {broken}", f"story {tampered.pk}"]
    assert PublishedEdition.objects.get().date == sound.date
    assert PublishedArticle.objects.filter(number=story.pk).exists()
    assert Article.objects.get(pk=tampered.pk).state == State.SIGNED_OFF
    assert Edition.objects.get(pk=broken.pk).is_open


def test_an_edition_without_a_minute_waits_for_a_person(people, the_evening_before):
    edition = edition_due(people)
    planning.set_release(edition.pk, None, acting_user=people[FINAL])
    the_evening_before.move_to(AFTER)
    assert run() == []
    assert not PublishedEdition.objects.exists()


def test_an_edition_whose_minute_was_cleared_meanwhile_waits(people, monkeypatch):
    """The list of what is due is read once; each edition is asked again when its turn comes."""
    now = timezone.now()
    for day in (7, 8):
        Edition.objects.filter(pk=edition_due(people, datetime.date(2024, 3, day)).pk).update(release_at=now)
    publish = publishing._publish

    def clear_the_other_and_publish(edition_id, **how):
        Edition.objects.exclude(pk=edition_id).update(release_at=None)
        return publish(edition_id, **how)

    monkeypatch.setattr(publishing, "_publish", clear_the_other_and_publish)
    released, refused = publishing.release_due_editions(now)
    assert (len(released), refused) == (1, [])
    assert Edition.objects.filter(state="published").count() == 1
