"""The embedded database: writers wait for their turn and are never told that it is locked."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection

from articles import editing
from articles.models import Article, Revision
from articles.states import State
from editions import placing, pressing
from editions.arranging import StaleLayout, arrange_page
from editions.geometry import Rectangle
from editions.models import Page, Placement, PrintedPage
from editions.planning import EditionClosed
from editions.pressing import ChangedMeanwhile
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import press_house as press
from tests.concurrency.racing import meet_at, race, refusals

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]

WRITERS, SAVES = 8, 5


def writes(story: Article, user, times: int = SAVES):
    def run() -> None:
        for version in range(1, times + 1):
            fields = {"headline": f"第{version}次"}
            editing.save_story(story.pk, fields, based_on=version, acting_user=user)

    return run


def test_eight_writers_never_see_a_locked_database(people):
    reporter = people[Role.REPORTER]
    stories = [house.make_story(reporter) for _ in range(WRITERS)]
    results = race(*(writes(story, reporter) for story in stories))
    assert refusals(results) == []
    assert Revision.objects.count() == WRITERS * (SAVES + 1)
    assert set(Article.objects.values_list("headline", flat=True)) == {f"第{SAVES}次"}


def arranges(page, story: Article, user):
    placement = {"article": story.pk, "column": 1, "row": 20, "width": 3, "height": 10}
    wanted = {"stories": [], "placements": [placement]}
    return lambda: arrange_page(page.pk, wanted, based_on=1, acting_user=user)


def two_arrangements(people) -> list:
    page = house.open_edition(people, pages=1).pages.get()
    stories = [house.story_in(State.SIGNED_OFF, people) for _ in range(2)]
    return [arranges(page, story, people[Role.PAGE_DESIGNER]) for story in stories]


def test_of_two_arrangements_on_one_version_one_is_stale(people):
    assert refusals(race(*two_arrangements(people))) == [StaleLayout]
    assert Placement.objects.count() == 1
    assert Page.objects.get().layout_version == 2


def test_without_the_lock_at_its_beginning_an_arrangement_breaks_off(people, monkeypatch):
    runners = two_arrangements(people)
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", "DEFERRED")
    meet_at(monkeypatch, 2, "editions.arranging._rewrite")
    assert refusals(race(*runners)) == [OperationalError]


def test_a_page_changed_while_the_edition_goes_to_press_is_printed_as_it_lies_or_refused(people, monkeypatch):
    press.ask_for_signatures(people)
    edition = press.edition_of(people, press.story(people))
    press.sign_all(edition, people)
    placement, chief = Placement.objects.get(), people[Role.EDITOR_IN_CHIEF]
    meet_at(monkeypatch, 2, "editions.pressing._make_files", "editions.placing.require_layout")
    results = race(
        lambda: pressing.release_to_press(edition.pk, acting_user=chief),
        lambda: placing.move_placement(
            placement.pk, placement.page_id, Rectangle(1, 40, 3, 20), acting_user=people[Role.PAGE_DESIGNER]
        ),
    )
    assert refusals(results) in ([EditionClosed], [ChangedMeanwhile])
    lies_at = Placement.objects.get().row
    printed = [page.description["stories"][0]["treatments"][0]["frames"] for page in PrintedPage.objects.all()]
    assert [frame["row"] for frames in printed for frame in frames] in ([], [lies_at])


def test_the_database_of_the_tests_is_a_file_with_its_log(people):
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert "memory" not in str(connection.settings_dict["NAME"])


def test_without_the_lock_at_its_beginning_a_transaction_breaks_off(people, monkeypatch):
    """Two that have read before they write: the second would write over what it has not read."""
    reporter = people[Role.REPORTER]
    stories = [house.make_story(reporter) for _ in range(2)]
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", "DEFERRED")
    meet_at(monkeypatch, 2, "articles.editing._refuse_edit")
    results = race(*(writes(story, reporter, times=1) for story in stories))
    assert refusals(results) == [OperationalError]
