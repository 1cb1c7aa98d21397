"""Releasing to press against whoever changes a page or a story at that moment."""

from __future__ import annotations

import pytest

from articles.errors import Refusal
from editions import placing, pressing, readiness
from editions.geometry import Rectangle
from editions.models import Edition, EditionState, Placement, PrintedEdition, PrintedPage
from editions.planning import EditionClosed
from editions.pressing import ChangedMeanwhile, NotReadyForPress
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import press_house as press
from tests.concurrency.racing import meet_at, race, refusals, take_the_locks_out

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
FINAL = Role.EDITOR_IN_CHIEF


@pytest.fixture
def edition(people) -> Edition:
    """Signed and ready; its pages have been set once."""
    press.ask_for_signatures(people)
    edition = press.edition_of(people, press.story(people))
    press.sign_all(edition, people)
    return edition


def releases(edition: Edition, people):
    return lambda: pressing.release_to_press(edition.pk, acting_user=people[FINAL])


def moves(people):
    placement = Placement.objects.get()
    to = Rectangle(1, 40, 3, 20)
    return lambda: placing.move_placement(placement.pk, placement.page_id, to, acting_user=people[Role.PAGE_DESIGNER])


def saves(people):
    story = Placement.objects.get().article
    return lambda: house.save(story, people[Role.DESK_CHIEF], headline="城西夜市昨晚开市")


def is_whole() -> bool:
    """Either the edition is open and nothing is printed, or what is printed is what the pages hold."""
    edition = Edition.objects.get()
    if edition.state == EditionState.OPEN:
        return not PrintedEdition.objects.exists()
    [now] = readiness.set_pages(edition)
    printed = PrintedPage.objects.get().description
    return [story["treatments"][0]["frames"] for story in printed["stories"]] == [
        story["treatments"][0]["frames"] for story in now.description["stories"]
    ]


def test_a_placement_moved_while_the_edition_goes_to_press_is_printed_or_refused(people, edition, monkeypatch):
    meet_at(monkeypatch, 2, "editions.pressing.lock_stories", "editions.placing.lock_open")
    results = race(releases(edition, people), moves(people))
    assert refusals(results) in ([EditionClosed], [ChangedMeanwhile], [NotReadyForPress])
    assert is_whole()


def test_a_story_saved_while_the_edition_goes_to_press_is_not_printed_half(people, edition, monkeypatch):
    meet_at(monkeypatch, 2, "editions.pressing.lock_stories", "articles.editing.save_story")
    results = race(releases(edition, people), saves(people))
    assert all(isinstance(result, Refusal) for result in results if isinstance(result, Exception))
    for printed in PrintedPage.objects.all():
        # Printed is what was signed, whatever the working copy says by now.
        assert printed.description["stories"][0]["treatments"][0]["headline"] == "城西夜市今晚开市"
    assert is_whole()


def test_two_releases_at_once_are_one(people, edition, monkeypatch):
    meet_at(monkeypatch, 2, "editions.pressing._make_files")
    assert refusals(race(releases(edition, people), releases(edition, people))) == [EditionClosed]
    assert PrintedEdition.objects.count() == 1


def test_without_the_lock_a_page_is_printed_otherwise_than_it_lies(people, edition, monkeypatch):
    take_the_locks_out(monkeypatch)
    meet_at(monkeypatch, 2, "editions.pressing._write_printing", "editions.placing.lock_open")
    results = race(releases(edition, people), moves(people))
    assert refusals(results) == []
    assert Edition.objects.get().state == EditionState.PRESSED
