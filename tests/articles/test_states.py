"""The workflow as data: every transition has somebody who may make it, and every state can be reached."""

import pytest
from django.db import IntegrityError, transaction

from articles import rules, workflow
from articles.models import Article
from articles.states import AWAITING_REVIEW, REASON_REQUIRED, TARGETS, TRANSITIONS, State, Verb
from newsroom.staff.acts import Act
from tests import newsroom_of_tests as house


def test_each_transition_stands_in_the_table_once():
    assert len(TARGETS) == len(TRANSITIONS)


def test_for_each_transition_it_is_said_who_may():
    assert rules.MAY.keys() == TARGETS.keys()
    assert all(rules.MAY.values())


def test_each_state_can_be_reached_from_a_draft():
    reached, before = {State.DRAFT}, set()
    while reached != before:
        before = set(reached)
        reached |= {target for t in TRANSITIONS if t.source in reached for target in t.targets}
    assert reached == set(State)


def test_no_state_is_a_dead_end():
    assert {source for source, _verb in TARGETS} == set(State)


def test_each_verb_is_an_act_of_the_audit_trail():
    assert {f"story.{verb}" for verb in Verb} <= set(Act.values)


def test_only_a_story_in_review_awaits_a_step(people):
    for state in State:
        story = house.story_in(state, people)
        assert story.state == state
        assert (story.step is not None) == (story.state in AWAITING_REVIEW)


def test_a_move_that_the_table_does_not_know_is_a_mistake_of_ours(people):
    story = house.story_in(State.DRAFT, people)
    story.state = State.PUBLISHED
    with pytest.raises(AssertionError):
        workflow._check_target(State.DRAFT, Verb.SUBMIT, story)


def test_whatever_takes_something_from_somebody_asks_for_a_reason():
    assert {Verb.RETURN, Verb.SPIKE, Verb.WITHDRAW, Verb.CORRECT} == REASON_REQUIRED


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "nonsense"},
        {"state": State.SUBMITTED, "step": None},
        {"state": State.DRAFT, "step": 1},
        {"state": State.PUBLISHED, "released_version": None},
        {"state": State.WITHDRAWN, "released_version": 1},
        {"state": State.SPIKED, "released_version": 1},
    ],
)
def test_the_database_refuses_a_story_that_stands_nowhere(people, wrong):
    story = house.story_in(State.DRAFT, people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=story.pk).update(**wrong)
