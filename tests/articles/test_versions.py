"""The versions of a story: read by sittings, compared, restored, and thinned out when they are old."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.management import call_command

from articles import editing
from articles.editing import Sending
from articles.errors import NotAllowed, StaleVersion
from articles.models import Article, Revision
from articles.states import State, Verb
from articles.versions.sittings import sittings_of
from articles.versions.thinning import thin_versions
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, signed_in, text_of

NOW = datetime.datetime(2024, 3, 7, 20, 0, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def reporter(people):
    return people[Role.REPORTER]


def saves(story, user, *texts: str, by_itself: bool = True) -> None:
    for text in texts:
        version = Article.objects.get(pk=story.pk).version
        editing.save_story(story.pk, {"headline": text}, based_on=version, sending=Sending(by_itself), acting_user=user)


def numbers(story) -> list[int]:
    return list(story.revisions.order_by("number").values_list("number", flat=True))


# -- restoring


def test_a_version_is_restored_as_the_next_one(people, reporter):
    photo = house.make_photo(reporter)
    credits_ = [house.credit(reporter)]
    story = house.make_story(reporter, kicker="肩题", bylines=credits_, pictures=[editing.Picture(photo.pk, alt="灯")])
    editing.save_story(
        story.pk, {"kicker": "", "headline": "改"}, based_on=1, bylines=[], pictures=[], acting_user=reporter
    )
    restored = editing.restore_version(story.pk, 1, based_on=2, acting_user=reporter)
    assert (restored.version, restored.headline, restored.kicker) == (3, "城西夜市今晚开市", "肩题")
    contents = {r.number: r.content for r in Revision.objects.all()}
    assert contents[3] == contents[1] != contents[2]
    assert AuditEntry.objects.latest("pk").data == {"version": 3, "restored": 1}


def test_restoring_what_stands_changes_nothing(reporter):
    story = house.make_story(reporter)
    assert editing.restore_version(story.pk, 1, based_on=1, acting_user=reporter).version == 1
    assert Revision.objects.count() == 1


def test_nothing_is_restored_over_what_was_not_seen_or_by_whoever_may_not_edit(people, reporter):
    story = house.make_story(reporter)
    house.save(story, reporter, headline="二")
    house.save(story, reporter, headline="三")
    with pytest.raises(StaleVersion):
        editing.restore_version(story.pk, 1, based_on=2, acting_user=reporter)
    with pytest.raises(NotAllowed):
        editing.restore_version(story.pk, 1, based_on=3, acting_user=people[Role.SECTION_EDITOR])
    assert numbers(story) == [1, 2, 3]


def test_restoring_signed_copy_reopens_the_last_review(people):
    story = house.save(house.make_story(people[Role.REPORTER]), people[Role.REPORTER], headline="二")
    story = house.bring_to(story, State.SIGNED_OFF, people)
    restored = editing.restore_version(story.pk, 1, based_on=2, acting_user=people[Role.SECTION_EDITOR])
    assert restored.state == State.IN_REVIEW


def test_a_version_is_restored_from_its_page(people, reporter):
    story = house.make_story(reporter)
    house.save(story, reporter, headline="改坏的标题")
    client = signed_in(reporter)
    page = client.get(f"{DESK}/stories/{story.pk}/versions/1/")
    assert "Restore this version" in text_of(page)
    assert "Restore this version" not in text_of(client.get(f"{DESK}/stories/{story.pk}/versions/2/"))
    stale = client.post(f"{DESK}/stories/{story.pk}/versions/1/restore/", {"based_on": "1"}, follow=True)
    assert "Meanwhile this story has changed" in text_of(stale)
    done = client.post(f"{DESK}/stories/{story.pk}/versions/1/restore/", {"based_on": "2"}, follow=True)
    assert "Version 1 is restored as version 3." in text_of(done)
    assert Article.objects.get().headline == "城西夜市今晚开市"


def test_whoever_sees_no_past_restores_none(people):
    story = house.story_in(State.SIGNED_OFF, people)
    designer = signed_in(people[Role.PAGE_DESIGNER])
    assert designer.post(f"{DESK}/stories/{story.pk}/versions/1/restore/", {"based_on": "1"}).status_code == 404
    chief = signed_in(people[Role.DESK_CHIEF])
    assert chief.post(f"{DESK}/stories/{story.pk}/versions/77/restore/", {"based_on": "1"}).status_code == 404


# -- sittings


def test_versions_are_listed_by_sittings(people, reporter):
    second = house.make_person("second_reporter", Role.REPORTER)
    with time_machine.travel(NOW, tick=False) as clock:
        story = house.make_story(reporter, bylines=[house.credit(reporter), house.credit(second)])
        for text in ("二", "三"):
            clock.shift(9 * MINUTE)
            saves(story, reporter, text)
        clock.shift(MINUTE)
        saves(story, second, "四")
        clock.shift(10 * MINUTE)
        saves(story, second, "五")
        page = text_of(signed_in(reporter).get(f"{DESK}/stories/{story.pk}/"))
    found = sittings_of(story.revisions.all())
    assert [(s.last.number, [r.number for r in s.others]) for s in found] == [(5, []), (4, []), (3, [2, 1])]
    assert "2 versions on the way" in page
    assert page.count("saved by itself") == 4


def test_the_trail_lists_what_people_did(reporter):
    story = house.make_story(reporter)
    saves(story, reporter, "二", "三")
    saves(story, reporter, "四", by_itself=False)
    page = text_of(signed_in(reporter).get(f"{DESK}/stories/{story.pk}/"))
    trail = page[page.index('class="trail"') :]
    assert trail.count("edited") == 1
    assert AuditEntry.objects.about(story).count() == 4


# -- thinning


def test_old_versions_that_saved_themselves_go_and_whatever_is_referred_to_stays(people, reporter):
    with time_machine.travel(NOW, tick=False) as clock:
        story = house.make_story(reporter)  # 1: a person's
        saves(story, reporter, "二", "三", "四")
        house.act(story, Verb.SUBMIT, reporter)  # names version 4
        house.act(story, Verb.RECALL, reporter)
        saves(story, reporter, "五", "六")
        saves(story, reporter, "七", by_itself=False)
        clock.shift(datetime.timedelta(hours=1))
        saves(story, reporter, "八", "九")  # 9 is the last of its sitting
        clock.shift(datetime.timedelta(days=20))
        saves(story, reporter, "十", "十一")  # not old
        assert thin_versions(NOW + datetime.timedelta(days=10)) == 5
        assert numbers(story) == [1, 4, 7, 9, 10, 11]
        assert thin_versions(NOW + datetime.timedelta(days=10)) == 0


def test_what_is_signed_and_what_readers_see_stays(people, reporter):
    story = house.make_story(reporter)
    saves(story, reporter, "二", "三")
    house.bring_to(Article.objects.get(), State.PUBLISHED, people)
    saves(story, people[Role.SECTION_EDITOR], "四", by_itself=False)
    Revision.objects.update(autosaved=True, author=reporter, author_label="同一个人")
    thin_versions(NOW.replace(year=2100))
    assert {3, 4} <= set(numbers(story))
    assert 2 not in numbers(story)


def test_the_command_keeps_all_of_the_last_days(reporter, capsys):
    story = house.make_story(reporter)
    saves(story, reporter, "二", "三")
    call_command("thin_versions")
    assert numbers(story) == [1, 2, 3]
    with time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=15)):
        call_command("thin_versions")
    assert numbers(story) == [1, 3]
    assert "1 versions taken away" in capsys.readouterr().out
