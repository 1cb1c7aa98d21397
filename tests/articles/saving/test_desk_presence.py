"""Who has a story open, and what stands in the way of an edit."""

from __future__ import annotations

import datetime
import re

import pytest
import time_machine
from django.utils import translation

from articles import editing
from articles.models import Photo, StoryPresence
from articles.states import State, Verb
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.articles.saving.sending import JSON, address, form_of, send, stored
from tests.browsing import DESK, signed_in, text_of

NOW = datetime.datetime(2024, 3, 7, 20, 0, tzinfo=datetime.UTC)


def present(client, story, **said):
    return client.post(address(story, "present"), said, headers=JSON)


def test_two_who_have_a_story_open_see_each_other_and_where(reporter, second, story):
    mine, theirs = signed_in(reporter), signed_in(second)
    with time_machine.travel(NOW, tick=False) as clock:
        assert present(theirs, story, place="headline").json()["others"] == []
        clock.shift(datetime.timedelta(seconds=10))
        present(theirs, story, place="body:3")
        said = present(mine, story).json()
    assert said["others"] == [
        {"id": second.pk, "name": str(second), "place": "body:3", "since": NOW.isoformat()},
    ]
    assert (said["version"], said["by"]) == (1, str(reporter))
    assert said["hindrances"][0] == {
        "kind": "edited_now",
        "sentence": f"{second} is editing this story now (paragraph 4).",
    }


@pytest.mark.parametrize("place", ["signatures", "text:1", "pk", "headline", "\x00" * 50, "bylines:1"])
def test_a_place_that_somebody_made_up_breaks_nothing(reporter, second, story, place):
    present(signed_in(second), story, place=place)
    said = present(signed_in(reporter), story).json()["hindrances"][0]["sentence"]
    known = {
        "headline": f"{second} is editing this story now (headline).",
        "bylines:1": f"{second} is editing this story now (Byline).",
    }
    assert said == known.get(place, f"{second} has this story open now.")


def test_whoever_left_or_is_not_heard_of_is_not_there_any_more(reporter, second, story):
    mine, theirs = signed_in(reporter), signed_in(second)
    with time_machine.travel(NOW, tick=False) as clock:
        present(theirs, story)
        present(theirs, story, gone="1")
        assert present(mine, story).json()["others"] == []
        present(theirs, story)
        clock.shift(datetime.timedelta(seconds=31))
        assert present(mine, story).json()["others"] == []
    assert StoryPresence.objects.count() == 1


def test_nobody_is_present_on_what_they_may_not_read(people, story):
    stranger = signed_in(house.make_person("stranger", Role.REPORTER))
    assert present(stranger, story).status_code == 404
    assert not StoryPresence.objects.exists()


@pytest.mark.parametrize("role", [Role.PAGE_DESIGNER, Role.PROOFREADER])
def test_those_who_see_the_copy_alone_do_not_see_who_writes_at_it(people, role):
    signed = house.story_in(State.SIGNED_OFF, people)
    present(signed_in(people[Role.SECTION_EDITOR]), signed, place="headline")
    designer = signed_in(people[role])
    assert designer.get(f"{DESK}/stories/{signed.pk}/").status_code == 200
    assert present(designer, signed).status_code == 404
    assert [there.user for there in StoryPresence.objects.all()] == [people[Role.SECTION_EDITOR]]


def test_who_can_sign_is_named_with_those_who_stand_in_and_without_those_who_may_not(people):
    """What `rules.can` says of signing, not the roles as they were given."""
    editor, chief = people[Role.SECTION_EDITOR], people[Role.DESK_CHIEF]
    story = house.story_in(State.SUBMITTED, people, bylines=[house.credit(editor)])
    client = signed_in(chief)

    def sentence() -> str:
        return present(client, story).json()["hindrances"][0]["sentence"]

    assert sentence() == "It awaits first review, with Section editor."
    house.hand_over(editor, house.stand_in())
    assert sentence() == "It awaits first review, with deputy（测）."


def test_what_stands_in_the_way_is_told_apart(people, reporter):
    client = signed_in(people[Role.SECTION_EDITOR])
    signed = house.story_in(State.SIGNED_OFF, people)
    edition = house.open_edition(people)
    house.place(edition, 1, signed, people)
    kinds = [hindrance["kind"] for hindrance in present(client, signed).json()["hindrances"]]
    assert kinds == ["signed_off", "on_page"]
    page = text_of(client.get(f"{DESK}/stories/{signed.pk}/edit/"))
    assert "It is signed off. Saving a change reopens the final review." in page
    assert "It is signed off. Saving a change reopens the final review." in text_of(
        client.get(f"{DESK}/stories/{signed.pk}/")
    )


def test_a_photo_whose_rights_have_expired_is_named_and_no_form_newly_takes_one(reporter, story):
    client = signed_in(reporter)
    kept = story.article_photos.get().photo
    Photo.objects.filter(pk=kept.pk).update(rights_expire_on=datetime.date(2024, 3, 1))
    said = f"The rights in “图为夜市一角。” (photo {kept.pk}) expired on 1 March 2024"
    assert present(client, story).json()["hindrances"] == [
        {"kind": "rights_expired", "sentence": f"{said}: the story cannot be published with it."}
    ]
    form = form_of(client, story)
    assert send(client, story, form, headline="题目一").status_code == 200
    other = house.make_photo(reporter, caption="另一张", rights_expire_on=datetime.date(2024, 3, 2))
    typed = {"pictures-TOTAL_FORMS": "2", "pictures-1-photo": str(other.pk), "headline": "题目二"}
    refused = send(client, story, form_of(client, story), **typed)
    sentence = f"The rights in “另一张” (photo {other.pk}) expired on 2 March 2024: no story can newly use it."
    assert (refused.status_code, refused.json()["sentences"]) == (422, [sentence])
    plain = client.post(f"{DESK}/stories/{story.pk}/edit/", form_of(client, story) | typed)
    assert plain.status_code == 422
    assert sentence in text_of(plain)
    assert "题目二" in text_of(plain)
    assert stored().headline == "题目一"


def test_of_several_photos_those_that_expired_are_named_once_in_their_order(reporter):
    photos = [house.make_photo(reporter, house.jpeg(60 + n), caption=f"图{n}") for n in range(4)]
    numbers = [photo.pk for photo in photos]
    other_order = [numbers[2], numbers[0], numbers[1], numbers[3]]
    story, _other = (
        house.make_story(reporter, pictures=[editing.Picture(number) for number in order])
        for order in (other_order, numbers)
    )
    Photo.objects.exclude(pk=numbers[1]).update(rights_expire_on=datetime.date(2024, 3, 1))
    said = present(signed_in(reporter), story).json()["hindrances"]
    assert [re.search(r"photo (\d+)", one["sentence"])[1] for one in said] == [
        str(numbers[place]) for place in (2, 0, 3)
    ]


def test_that_it_is_in_review_is_said_to_all_but_those_who_are_awaited(people):
    story = house.story_in(State.SUBMITTED, people)

    def said_to(role: Role) -> list[str]:
        hindrances = present(signed_in(people[role]), story).json()["hindrances"]
        return [hindrance["sentence"] for hindrance in hindrances if hindrance["kind"] == "in_review"]

    assert said_to(Role.DESK_CHIEF) == [f"It awaits first review, with {people[Role.SECTION_EDITOR]}."]
    assert said_to(Role.SECTION_EDITOR) == []
    page = text_of(signed_in(people[Role.SECTION_EDITOR]).get(f"{DESK}/stories/{story.pk}/edit/"))
    assert "It awaits first review" not in page
    house.act(story, Verb.SIGN, people[Role.SECTION_EDITOR])
    assert len(said_to(Role.SECTION_EDITOR)) == 1
    assert said_to(Role.DESK_CHIEF) == []


def test_whoever_has_it_open_is_told_by_whom_it_was_closed_to_them(people, second):
    story = house.story_in(State.SUBMITTED, people)
    editor = signed_in(people[Role.SECTION_EDITOR])
    assert present(editor, story).json()["closed"] == ""
    house.act(story, Verb.SIGN, people[Role.SECTION_EDITOR])
    closed = present(editor, story).json()["closed"]
    assert "Meanwhile you, in another window, signed" in closed
    assert "Where it stands: awaits second review. This story is not yours to edit now." in closed


OWN_CHANGE = (
    "Your change reopened the final review. It awaits final review, with editor_in_chief（测）. "
    "This story is not yours to edit now."
)


@pytest.mark.parametrize("state", [State.SIGNED_OFF, State.PUBLISHED])
@pytest.mark.parametrize("role", [Role.SECTION_EDITOR, Role.DESK_CHIEF])
def test_whose_own_save_moved_the_story_on_is_told_so_with_the_save_and_at_every_beat(people, state, role):
    story = house.story_in(state, people)
    client = signed_in(people[role])
    saved = send(client, story, form_of(client, story), headline="改了一句").json()
    assert (saved["saved"], saved["closed"]) == (True, OWN_CHANGE)
    assert present(client, story).json()["closed"] == OWN_CHANGE
    house.act(story, Verb.RETURN, people[Role.EDITOR_IN_CHIEF], "再核")
    assert present(client, story).json()["closed"] == ""
    house.act(story, Verb.SUBMIT, people[Role.REPORTER])
    house.act(story, Verb.SIGN, people[Role.SECTION_EDITOR])
    house.act(story, Verb.SIGN, people[Role.DESK_CHIEF])
    assert OWN_CHANGE not in present(client, story).json()["closed"]


def test_whose_save_left_it_theirs_is_told_of_nothing(people):
    story = house.story_in(State.PUBLISHED, people)
    client = signed_in(people[Role.EDITOR_IN_CHIEF])
    assert send(client, story, form_of(client, story), headline="改了一句").json()["closed"] == ""
    assert present(client, story).json()["closed"] == ""


def test_others_who_have_it_open_are_told_who_reopened_it(people):
    """Not of the publication before it, by somebody who did nothing to it since."""
    story = house.story_in(State.PUBLISHED, people)
    editor, chief = signed_in(people[Role.SECTION_EDITOR]), signed_in(people[Role.DESK_CHIEF])
    form = form_of(chief, story)
    send(editor, story, form_of(editor, story), headline="改了一句")
    closed = present(chief, story).json()["closed"]
    assert "Meanwhile section_editor（测） edited" in closed
    assert "Where it stands: awaits final review. This story is not yours to edit now." in closed
    refused = send(chief, story, form, headline="主任也改")
    assert (refused.status_code, stored().headline) == (403, "改了一句")
    trail = text_of(chief.get(f"{DESK}/stories/{story.pk}/"))
    assert re.search(r"edited\s*<small>version 2</small>\s*→ In review", trail)


def test_who_saved_after_the_last_move_is_not_told_that_it_closed_the_story_to_them(people):
    """Here it is their own change that took it out of their hands: it is of another section now."""
    story = house.story_in(State.SUBMITTED, people)
    editor = people[Role.SECTION_EDITOR]
    client = signed_in(editor)
    saved = send(client, story, form_of(client, story), section=str(house.section("sports").pk)).json()
    assert (saved["saved"], saved["closed"]) == (True, "This story is not yours to edit now.")


def test_a_reviewer_who_has_it_open_is_told_of_the_recall_and_nobody_else_learns_of_the_draft(people):
    story = house.story_in(State.SUBMITTED, people)
    editor = signed_in(people[Role.SECTION_EDITOR])
    stranger = signed_in(house.make_person("stranger", Role.SECTION_EDITOR, sections=("sports",)))
    house.act(story, Verb.RECALL, people[Role.REPORTER])
    closed = present(editor, story).json()["closed"]
    assert "reporter（测） recalled" in closed
    assert "Where it stands: Draft." in closed
    refused = editor.post(address(story), {"headline": "还在写"}, headers=JSON)
    assert (refused.status_code, refused.json()["sentence"]) == (403, closed)
    assert present(stranger, story).status_code == 404
    draft = house.make_story(people[Role.REPORTER])
    assert present(editor, draft).status_code == 404


@pytest.mark.parametrize("name", ["save", "edit", "act", "present", "times"])
def test_a_draft_out_of_sight_and_none_at_all_are_answered_alike(people, name):
    """What is answered must not tell whether somebody writes at something."""
    draft = house.make_story(people[Role.REPORTER])
    editor = signed_in(people[Role.SECTION_EDITOR])

    def answer(number: int):
        said = {"headline": "题", "verb": "sign", "seen": "1.draft.0"}
        return editor.post(f"{DESK}/stories/{number}/{name}/", said, headers=JSON)

    there, nowhere = answer(draft.pk), answer(draft.pk + 1000)
    assert there.status_code == nowhere.status_code
    if name == "save":
        assert there.content == nowhere.content


def test_what_one_did_oneself_in_another_window_is_told_so_and_the_state_follows(reporter, story):
    client = signed_in(reporter)
    shown = client.get(address(story, "edit"))
    before = present(client, story).json()
    assert (before["closed"], before["state"] in text_of(shown)) == ("", True)
    assert "Draft" in before["state"]
    seen = stored().seen
    house.act(story, Verb.SUBMIT, reporter)
    with translation.override("en"):
        label = stored().state_label
    after = present(client, story).json()
    assert "Meanwhile you, in another window, submitted" in after["closed"]
    assert label in after["state"]
    refused = client.post(address(story, "act"), {"verb": "spike", "seen": seen, "reason": "不要"})
    assert "Meanwhile you, in another window, submitted" in text_of(refused)
