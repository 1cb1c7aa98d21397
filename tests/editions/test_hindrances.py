"""What pages have against an edit: a story lies on one, somebody has signed it, it is with the printer."""

from __future__ import annotations

from django.utils import timezone

from articles.hindrances import HindranceKind, hindrances_of
from articles.states import State
from editions.hindrances import page_hindrances
from editions.models import Edition, EditionState
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import press_house as press


def kinds(story) -> list[HindranceKind]:
    return [hindrance.kind for hindrance in page_hindrances(story)]


def test_a_page_a_signed_page_and_a_page_with_the_printer_are_told_apart(people):
    press.ask_for_signatures(people)
    story = press.story(people)
    assert kinds(story) == []
    edition = press.edition_of(people, story)
    assert kinds(story) == [HindranceKind.ON_PAGE]
    press.sign_all(edition, people)
    [signed] = page_hindrances(story)
    assert signed.kind == HindranceKind.PAGE_SIGNED
    assert str(people[Role.EDITOR_IN_CHIEF]) in signed.sentence
    Edition.objects.update(state=EditionState.PRESSED, pressed_at=timezone.now())
    assert kinds(story) == [HindranceKind.WITH_PRINTER]
    Edition.objects.update(state=EditionState.PUBLISHED, published_at=timezone.now())
    assert kinds(story) == []


def test_a_story_says_what_its_pages_have_against_an_edit(people):
    story = house.story_in(State.SIGNED_OFF, people)
    house.place(house.open_edition(people), 1, story, people)
    found = hindrances_of(story, [], people[Role.SECTION_EDITOR])
    assert [h.kind for h in found] == [HindranceKind.SIGNED_OFF, HindranceKind.ON_PAGE]
