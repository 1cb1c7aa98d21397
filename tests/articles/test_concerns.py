"""What is open about a story is asked once, wherever the act comes from, and done knowingly then."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.utils import timezone

from articles import presence, remarks
from articles.models import Article, ArticlePhoto, PublishedArticle
from articles.publishing import release_due_stories
from articles.scheduling import set_release_times
from articles.states import State
from newsroom.dates import clock_time, moment
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, fields_of, signed_in, text_of

GRAVE = "<p>城西夜市今晚开市，，明晚不开。</p>"
ADMIN = "/en/admin/articles/article/"


def now(story) -> Article:
    return Article.objects.get(pk=story.pk)


def say(client, story, verb, **more):
    return client.post(f"{DESK}/stories/{story.pk}/act/", {"verb": verb, "seen": now(story).seen} | more)


def last_entry(story) -> AuditEntry:
    return AuditEntry.objects.about(story).first()


@pytest.fixture
def chief(people):
    return signed_in(people[Role.EDITOR_IN_CHIEF])


@pytest.fixture
def signed_off(people):
    """A story that is signed off, with a grave finding and two open remarks."""
    story = house.story_in(State.SIGNED_OFF, people, body=GRAVE)
    for words in ("今晚", "明晚"):
        house.remark(story, people[Role.EDITOR_IN_CHIEF], words, f"查一查{words}")
    return story


def test_publishing_names_what_is_open_and_is_done_at_the_second_press(chief, signed_off):
    trail = AuditEntry.objects.count()
    asked = say(chief, signed_off, "publish")
    page = text_of(asked)
    assert "Publish on the web all the same?" in page
    assert "2 remarks are open." in page
    assert "The proofreading aid has 1 open finding in it. It is grave." in page
    assert "查一查明晚" in page
    assert (now(signed_off).state, AuditEntry.objects.count()) == (State.SIGNED_OFF, trail)
    assert not PublishedArticle.objects.exists()
    address = f"{DESK}/stories/{signed_off.pk}/act/"
    assert chief.post(address, fields_of(asked, "submit-form")).status_code == 302
    assert PublishedArticle.objects.filter(number=signed_off.pk).exists()
    assert last_entry(signed_off).data["knowing"] == {"remarks": 2, "findings": 1, "grave": 1}
    told = text_of(chief.get(f"{DESK}/stories/{signed_off.pk}/"))
    assert "Open then: 2 remarks are open. The proofreading aid has 1 open finding in it. It is grave." in told


def test_where_nothing_is_open_the_trail_says_nothing_of_it(chief, people):
    story = house.story_in(State.SIGNED_OFF, people)
    assert say(chief, story, "publish", all_the_same="1").status_code == 302
    assert "knowing" not in last_entry(story).data


def test_who_submits_and_who_signs_read_that_a_photo_may_not_be_used_any_more(people):
    photo = house.make_photo(people[Role.REPORTER], rights_expire_on="2024-03-01")
    story = house.make_story(people[Role.REPORTER])
    ArticlePhoto.objects.create(article=story, photo=photo, order=0)
    for verb, role in (("submit", Role.REPORTER), ("sign", Role.SECTION_EDITOR)):
        client, state = signed_in(people[role]), now(story).state
        asked = say(client, story, verb)
        assert "1 photo may not be used any more: its rights have expired." in text_of(asked)
        assert now(story).state == state
        client.post(f"{DESK}/stories/{story.pk}/act/", fields_of(asked, "submit-form"))
        assert now(story).state != state
        assert last_entry(story).data["knowing"]["expired"] == 1


def test_what_is_settled_is_not_asked_about(chief, people):
    story = house.story_in(State.SIGNED_OFF, people)
    remark = house.remark(story, people[Role.EDITOR_IN_CHIEF], "今晚")
    remarks.settle_remark(remark.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    assert say(chief, story, "publish").status_code == 302
    assert now(story).state == State.PUBLISHED


def test_a_time_of_publication_for_a_signed_story_is_asked_about_once(chief, signed_off):
    address = f"{DESK}/stories/{signed_off.pk}/times/"
    asked = chief.post(address, {"publish_at": "2030-01-02T06:00", "embargo_until": ""})
    assert "Set the times all the same?" in text_of(asked)
    assert now(signed_off).publish_at is None
    assert chief.post(address, fields_of(asked, "submit-form")).status_code == 302
    assert now(signed_off).publish_at == datetime.datetime(2030, 1, 1, 22, 0, tzinfo=datetime.UTC)
    assert last_entry(signed_off).data["knowing"]["remarks"] == 2
    # The time that stands is no new one, and an embargo publishes nothing.
    times = {"publish_at": "2030-01-02T06:00", "embargo_until": "2030-01-01T06:00"}
    kept = chief.post(address, times | {"seen": now(signed_off).times_seen})
    assert kept.status_code == 302


def test_who_signs_last_reads_that_the_time_of_the_story_is_past(chief, people):
    """A signature before the last one publishes nothing, and neither does one before the time has come."""
    story, early = (house.make_story(people[Role.REPORTER]) for _ in range(2))
    at = timezone.now() + datetime.timedelta(hours=1)
    for one, time in ((story, at), (early, at + datetime.timedelta(days=2))):
        set_release_times(one.pk, embargo_until=None, publish_at=time, acting_user=people[Role.REPORTER])
        house.act(one, "submit", people[Role.REPORTER])
    with time_machine.travel(at + datetime.timedelta(minutes=30)):
        for role in (Role.SECTION_EDITOR, Role.DESK_CHIEF):
            assert say(signed_in(people[role]), story, "sign").status_code == 302
            assert say(signed_in(people[role]), early, "sign").status_code == 302
        assert say(signed_in(people[Role.EDITOR_IN_CHIEF]), early, "sign").status_code == 302
        last = signed_in(people[Role.EDITOR_IN_CHIEF])
        asked = say(last, story, "sign")
        assert f"It comes out at once: its time, {clock_time(at)}, is past." in text_of(asked)
        assert now(story).state == State.IN_REVIEW
        assert last.post(f"{DESK}/stories/{story.pk}/act/", fields_of(asked, "submit-form")).status_code == 302
        assert last_entry(story).data["knowing"] == {"at_once": at.isoformat()}
        assert f"its time was past: {moment(at)}" in last_entry(story).details
        release_due_stories(timezone.now())
        assert [now(story).state, now(early).state] == [State.PUBLISHED, State.SIGNED_OFF]


def test_before_it_is_signed_off_a_time_is_not_asked_about(people):
    story = house.story_in(State.SUBMITTED, people, body=GRAVE)
    client = signed_in(people[Role.SECTION_EDITOR])
    posted = {"publish_at": "2030-01-02T06:00", "embargo_until": ""}
    assert client.post(f"{DESK}/stories/{story.pk}/times/", posted).status_code == 302


@pytest.mark.parametrize("deed", ["publish", "schedule"])
def test_a_list_says_beforehand_what_is_open_and_does_only_what_is_ticked(chief, people, signed_off, deed):
    clean = house.story_in(State.SIGNED_OFF, people)
    stories = [f"{story.pk}:{now(story).seen}" for story in (clean, signed_off)]
    posted = {"deed": deed, "story": stories, "moment": "2030-01-02T06:00"}
    page = text_of(chief.post(f"{DESK}/stories/bulk/", posted))
    happens, _head, in_question = page.partition("Something is open in these")
    assert f"/stories/{clean.pk}/" in happens
    assert f"/stories/{signed_off.pk}/" in in_question
    assert "2 remarks are open." in in_question

    def is_done(story) -> bool:
        return now(story).publish_at is not None or now(story).is_public

    unticked = chief.post(f"{DESK}/stories/bulk/", posted | {"confirmed": "1"})
    assert (is_done(clean), is_done(signed_off)) == (True, False)
    assert "2 remarks are open." in text_of(unticked)
    ticked = posted | {"story": stories[1:], "confirmed": "1", "all_the_same": [signed_off.pk]}
    assert chief.post(f"{DESK}/stories/bulk/", ticked).status_code == 302
    assert is_done(signed_off)
    assert last_entry(signed_off).data["knowing"]["grave"] == 1


def test_the_admin_asks_the_same_by_button_and_for_many(chief, people, signed_off):
    address = f"{ADMIN}{signed_off.pk}/act-publish/"
    asked = text_of(chief.post(address, {"seen": now(signed_off).seen}))
    assert "2 remarks are open." in asked
    assert 'value="Publish on the web all the same"' in asked
    chosen = {"action": "publish", "_selected_action": [signed_off.pk], "seen": f"{signed_off.pk}:{signed_off.seen}"}
    assert "2 remarks are open." in text_of(chief.post(ADMIN, chosen))
    assert now(signed_off).state == State.SIGNED_OFF
    chief.post(ADMIN, chosen | {"all_the_same": [signed_off.pk]})
    assert now(signed_off).state == State.PUBLISHED
    assert last_entry(signed_off).data["knowing"]["remarks"] == 2


# -- who is writing


def test_a_recall_names_who_is_writing_and_goes_through_at_the_second_press(people):
    story = house.story_in(State.SUBMITTED, people)
    presence.note_presence(story, place="body:1", acting_user=people[Role.SECTION_EDITOR])
    reporter = signed_in(people[Role.REPORTER])
    asked = say(reporter, story, "recall")
    assert f"{people[Role.SECTION_EDITOR]} is writing in it." in text_of(asked)
    assert now(story).state == State.SUBMITTED
    reporter.post(f"{DESK}/stories/{story.pk}/act/", fields_of(asked, "submit-form"))
    assert now(story).state == State.DRAFT
    assert last_entry(story).data["knowing"] == {"writing": [str(people[Role.SECTION_EDITOR])]}


def test_who_only_reads_or_has_left_is_not_named(people):
    story = house.story_in(State.SUBMITTED, people)
    # The chief has it open and may not write in it now; the editor has closed it.
    presence.note_presence(story, acting_user=people[Role.DESK_CHIEF])
    presence.note_presence(story, acting_user=people[Role.SECTION_EDITOR])
    story.presences.filter(user=people[Role.SECTION_EDITOR]).update(
        seen_at=timezone.now() - presence.HEARD_OF_WITHIN - datetime.timedelta(seconds=1)
    )
    assert say(signed_in(people[Role.REPORTER]), story, "recall").status_code == 302


def test_a_return_asked_about_keeps_its_reason(people):
    story = house.story_in(State.SUBMITTED, people)
    second = house.make_person("second", Role.SECTION_EDITOR)
    presence.note_presence(story, acting_user=second)
    editor = signed_in(people[Role.SECTION_EDITOR])
    asked = say(editor, story, "return", reason="缺少来源\n请补采访")
    assert f"{second} is writing in it." in text_of(asked)
    editor.post(f"{DESK}/stories/{story.pk}/act/", fields_of(asked, "submit-form"))
    assert (now(story).state, now(story).return_reason) == (State.RETURNED, "缺少来源\n请补采访")
