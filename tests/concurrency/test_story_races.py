"""Two at one story: the lock lets one act and refuses the other; without it, what it prevents does happen."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, transaction

from articles import contributors, editing
from articles.content import content_of, hash_of
from articles.errors import IllegalTransition, StaleVersion
from articles.models import Article, Contributor, PublishedArticle, Revision
from articles.publishing import act_on_story
from articles.states import State, Verb
from articles.workflow import take_signature_back
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.concurrency.racing import meet_at, meet_before_locking, race, refusals, take_the_locks_out

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

EDITOR, FINAL = Role.SECTION_EDITOR, Role.EDITOR_IN_CHIEF


def saves(story: Article, user, headline: str):
    fields = {"headline": headline}
    return lambda: editing.save_story(story.pk, fields, based_on=story.version, acting_user=user)


def says(story: Article, verb: Verb, user):
    seen = story.seen
    return lambda: act_on_story(story.pk, verb, seen=seen, acting_user=user, reason="理由")


def is_consistent(story: Article) -> bool:
    """The row agrees with its revisions, its signatures and with what readers see."""
    story = Article.objects.get(pk=story.pk)
    last = Revision.objects.filter(article=story).order_by("number").last()
    public = PublishedArticle.objects.filter(number=story.pk).first()
    agrees = story.version == last.number and content_of(story) == last.content
    agrees = agrees and (public is not None) == story.is_public
    if story.state == State.PUBLISHED:
        signed = house.live_signatures(story).order_by("step").last()
        agrees = agrees and signed is not None and signed.content_hash == hash_of(content_of(story))
    return agrees


# -- two saves on one version


def two_saves(people) -> tuple[Article, list]:
    story = house.make_story(people[Role.REPORTER])
    return story, race(*(saves(story, people[Role.REPORTER], text) for text in ("甲的稿", "乙的稿")))


def test_of_two_saves_on_one_version_one_is_refused(people, monkeypatch):
    meet_before_locking(monkeypatch, 2)
    story, results = two_saves(people)
    assert refusals(results) == [StaleVersion]
    [winner] = [result.article for result in results if isinstance(result, editing.Saved)]
    [refused] = [result for result in results if isinstance(result, StaleVersion)]
    assert Article.objects.get().headline == winner.headline == refused.current.content["headline"]
    assert list(Revision.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert is_consistent(story)


def test_without_the_lock_the_second_save_breaks_off(people, monkeypatch):
    take_the_locks_out(monkeypatch)
    meet_at(monkeypatch, 2, "articles.editing._refuse_edit")
    _story, results = two_saves(people)
    assert refusals(results) == [IntegrityError]


# -- one filing sent twice


def test_one_filing_sent_twice_at_once_is_one_story(people, monkeypatch):
    token = uuid.uuid4()
    fields = {"headline": "只发一次", "section_id": house.section().pk}
    meet_at(monkeypatch, 2, "articles.editing.create_story")

    def files():
        return editing.file_story(fields, filing_token=token, acting_user=people[Role.REPORTER])

    results = race(files, files)
    assert refusals(results) == []
    assert {saved.article.pk for saved in results} == {Article.objects.get().pk}
    assert sorted(saved.is_unchanged for saved in results) == [False, True]


# -- a new name in two bylines


def test_a_new_name_typed_twice_at_once_is_one_person(people, monkeypatch):
    meet_at(monkeypatch, 2, "articles.contributors._added_under_free_slug")

    def adds():
        return contributors.find_or_add(["新来的"], acting_user=people[Role.REPORTER])

    results = race(adds, adds)
    assert refusals(results) == []
    assert {person.pk for [person] in results} == {Contributor.objects.get(name="新来的").pk}
    assert AuditEntry.objects.filter(act="contributor.add").count() == 1


def test_of_two_who_add_the_same_new_names_neither_waits_for_ever(people, monkeypatch):
    meet_at(monkeypatch, 2, "articles.contributors._added_under_free_slug")

    def adds(*names: str):
        with transaction.atomic():
            return contributors.find_or_add(names, acting_user=people[Role.REPORTER])

    results = race(lambda: adds("甲新", "乙新"), lambda: adds("乙新", "甲新"))
    assert refusals(results) == []
    assert [person.name for person in results[1]] == ["乙新", "甲新"]
    assert Contributor.objects.count() == 2


# -- two reviewers at one step


def test_of_two_reviewers_one_signs_the_step(people, monkeypatch):
    story = house.story_in(State.SUBMITTED, people)
    other = house.make_person("other_editor", EDITOR)
    meet_before_locking(monkeypatch, 2)
    results = race(*(says(story, Verb.SIGN, user) for user in (people[EDITOR], other)))
    assert refusals(results) in ([StaleVersion], [IllegalTransition])
    assert house.live_signatures(story).count() == 1
    assert AuditEntry.objects.about(story).filter(act="story.sign").count() == 1
    assert Article.objects.get().step == 2


def test_without_the_lock_two_sign_one_step(people, monkeypatch):
    story = house.story_in(State.SUBMITTED, people)
    other = house.make_person("other_editor", EDITOR)
    take_the_locks_out(monkeypatch)
    meet_at(monkeypatch, 2, "articles.workflow._refuse")
    results = race(*(says(story, Verb.SIGN, user) for user in (people[EDITOR], other)))
    assert refusals(results) == [IntegrityError]


def test_one_person_who_clicks_twice_signs_once(people, monkeypatch):
    both = house.make_person("both", EDITOR, Role.DESK_CHIEF)
    story = house.story_in(State.SUBMITTED, people)
    meet_before_locking(monkeypatch, 2)
    results = race(says(story, Verb.SIGN, both), says(story, Verb.SIGN, both))
    assert refusals(results) == [StaleVersion]
    assert house.live_signatures(story).count() == 1


# -- a release against a withdrawal


def public_and_to_be_signed(people) -> Article:
    return house.save(house.story_in(State.PUBLISHED, people), people[EDITOR], headline="新的")


def test_of_a_release_and_a_withdrawal_one_is_refused(people, monkeypatch):
    story = public_and_to_be_signed(people)
    meet_before_locking(monkeypatch, 2)
    results = race(says(story, Verb.SIGN, people[FINAL]), says(story, Verb.WITHDRAW, people[FINAL]))
    assert refusals(results) in ([StaleVersion], [IllegalTransition])
    assert is_consistent(story)


def test_without_the_lock_a_story_is_released_and_withdrawn(people, monkeypatch):
    story = public_and_to_be_signed(people)
    take_the_locks_out(monkeypatch)
    meet_at(monkeypatch, 2, "articles.workflow._save_state")
    results = race(says(story, Verb.SIGN, people[FINAL]), says(story, Verb.WITHDRAW, people[FINAL]))
    assert refusals(results) == []


# -- a publication against an edit


def test_a_publication_against_an_edit_publishes_nothing_unsigned(people, monkeypatch):
    story = house.story_in(State.SIGNED_OFF, people)
    meet_before_locking(monkeypatch, 2)
    results = race(says(story, Verb.PUBLISH, people[FINAL]), saves(story, people[EDITOR], "未签的"))
    # Whichever came second was refused, or the edit found the story published and reopened it.
    assert refusals(results) in ([], [StaleVersion], [IllegalTransition])
    story.refresh_from_db()
    assert (story.headline, story.state) == ("未签的", State.IN_REVIEW)
    assert not PublishedArticle.objects.filter(headline="未签的").exists()
    assert is_consistent(story)


def test_without_the_lock_story_and_public_version_disagree(people, monkeypatch):
    story = house.story_in(State.SIGNED_OFF, people)
    take_the_locks_out(monkeypatch)
    meet_at(monkeypatch, 2, "articles.workflow._save_state", "articles.editing.write_revision")
    results = race(says(story, Verb.PUBLISH, people[FINAL]), saves(story, people[EDITOR], "未签的"))
    assert refusals(results) == []
    assert not is_consistent(story)


# -- a signature taken back


def takes_back(story: Article, user):
    seen = Article.objects.get(pk=story.pk).seen
    return lambda: take_signature_back(story.pk, seen=seen, acting_user=user)


def test_a_signature_is_taken_back_or_the_next_one_stands(people, monkeypatch):
    story = house.story_in(State.IN_REVIEW, people)
    meet_before_locking(monkeypatch, 2)
    results = race(takes_back(story, people[EDITOR]), says(story, Verb.SIGN, people[Role.DESK_CHIEF]))
    assert refusals(results) == [StaleVersion]
    steps = list(house.live_signatures(story).values_list("step", flat=True))
    # Either the second step stands on the first, or neither stands.
    assert (steps, Article.objects.get().step) in [([], 1), ([1, 2], 3)]


def test_a_signature_is_taken_back_once(people, monkeypatch):
    story = house.story_in(State.IN_REVIEW, people)
    meet_before_locking(monkeypatch, 2)
    results = race(*(takes_back(story, people[EDITOR]) for _ in range(2)))
    assert refusals(results) == [StaleVersion]
    assert AuditEntry.objects.filter(act="story.unsign").count() == 1


def test_without_the_lock_a_second_step_stands_on_none(people, monkeypatch):
    story = house.story_in(State.IN_REVIEW, people)
    take_the_locks_out(monkeypatch)
    meet_at(monkeypatch, 2, "articles.workflow.refuse_unseen")
    results = race(takes_back(story, people[EDITOR]), says(story, Verb.SIGN, people[Role.DESK_CHIEF]))
    assert refusals(results) == []
    assert list(house.live_signatures(story).values_list("step", flat=True)) == [2]
