"""Every role × every verb × every state of topics and assignments, and lists that show what the rules allow.

The tables below say it in the newsroom's words and know nothing of `coverage_rules`.
"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from articles import rules
from articles.coverage_states import AssignmentState, AssignmentVerb, TopicState, TopicVerb
from articles.errors import IllegalTransition, NotAllowed, Refusal
from articles.models import Assignment, Topic
from articles.plan import assigning, coverage_rules, topics
from newsroom.staff.models import AuditEntry, User
from newsroom.staff.roles import SECTION_ROLES, Role
from tests import newsroom_of_tests as house
from tests import plan_of_tests as plan

LEADERS = "section_editor desk_chief editor_in_chief"
FILERS = f"reporter photographer {LEADERS}"

# state -> verb -> who: a role, or the proposer (who still files)
TOPICS = {
    "proposed": {"edit": f"proposer {LEADERS}", "approve": LEADERS, "decline": LEADERS, "drop": "proposer"},
    "approved": {"edit": LEADERS, "assign": LEADERS, "drop": LEADERS},
    "declined": {"approve": LEADERS},
    "dropped": {"approve": LEADERS},
}
ASSIGNMENTS = {
    "given": {"accept": "assigned", "decline": "assigned", "withdraw": LEADERS, "reschedule": LEADERS},
    "accepted": {"decline": "assigned", "withdraw": LEADERS, "deliver": "assigned", "reschedule": LEADERS},
    "declined": {},
    "withdrawn": {},
}


@pytest.fixture
def everybody(title) -> dict[str, User | AnonymousUser]:
    people: dict[str, User | AnonymousUser] = {"nobody": AnonymousUser(), "no role": house.make_person("none")}
    people |= {role.value: house.make_person(role.value, role) for role in Role}
    for role in sorted(SECTION_ROLES):
        people[f"{role} elsewhere"] = house.make_person(f"{role}_x", role, sections=("sports",))
    people["inactive"] = house.make_person("gone", *Role)
    User.objects.filter(username="gone").update(is_active=False)
    return people | {"inactive": house.person("gone")}


def words_for(who: str, relation: str) -> set[str]:
    """Which words of the table fit: the role, and `proposer` or `assigned` for those who file."""
    role = {who} if who in {r.value for r in Role} else set()
    files = who in FILERS.split() or who.endswith("elsewhere")
    return role | ({relation} if relation and files else set())


def outcome(act) -> str:
    """Done with one audit row, or the name of the refusal and nothing written. It is taken back afterwards."""
    before, savepoint = AuditEntry.objects.count(), transaction.savepoint()
    try:
        act()
        said = f"done with {AuditEntry.objects.count() - before} audit rows"
    except Refusal as refusal:
        said = type(refusal).__name__ + ("" if AuditEntry.objects.count() == before else " and yet written")
    transaction.savepoint_rollback(savepoint)
    return said


def expected(table, state: str, verb: str, words: set[str]) -> str:
    if verb not in table[state]:
        return IllegalTransition.__name__
    return "done with 1 audit rows" if words & set(table[state][verb].split()) else NotAllowed.__name__


def say_to_topic(verb: str, topic: Topic, user, colleague: User) -> None:
    if verb == TopicVerb.EDIT:
        topics.edit_topic(topic.pk, {"title": "另一个题目"}, based_on=topic.version, acting_user=user)
    elif verb == TopicVerb.ASSIGN:
        given = {"person": colleague, "kind": "text", "due_at": plan.at(plan.DAY)}
        with plan.while_to_come(given["due_at"]):
            assigning.give_assignment(topic.pk, given, acting_user=user)
    else:
        topics.decide_topic(topic.pk, verb, seen=topic.version, reason="理由", acting_user=user)


def say_to_assignment(verb: str, assignment: Assignment, user) -> None:
    if verb == AssignmentVerb.DELIVER:
        fields = {"headline": "题", "section_id": house.section().pk}
        house.editing.create_story(fields, assignment=assignment.pk, acting_user=user)
    elif verb == AssignmentVerb.RESCHEDULE:
        due_at, seen = plan.at(plan.DAY, 23), assignment.topic.version
        with plan.while_to_come(due_at):
            assigning.set_due(assignment.pk, due_at, seen=seen, acting_user=user)
    else:
        seen = assignment.topic.version
        assigning.answer_assignment(assignment.pk, verb, seen=seen, reason="理由", acting_user=user)


@pytest.mark.parametrize("state", TopicState.values)
@pytest.mark.parametrize("relation", ["", "proposer"])
def test_every_role_says_every_verb_to_a_topic(everybody, state, relation):
    topic = plan.make_topic(house.make_person("somebody", Role.REPORTER))
    colleague, wrong = house.make_person("colleague", Role.REPORTER), []
    for who, user in everybody.items():
        if relation and not isinstance(user, User):
            continue
        Topic.objects.filter(pk=topic.pk).update(state=state, **({"proposed_by": user} if relation else {}))
        for verb in TopicVerb:
            wanted = expected(TOPICS, state, verb, words_for(who, relation))
            came = outcome(lambda verb=verb, user=user: say_to_topic(verb, topic, user, colleague))
            if came != wanted:
                wrong.append(f"{who} says {verb}: {came}, not {wanted}")
    assert wrong == []


@pytest.mark.parametrize("state", AssignmentState.values)
@pytest.mark.parametrize("relation", ["", "assigned"])
def test_every_role_says_every_verb_to_an_assignment(everybody, people_of_plan, state, relation):
    assignment, wrong = people_of_plan, []
    for who, user in everybody.items():
        if relation and not isinstance(user, User):
            continue
        Assignment.objects.filter(pk=assignment.pk).update(state=state, **({"person": user} if relation else {}))
        for verb in AssignmentVerb:
            wanted = expected(ASSIGNMENTS, state, verb, words_for(who, relation))
            if verb == AssignmentVerb.DELIVER and not rules.can_file(user):
                wanted = NotAllowed.__name__  # said before the assignment is looked at
            came = outcome(lambda verb=verb, user=user: say_to_assignment(verb, assignment, user))
            if came != wanted:
                wrong.append(f"{who} says {verb}: {came}, not {wanted}")
    assert wrong == []


@pytest.fixture
def people_of_plan(everybody) -> Assignment:
    """An assignment of somebody else's, given by the section's editor."""
    topic = plan.make_topic(house.make_person("somebody", Role.REPORTER))
    plan.decide(topic, "approve", everybody["section_editor"])
    return plan.send(topic, house.make_person("who_goes", Role.REPORTER), everybody["section_editor"])


def test_the_queries_say_what_the_predicates_say(everybody):
    users = [user for user in everybody.values() if isinstance(user, User)]
    for slug in ("city", "sports"):
        for state in TopicState.values:
            given = {"section": house.section(slug), "day": plan.DAY, "last_day": plan.DAY, "state": state}
            Topic.objects.create(title=f"{slug} {state}", **given)
            for user in users:
                Topic.objects.create(title=f"{slug} {state} {user}", proposed_by=user, **given)
                topic = Topic.objects.create(title=f"{slug} {state} to {user}", **given)
                Assignment.objects.create(topic=topic, person=user, due_at=plan.at(plan.DAY), state="declined")
    every = list(Topic.objects.select_related("section"))
    for who, user in everybody.items():
        visible = {topic.pk for topic in every if coverage_rules.can_view(user, topic)}
        assert set(coverage_rules.visible_to(user).values_list("pk", flat=True)) == visible, who
        led = {topic.pk for topic in every if coverage_rules.Part.LEADER in coverage_rules.topic_parts(user, topic)}
        assert set(coverage_rules.led_topics(user).values_list("pk", flat=True)) == led, who
    reporter = coverage_rules.visible_to(everybody["reporter"])
    assert reporter.filter(title="city approved").exists()
    assert not reporter.filter(title="city proposed").exists()


def test_everybody_who_files_can_be_sent_and_nobody_else(everybody):
    sent = {user.username for user in coverage_rules.people_to_send()}
    assert sent == {*FILERS.split(), *(f"{role}_x" for role in SECTION_ROLES)}


def test_who_goes_and_who_leads_read_what_was_said_with_an_assignment(everybody, people_of_plan):
    reads = {who for who, user in everybody.items() if coverage_rules.can_read_words(user, people_of_plan)}
    assert reads == set(LEADERS.split())
    assert coverage_rules.can_read_words(people_of_plan.person, people_of_plan)
