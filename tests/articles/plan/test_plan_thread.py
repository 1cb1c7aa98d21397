"""A topic's way through the desk as a browser without scripts goes it: proposed, approved, assigned, written."""

import pytest
import time_machine

from articles.coverage_states import Outcome
from articles.models import Article, Assignment, Topic
from articles.plan import coverage
from articles.states import Verb
from newsroom.staff.models import AuditEntry, Notice
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import plan_of_tests as plan
from tests.browsing import DESK, fields_of, signed_in, text_of


def standing(assignment):
    return coverage.with_what_came(Assignment.objects.filter(pk=assignment.pk)).get()


@time_machine.travel(plan.at(plan.DAY, 9), tick=True)
def test_from_a_proposal_to_a_story_that_came(people):
    reporter, editor = signed_in(people[Role.REPORTER]), signed_in(people[Role.SECTION_EDITOR])
    house.contributor_for(people[Role.REPORTER])

    typed = fields_of(reporter.get(f"{DESK}/topics/new/?on=2026-11-25"), "topic-form")
    assert typed["day"] == "2026-11-25"
    typed |= {"title": "渡口停摆之后", "section": house.section().pk, "place": "云江渡口", "expected_characters": "800"}
    typed |= {
        "wants_text": "on",
        "starts_at": "14:00",
        "ends_at": "16:30",
        "edition_day": "2026-11-26",
        "page_label": "3",
    }
    response = reporter.post(f"{DESK}/topics/new/", typed)
    topic = Topic.objects.get()
    assert response["Location"] == f"{DESK}/topics/{topic.pk}/"
    assert (topic.state, topic.last_day, topic.proposed_by) == ("proposed", plan.DAY, people[Role.REPORTER])

    assert "渡口停摆之后" in text_of(editor.get(f"{DESK}/"))
    editor.post(f"{DESK}/topics/{topic.pk}/act/", {"verb": "approve", "seen": 1})
    typed = fields_of(editor.get(f"{DESK}/topics/{topic.pk}/"), "assign-form")
    assert typed["due_at"] == "2026-11-25T20:00"
    editor.post(f"{DESK}/topics/{topic.pk}/assign/", typed | {"person": people[Role.REPORTER].pk, "note": "先问船工"})
    given = Assignment.objects.get()

    assert "先问船工" in text_of(reporter.get(f"{DESK}/topics/{topic.pk}/"))
    assert "渡口停摆之后" in text_of(reporter.get(f"{DESK}/"))
    reporter.post(f"{DESK}/assignments/{given.pk}/act/", {"verb": "accept", "seen": 2})
    assert Assignment.objects.get().state == "accepted"

    typed = fields_of(reporter.get(f"{DESK}/stories/new/?assignment={given.pk}"), "story-form")
    assert (typed["slugline"], typed["section"]) == ("渡口停摆之后", str(house.section().pk))
    reporter.post(f"{DESK}/stories/new/", typed | {"headline": "渡口静了", "body": "<p>正文。</p>"})
    story = Article.objects.get()
    assert story.assignment == given
    assert coverage.outcome_of(standing(given), plan.at(plan.DAY, 12)) == Outcome.AWAITED
    assert coverage.outcome_of(standing(given), plan.at(plan.DAY, 21)) == Outcome.LATE
    house.act(story, Verb.SUBMIT, people[Role.REPORTER])
    assert coverage.outcome_of(standing(given), plan.at(plan.DAY, 21)) == Outcome.DELIVERED

    page = text_of(editor.get(f"{DESK}/topics/{topic.pk}/"))
    assert "渡口静了" in page
    assert "Delivered" in page
    assert f"{DESK}/topics/{topic.pk}/" in text_of(editor.get(f"{DESK}/stories/{story.pk}/"))
    assert "渡口停摆之后" in text_of(editor.get(f"{DESK}/stories/"))
    acts = AuditEntry.objects.order_by("id").values_list("act", flat=True)
    assert [act for act in acts if act.startswith(("topic", "assignment"))] == [
        "topic.propose",
        "topic.approve",
        "assignment.give",
        "assignment.accept",
    ]
    told = Notice.objects.filter(target_type="articles.topic").order_by("id")
    told = told.values_list("recipient__username", "kind", "text")
    assert list(told) == [
        ("reporter", "decided", "已通过"),
        ("reporter", "assigned", "文字 · 先问船工"),
        ("section_editor", "assigned", "已接受"),
    ]


@pytest.mark.parametrize("view", ["day", "week", "month"])
def test_the_calendar_shows_the_day(people, view):
    plan.accepted(people, plan.approved(people, title="渡口停摆之后"))
    client = signed_in(people[Role.PHOTOGRAPHER])
    page = text_of(client.get(f"{DESK}/plan/?view={view}&on=2026-11-25"))
    assert "渡口停摆之后" in page
    assert "渡口停摆之后" not in text_of(client.get(f"{DESK}/plan/?view={view}&on=2026-09-25"))
