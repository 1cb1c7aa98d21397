"""Two at one edition: what the lock keeps apart, and what happens when it is taken out."""

from __future__ import annotations

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError
from django.db.models import QuerySet
from django.utils import timezone

from articles import scheduling
from articles.models import Article, PublishedArticle
from articles.presence import note_presence
from articles.publishing import act_on_story
from articles.states import State, Verb
from editions import placing, planning
from editions.arranging import StaleLayout, arrange_page
from editions.geometry import Rectangle
from editions.models import Edition, Page, PageStory, Placement, PublishedEdition, PublishedPlacement
from editions.planning import EditionClosed, PagePlan
from editions.publishing import publish_edition
from editions.room import DoesNotFit
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.concurrency.racing import (
    Meeting,
    meet_at,
    meet_before_locking,
    race,
    race_from,
    refusals,
    take_the_locks_out,
)

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

FINAL = Role.EDITOR_IN_CHIEF
DAY = datetime.date(2024, 3, 7)


# -- two stories in one place


def places(page: Page, story: Article, user):
    return lambda: placing.place_story(page.pk, story.pk, Rectangle(1, 40, 3, 10), acting_user=user)


def two_placements(people) -> list:
    page = house.open_edition(people, pages=1).pages.get()
    stories = [house.story_in(State.SIGNED_OFF, people) for _ in range(2)]
    return [places(page, story, people[Role.PAGE_DESIGNER]) for story in stories]


def test_of_two_stories_for_one_place_one_is_refused(people, monkeypatch):
    runners = two_placements(people)
    meet_before_locking(monkeypatch, 2)
    assert refusals(race(*runners)) == [DoesNotFit]
    assert Placement.objects.count() == 1


def test_without_the_lock_only_the_database_stops_the_second(people, monkeypatch):
    runners = two_placements(people)
    take_the_locks_out(monkeypatch)
    meet_at(monkeypatch, 2, "editions.placing.parts_of")
    assert refusals(race(*runners)) == [IntegrityError]


def test_of_two_parts_of_one_story_none_gets_the_others_number(people, monkeypatch):
    edition = house.open_edition(people, pages=2)
    story = house.story_in(State.SIGNED_OFF, people)
    runners = [places(page, story, people[Role.PAGE_DESIGNER]) for page in edition.pages.all()]
    meet_before_locking(monkeypatch, 2)
    assert refusals(race(*runners)) == []
    assert sorted(Placement.objects.values_list("part", flat=True)) == [1, 2]


# -- two arrangements of one page


def arranges(page: Page, story: Article, column: int, user):
    placement = {"article": story.pk, "column": column, "row": 20, "width": 3, "height": 10}
    wanted = {"stories": [], "placements": [placement]}
    return lambda: arrange_page(page.pk, wanted, based_on=1, acting_user=user)


def two_arrangements(people) -> list:
    page = house.open_edition(people, pages=1).pages.get()
    designers = [people[Role.PAGE_DESIGNER], people[Role.DESK_CHIEF]]
    stories = [house.story_in(State.SIGNED_OFF, people) for _ in designers]
    return [arranges(page, *which) for which in zip(stories, (1, 4), designers, strict=True)]


def test_of_two_arrangements_on_one_version_one_is_stale(people, monkeypatch):
    runners = two_arrangements(people)
    meet_before_locking(monkeypatch, 2)
    assert refusals(race(*runners)) == [StaleLayout]
    assert Placement.objects.count() == PageStory.objects.count() == 1
    assert Page.objects.get().layout_version == 2


def test_without_the_lock_the_page_is_as_nobody_arranged_it(people, monkeypatch):
    runners = two_arrangements(people)
    take_the_locks_out(monkeypatch)
    meet_at(monkeypatch, 2, "editions.arranging._rewrite")
    assert refusals(race(*runners)) == []
    assert Placement.objects.count() == 2
    assert Page.objects.get().layout_version == 2


def test_without_the_version_the_second_overwrites_the_first(people, monkeypatch):
    def lock_page_as_it_was_seen(page_id: int) -> Page:
        page = planning.lock_page(page_id)
        page.layout_version = 1
        return page

    runners = two_arrangements(people)
    monkeypatch.setattr("editions.arranging.lock_page", lock_page_as_it_was_seen)
    meet_before_locking(monkeypatch, 2)
    assert refusals(race(*runners)) == []
    assert Placement.objects.count() == 1
    assert AuditEntry.objects.filter(act="page.arrange").count() == 2


def test_an_arrangement_against_a_placing_overwrites_nothing(people, monkeypatch):
    page = house.open_edition(people, pages=1).pages.get()
    one, other = (house.story_in(State.SIGNED_OFF, people) for _ in range(2))
    designer = people[Role.PAGE_DESIGNER]
    meet_before_locking(monkeypatch, 2)
    results = race(arranges(page, other, 1, designer), places(page, one, designer))
    assert refusals(results) in ([], [StaleLayout])
    assert Placement.objects.count() == 2 - len(refusals(results))


# -- opening and ordering


def opens(date: datetime.date, people):
    return lambda: planning.open_edition(date, [PagePlan("1", "要闻")], acting_user=people[FINAL])


def meet_after_checking(monkeypatch, model: type[Edition] | type[Page] = Edition) -> None:
    """Both have been told that date, number or place is free before either takes it."""
    meeting, check = Meeting(2), model.full_clean

    def full_clean(self, *args, **kwargs):
        check(self, *args, **kwargs)
        meeting.wait()

    monkeypatch.setattr(model, "full_clean", full_clean)


@pytest.mark.parametrize("other", [DAY, datetime.date(2024, 3, 8)], ids=["one date", "one number"])
def test_of_two_that_open_an_edition_one_is_told_why_not(people, monkeypatch, other):
    meet_after_checking(monkeypatch)
    results = race(opens(DAY, people), opens(other, people))
    [refusal] = [result for result in results if isinstance(result, Exception)]
    assert isinstance(refusal, ValidationError)
    assert refusal.messages
    assert Edition.objects.count() == Page.objects.count() == 1
    assert AuditEntry.objects.filter(act="edition.open").count() == 1


def test_without_the_second_look_the_refusal_says_nothing(people, monkeypatch):
    def save_unguarded(instance):
        instance.full_clean()
        instance.save()

    monkeypatch.setattr("editions.planning._save_checked", save_unguarded)
    meet_after_checking(monkeypatch)
    assert refusals(race(opens(DAY, people), opens(DAY, people))) == [IntegrityError]


def adds(edition: Edition, people):
    return lambda: planning.add_page(edition.pk, PagePlan("新", "新版"), acting_user=people[FINAL])


def test_two_pages_added_at_once_are_both_there(people, monkeypatch):
    edition = house.open_edition(people, pages=1)
    meet_before_locking(monkeypatch, 2)
    assert refusals(race(adds(edition, people), adds(edition, people))) == []
    assert [page.order for page in edition.pages.all()] == [1, 2, 3]


def test_without_the_lock_two_pages_want_one_place(people, monkeypatch):
    edition = house.open_edition(people, pages=1)
    take_the_locks_out(monkeypatch)
    meet_after_checking(monkeypatch, Page)
    assert refusals(race(adds(edition, people), adds(edition, people))) == [IntegrityError]


def orders(edition: Edition, pages: list[int], people):
    return lambda: planning.order_pages(edition.pk, pages, acting_user=people[FINAL])


def test_two_who_order_the_pages_do_so_one_after_the_other(people, monkeypatch):
    edition = house.open_edition(people, pages=2)
    first, second = (page.pk for page in edition.pages.all())
    meet_before_locking(monkeypatch, 2)
    results = race(orders(edition, [second, first], people), orders(edition, [first, second], people))
    assert refusals(results) == []
    assert sorted(page.order for page in edition.pages.all()) == [1, 2]


def test_without_the_lock_they_wait_for_each_other_for_ever(people, monkeypatch):
    edition = house.open_edition(people, pages=2)
    first, second = (page.pk for page in edition.pages.all())
    take_the_locks_out(monkeypatch)
    meeting, update = Meeting(2), QuerySet.update

    def update_and_meet(self, **values):
        changed = update(self, **values)
        meeting.wait()
        return changed

    monkeypatch.setattr(QuerySet, "update", update_and_meet)
    results = race(orders(edition, [second, first], people), orders(edition, [first, second], people))
    assert refusals(results) == [OperationalError]


# -- the clock in several processes


def run_the_clock() -> list[str]:
    out = io.StringIO()
    call_command("publish_due", stdout=out)
    return out.getvalue().splitlines()


def make_due(people) -> tuple[Edition, Article]:
    edition = house.open_edition(people, pages=2)
    for page in (1, 2):
        house.place(edition, page, house.story_in(State.SIGNED_OFF, people), people)
    planning.set_release(edition.pk, timezone.now(), acting_user=people[FINAL])
    return edition, make_story_due(people)


def make_story_due(people) -> Article:
    story = house.story_in(State.SIGNED_OFF, people)
    now = timezone.now()
    return scheduling.set_release_times(story.pk, embargo_until=None, publish_at=now, acting_user=people[FINAL])


def releases() -> list[int]:
    """How many rows the trail has for each thing that was released."""
    acts = AuditEntry.objects.filter(act__in=["story.publish", "edition.publish"])
    things = acts.values_list("target_type", "target_id")
    return [list(things).count(thing) for thing in set(things)]


def test_four_clocks_release_everything_once(people, monkeypatch):
    edition, story = make_due(people)
    meet_before_locking(monkeypatch, 4)
    results = race(*[run_the_clock] * 4)
    assert refusals(results) == []
    assert sorted(line for lines in results for line in lines) == [f"edition {edition}", f"story {story.pk} {story}"]
    assert releases() == [1, 1, 1, 1]
    assert PublishedEdition.objects.count() == 1
    assert PublishedArticle.objects.count() == 3


def test_without_the_lock_a_story_is_released_twice(people, monkeypatch):
    make_story_due(people)
    take_the_locks_out(monkeypatch)
    meet_at(monkeypatch, 2, "articles.workflow.release")
    results = race(run_the_clock, run_the_clock)
    assert refusals(results) == []
    assert releases() == [2]


def test_without_the_lock_the_second_clock_breaks_off_at_the_edition(people, monkeypatch):
    make_due(people)
    take_the_locks_out(monkeypatch)
    meet_at(monkeypatch, 2, "editions.publishing.problems_of")
    # The database stops the second; the clock names what it could not release.
    assert refusals(race(run_the_clock, run_the_clock)) == [CommandError]


# -- publishing an edition against what happens on it


def ready_edition(people, state: State = State.SIGNED_OFF) -> tuple[Edition, Article]:
    edition, story = house.open_edition(people, pages=1), house.story_in(state, people)
    house.place(edition, 1, story, people)
    return edition, story


def publishes(edition: Edition, people):
    return lambda: publish_edition(edition.pk, acting_user=people[FINAL])


def test_two_who_publish_one_edition_get_the_same_one(people, monkeypatch):
    edition, _story = ready_edition(people)
    meet_before_locking(monkeypatch, 2)
    results = race(publishes(edition, people), publishes(edition, people))
    assert results[0] == results[1] == PublishedEdition.objects.get()
    assert releases() == [1, 1]


def test_an_edition_against_a_withdrawal_shows_no_withdrawn_story(people, monkeypatch):
    edition, story = ready_edition(people, State.PUBLISHED)
    seen = story.seen
    meet_before_locking(monkeypatch, 2)
    results = race(
        publishes(edition, people),
        lambda: act_on_story(story.pk, Verb.WITHDRAW, seen=seen, acting_user=people[FINAL], reason="失实"),
    )
    assert not isinstance(results[1], Exception)
    assert not PublishedArticle.objects.exists()
    assert not PublishedPlacement.objects.exists()
    assert isinstance(results[0], Exception) == Edition.objects.get().is_open


def test_a_story_placed_while_its_edition_comes_out_is_in_it_or_refused(people, monkeypatch):
    edition, _story = ready_edition(people)
    late = house.story_in(State.SIGNED_OFF, people)
    meet_before_locking(monkeypatch, 2)
    results = race(publishes(edition, people), places(edition.pages.get(), late, people[Role.PAGE_DESIGNER]))
    assert refusals(results) in ([], [EditionClosed])
    assert Placement.objects.count() == PublishedPlacement.objects.count() == PublishedArticle.objects.count()


def test_without_the_lock_an_unpublished_story_lies_on_a_published_page(people, monkeypatch):
    edition, _story = ready_edition(people)
    late = house.story_in(State.SIGNED_OFF, people)
    take_the_locks_out(monkeypatch)
    meet_at(monkeypatch, 2, "editions.publishing._write_edition", "editions.placing.refuse_story")
    results = race(publishes(edition, people), places(edition.pages.get(), late, people[Role.PAGE_DESIGNER]))
    assert refusals(results) in ([], [KeyError])  # KeyError: the page met it before it was public
    assert late.placements.exists()
    assert Article.objects.get(pk=late.pk).state == State.SIGNED_OFF


# -- a publication and whoever writes meanwhile


def test_who_has_a_story_open_waits_for_no_publication_of_its_edition(people, monkeypatch):
    story = house.story_in(State.SIGNED_OFF, people)
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, story, people)
    done = []

    def publish():
        publish_edition(edition.pk, acting_user=people[FINAL])
        done.append("published")

    def say():
        note_presence(story, acting_user=people[Role.REPORTER])
        done.append("said")

    assert refusals(race_from(monkeypatch, "editions.publishing.begin_generation", publish, say)) == []
    assert done == ["said", "published"]
