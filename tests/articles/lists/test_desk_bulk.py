"""Many stories at once: what is said beforehand, what happens, what can be taken back."""

import datetime
import re

import pytest
from django.db import transaction

from articles.lists import bulk
from articles.lists.bulk import Deed, Order
from articles.models import Article, Revision, Signature
from articles.scheduling import set_release_times
from articles.states import State, Verb
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, signed_in, text_of

BULK = f"{DESK}/stories/bulk/"
DAWN = datetime.datetime(2030, 1, 1, 22, tzinfo=datetime.UTC)
NOON = DAWN + datetime.timedelta(hours=6)


def tokens(*stories):
    return [f"{story.pk}:{Article.objects.get(pk=story.pk).seen}" for story in stories]


def say(client, deed, stories, **more):
    times = [f"{story.pk}:{Article.objects.get(pk=story.pk).times_seen}" for story in stories]
    return client.post(BULK, {"deed": deed, "story": tokens(*stories), "times": times, **more})


def sent_on(response):
    """What the page sends along of the stories on it."""
    found = re.findall(r'name="(story|times)" value="([^"]*)"', text_of(response))
    return {name: [value for of, value in found if of == name] for name in ("story", "times")}


def part(page, title):
    """The numbers of the stories under one of the page's headings."""
    found = re.search(rf"<h2>{title}.*?</section>", page, re.S)
    return {int(number) for number in re.findall(r"/stories/(\d+)/", found[0])} if found else set()


def state_of(story):
    return Article.objects.get(pk=story.pk).state


def undo_form(page):
    """Address and fields of the button beside the message, None where there is none."""
    form = re.search(r'<form class="undo" method="post" action="([^"]+)">(.*?)</form>', page, re.S)
    if form is None:
        return None
    fields = {}
    for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form[2]):
        fields.setdefault(name, []).append(value)
    return form[1], fields


# -- beforehand


def test_what_would_happen_is_said_and_nothing_happens(people):
    draft = house.make_story(people[Role.REPORTER])
    untitled = house.make_story(people[Role.REPORTER], headline="", slugline="无题")
    submitted = house.story_in(State.SUBMITTED, people)
    trail = AuditEntry.objects.count()
    page = text_of(say(signed_in(people[Role.REPORTER]), "submit", [draft, untitled, submitted]))
    assert part(page, "This will happen") == {draft.pk}
    assert part(page, "This will not") == {untitled.pk, submitted.pk}
    assert "A story needs a headline and a text" in page
    assert "“Submit” does not follow here: the story is awaits first review." in page
    assert (state_of(draft), state_of(submitted)) == (State.DRAFT, State.SUBMITTED)
    assert AuditEntry.objects.count() == trail


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", [Role.REPORTER, Role.SECTION_EDITOR, Role.EDITOR_IN_CHIEF])
def test_what_is_foreseen_is_what_happens(people, state, role):
    """Each deed is said to the story as it stood, and taken back."""
    user, brought = house.person(people[role].username), house.story_in(state, people)
    for deed in Deed:
        story = Article.objects.get(pk=brought.pk)
        order = Order(deed, reason="因为", section_id=house.section("sports").pk)
        seen = {story.pk: story.seen}
        rows = (Signature.objects.count(), Revision.objects.count(), AuditEntry.objects.count())
        [foreseen] = bulk.foresee(order, [story], seen, acting_user=user)
        assert rows == (Signature.objects.count(), Revision.objects.count(), AuditEntry.objects.count())
        with transaction.atomic():
            [done] = bulk.carry_out(order, [story], seen, acting_user=user)
            transaction.set_rollback(True)
        assert (foreseen.refusal, foreseen.story.state_label) == (done.refusal, done.story.state_label), deed


def test_without_its_reason_nothing_is_returned(people):
    story = house.story_in(State.SUBMITTED, people)
    client = signed_in(people[Role.SECTION_EDITOR])
    page = say(client, "return", [story], confirmed="1", reason="  ")
    assert page.status_code == 422
    assert part(text_of(page), "This will happen") == {story.pk}
    assert state_of(story) == State.SUBMITTED
    say(client, "return", [story], confirmed="1", reason="缺少来源")
    assert Article.objects.get(pk=story.pk).return_reason == "缺少来源"


@pytest.mark.parametrize("posted", [{}, {"deed": "sign"}, {"deed": "correct", "story": ["1:1.draft.0"]}])
def test_nothing_chosen_is_said(people, posted):
    page = text_of(signed_in(people[Role.REPORTER]).post(BULK, posted, follow=True))
    assert "Choose stories and what to do with them." in page


@pytest.mark.parametrize("token", ["x", ":", "9" * 40 + ":1", "1", "-1:1.draft.0"])
def test_a_story_that_no_list_showed_is_none(people, token):
    story = house.make_story(people[Role.REPORTER])
    client = signed_in(people[Role.REPORTER])
    response = client.post(BULK, {"deed": "submit", "story": [token, *tokens(story)], "confirmed": "1"})
    assert response.status_code == 302
    assert state_of(story) == State.SUBMITTED


# -- done


def test_each_is_done_by_itself_and_reported(people):
    editor = people[Role.SECTION_EDITOR]
    one, two = (house.story_in(State.SUBMITTED, people) for _ in range(2))
    own = house.make_story(people[Role.REPORTER], bylines=[house.credit(editor)])
    own = house.act(own, Verb.SUBMIT, people[Role.REPORTER])
    page = text_of(say(signed_in(editor), "sign", [one, two, own], confirmed="1"))
    assert part(page, "Done") == {one.pk, two.pk}
    assert part(page, "Not done") == {own.pk}
    assert "Nobody signs a story that carries their own byline." in page
    assert {state_of(story) for story in (one, two)} == {State.IN_REVIEW}
    assert house.live_signatures(one).get().signer == editor
    assert undo_form(page)


def test_what_moved_meanwhile_is_refused_by_itself(people):
    one, two = (house.story_in(State.SUBMITTED, people) for _ in range(2))
    chosen = tokens(one, two)
    house.save(two, people[Role.SECTION_EDITOR], headline="改过的标题")
    client = signed_in(people[Role.SECTION_EDITOR])
    page = text_of(client.post(BULK, {"deed": "sign", "story": chosen}))
    assert (part(page, "This will happen"), part(page, "This will not")) == ({one.pk}, {two.pk})
    page = text_of(client.post(BULK, {"deed": "sign", "story": chosen, "confirmed": "1"}))
    assert part(page, "Done") == {one.pk}
    assert "Meanwhile this story has changed" in page
    assert state_of(two) == State.SUBMITTED
    # The page shows where it stands now, so it can be signed from there.
    assert f'name="story" value="{tokens(two)[0]}"' in page


def test_what_nobody_can_have_seen_is_refused_by_itself(people):
    one, two = (house.story_in(State.SUBMITTED, people) for _ in range(2))
    chosen = [*tokens(one), f"{two.pk}:{'9' * 5000}.submitted.0"]
    client = signed_in(people[Role.SECTION_EDITOR])
    page = text_of(client.post(BULK, {"deed": "sign", "story": chosen, "confirmed": "1"}))
    assert part(page, "Done") == {one.pk}
    assert "version 1 by reporter（测） stands" in page
    assert state_of(two) == State.SUBMITTED


def test_what_is_out_of_sight_is_not_touched(people):
    draft = house.make_story(people[Role.REPORTER])
    other = signed_in(people[Role.EDITOR_IN_CHIEF])
    for confirmed in ({}, {"confirmed": "1"}):
        page = text_of(say(other, "spike", [draft], reason="不要", **confirmed))
        assert draft.headline not in page
    assert state_of(draft) == State.DRAFT


def test_sections_are_set_by_saving_and_times_keep_each_other(people):
    reporter, client = people[Role.REPORTER], signed_in(people[Role.REPORTER])
    one, two = (house.make_story(reporter) for _ in range(2))
    say(client, "section", [one, two], confirmed="1", section=house.section("sports").pk)
    assert {Article.objects.get(pk=s.pk).section.slug for s in (one, two)} == {"sports"}
    assert Revision.objects.filter(article=one, number=2, author=reporter).exists()
    say(client, "embargo", [one, two], confirmed="1", moment="2030-01-02T06:00")
    say(client, "schedule", [one], confirmed="1", moment="2030-01-03T06:00")
    one = Article.objects.get(pk=one.pk)
    assert f"{one.embargo_until:%d %H:%M} {one.publish_at:%d %H:%M}" == "01 22:00 02 22:00"
    say(client, "embargo", [one], confirmed="1", moment="")
    one = Article.objects.get(pk=one.pk)
    assert one.embargo_until is None
    assert one.publish_at is not None


@pytest.mark.parametrize("deed", ["embargo", "schedule"])
def test_times_that_somebody_else_set_meanwhile_are_not_overwritten_in_bulk(people, deed):
    story, other = (house.story_in(State.SIGNED_OFF, people) for _ in range(2))
    client = signed_in(people[Role.DESK_CHIEF])
    set_release_times(story.pk, embargo_until=DAWN, publish_at=None, acting_user=people[Role.EDITOR_IN_CHIEF])
    shown = client.post(BULK, {"deed": deed, "story": tokens(story, other)})
    assert 'Embargo until <time datetime="2030-01-02T06:00' in text_of(shown)
    typed = sent_on(shown) | {"deed": deed, "confirmed": "1", "moment": "2030-01-05T06:00"}
    set_release_times(story.pk, embargo_until=None, publish_at=NOON, acting_user=people[Role.EDITOR_IN_CHIEF])
    refused = client.post(BULK, typed)
    assert refused.status_code == 409
    who = people[Role.EDITOR_IN_CHIEF]
    assert f"Meanwhile {who} set these times: embargo until: —" in text_of(refused)
    assert 'Publish on the web at <time datetime="2030-01-02T12:00' in text_of(refused)
    story, other = Article.objects.get(pk=story.pk), Article.objects.get(pk=other.pk)
    assert (story.embargo_until, story.publish_at) == (None, NOON)
    assert [other.embargo_until, other.publish_at].count(None) == 1
    # What stands has been told, so that the same is meant at the second press.
    assert client.post(BULK, typed | sent_on(refused)).status_code == 302


def test_a_time_or_section_that_makes_no_sense_is_said(people):
    story = house.make_story(people[Role.REPORTER])
    client = signed_in(people[Role.REPORTER])
    for deed, typed in (("embargo", {"moment": "soon"}), ("section", {"section": "99999"}), ("section", {})):
        assert say(client, deed, [story], confirmed="1", **typed).status_code == 422
    late = say(client, "schedule", [story], confirmed="1", moment="2150-01-01T00:00")
    assert "The year must be one from 1900 to 2099." in text_of(late)
    assert Article.objects.get(pk=story.pk).version == 1


def test_one_goes_back_to_the_list_as_it_was(people):
    story = house.make_story(people[Role.REPORTER])
    client = signed_in(people[Role.REPORTER])
    response = say(client, "submit", [story], confirmed="1", back="state=draft&evil=1&next=//elsewhere")
    assert response["Location"] == f"{DESK}/stories/?state=draft"


# -- taken back


def test_what_was_submitted_is_taken_back_by_one_button(people):
    stories = [house.make_story(people[Role.REPORTER]) for _ in range(2)]
    client = signed_in(people[Role.REPORTER])
    page = text_of(client.post(BULK, {"deed": "submit", "story": tokens(*stories), "confirmed": "1"}, follow=True))
    assert "Submit: 2 stories." in page
    address, fields = undo_form(page)
    page = text_of(client.post(address, fields, follow=True))
    assert {state_of(story) for story in stories} == {State.DRAFT}
    assert page.count("Undone.") == 2
    assert undo_form(text_of(client.get(f"{DESK}/stories/"))) is None


def test_what_was_done_on_a_story_s_page_is_taken_back_there(people):
    story = house.make_story(people[Role.REPORTER])
    client = signed_in(people[Role.REPORTER])
    posted = {"verb": "spike", "seen": story.seen, "reason": "不再成立"}
    page = text_of(client.post(f"{DESK}/stories/{story.pk}/act/", posted, follow=True))
    address, fields = undo_form(page)
    response = client.post(address, fields)
    assert state_of(story) == State.DRAFT
    assert response["Location"] == f"{DESK}/stories/{story.pk}/"


def test_many_signatures_are_taken_back_by_one_button(people):
    stories = [house.story_in(State.SUBMITTED, people) for _ in range(2)]
    client = signed_in(people[Role.SECTION_EDITOR])
    page = text_of(client.post(BULK, {"deed": "sign", "story": tokens(*stories), "confirmed": "1"}, follow=True))
    address, fields = undo_form(page)
    assert text_of(client.post(address, fields, follow=True)).count("Undone.") == 2
    assert {state_of(story) for story in stories} == {State.SUBMITTED}
    assert not any(house.live_signatures(story).exists() for story in stories)


def test_what_moved_on_is_not_taken_back(people):
    story = house.make_story(people[Role.REPORTER])
    client = signed_in(people[Role.REPORTER])
    page = text_of(client.post(BULK, {"deed": "submit", "story": tokens(story), "confirmed": "1"}, follow=True))
    address, fields = undo_form(page)
    house.act(story, Verb.SIGN, people[Role.SECTION_EDITOR])
    said = text_of(client.post(address, fields, follow=True))
    assert "Undone" not in said
    assert "Meanwhile section_editor（测） signed" in said
    assert state_of(story) == State.IN_REVIEW


def test_sections_go_back_to_what_each_was(people):
    reporter, client = people[Role.REPORTER], signed_in(people[Role.REPORTER])
    city, sports = house.make_story(reporter), house.make_story(reporter, section_id=house.section("sports").pk)
    posted = {"deed": "section", "section": house.section("sports").pk, "confirmed": "1"}
    page = text_of(client.post(BULK, {**posted, "story": tokens(city, sports)}, follow=True))
    address, fields = undo_form(page)
    assert len(fields["story"]) == 1
    client.post(address, fields)
    assert Article.objects.get(pk=city.pk).section.slug == "city"
    assert Article.objects.get(pk=sports.pk).section.slug == "sports"


@pytest.mark.parametrize(
    ("state", "verb", "role"),
    [
        (State.SUBMITTED, "return", Role.SECTION_EDITOR),
        (State.IN_REVIEW, "spike", Role.DESK_CHIEF),
        (State.RETURNED, "submit", Role.REPORTER),
        (State.SIGNED_OFF, "publish", Role.EDITOR_IN_CHIEF),
        (State.PUBLISHED, "withdraw", Role.EDITOR_IN_CHIEF),
    ],
)
def test_nothing_is_called_undone_that_does_not_stand_as_it_stood(people, state, verb, role):
    story = house.story_in(state, people)
    client = signed_in(people[role])
    posted = {"deed": verb, "story": tokens(story), "confirmed": "1", "reason": "因为"}
    page = text_of(client.post(BULK, posted, follow=True))
    assert state_of(story) != state
    assert undo_form(page) is None


@pytest.mark.parametrize("role", [Role.REPORTER, Role.DESK_CHIEF])
def test_spiking_what_was_returned_is_undone_to_what_stood(people, role):
    story = house.story_in(State.RETURNED, people)
    client = signed_in(people[role])
    said = {"verb": "spike", "seen": story.seen, "reason": "不用了"}
    address, fields = undo_form(text_of(client.post(f"{DESK}/stories/{story.pk}/act/", said, follow=True)))
    assert state_of(story) == State.SPIKED
    client.post(address, fields)
    now = Article.objects.get(pk=story.pk)
    assert (now.seen, now.return_reason) == (story.seen, "缺少来源")


def test_a_change_of_section_that_voided_a_signature_is_not_undone(people):
    story = house.story_in(State.SIGNED_OFF, people)
    client = signed_in(people[Role.EDITOR_IN_CHIEF])
    posted = {"deed": "section", "section": house.section("sports").pk, "story": tokens(story), "confirmed": "1"}
    page = text_of(client.post(BULK, posted, follow=True))
    assert state_of(story) == State.IN_REVIEW
    assert undo_form(page) is None


@pytest.mark.parametrize("deed", ["return", "withdraw", "nonsense", ""])
def test_what_cannot_be_undone_is_refused_however_it_is_asked(people, deed):
    story = house.story_in(State.SUBMITTED, people)
    client = signed_in(people[Role.SECTION_EDITOR])
    token = f"{story.pk}:{story.seen}:{story.section_id}"
    page = text_of(client.post(f"{DESK}/stories/undo/", {"deed": deed, "story": [token]}, follow=True))
    assert "You may not do this." in page
    assert state_of(story) == State.SUBMITTED


def test_somebody_elses_stories_are_not_taken_back(people):
    story = house.make_story(people[Role.REPORTER])
    submitted = house.act(story, Verb.SUBMIT, people[Role.REPORTER])
    token = f"{story.pk}:{submitted.seen}:{story.section_id}"
    client = signed_in(people[Role.SECTION_EDITOR])
    page = text_of(client.post(f"{DESK}/stories/undo/", {"deed": "submit", "story": [token]}, follow=True))
    assert "You may not do this." in page
    assert state_of(story) == State.SUBMITTED


def test_a_story_that_went_out_of_sight_is_not_passed_over_in_silence(people):
    story = house.story_in(State.SUBMITTED, people)
    editor = signed_in(people[Role.SECTION_EDITOR])
    shown = tokens(story)
    house.act(story, Verb.RECALL, people[Role.REPORTER])
    # A draft is its owner's alone: neither a late deed nor a late undoing finds it.
    page = text_of(editor.post(BULK, {"deed": "sign", "story": shown, "confirmed": "1"}, follow=True))
    assert "1 of the stories chosen is no longer before you; nothing was done to it." in page
    undone = {"deed": "spike", "story": [f"{shown[0]}:1"]}
    assert "nothing was done to it." in text_of(editor.post(f"{DESK}/stories/undo/", undone, follow=True))
