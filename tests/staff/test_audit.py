"""The audit trail: written with the act, never changed, and there when person and story are long gone."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from articles.models import Article, Signature
from articles.states import State
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry, User
from newsroom.staff.models.audit import AuditTrailIsPermanent
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house


def test_the_trail_outlives_person_and_story(people):
    story = house.story_in(State.PUBLISHED, people)
    before = list(AuditEntry.objects.values())
    assert len(before) == 6
    Signature.objects.all().delete()
    story.delete()
    User.objects.all().delete()
    assert not Article.objects.exists()
    assert list(AuditEntry.objects.values()) == before
    entry = AuditEntry.objects.first()
    assert (entry.actor_label, entry.target_label) == ("editor_in_chief（测）", "城西夜市今晚开市")


def test_a_row_says_its_time_as_the_newsroom_counts_it():
    at = datetime.datetime(2024, 3, 6, 22, 0, tzinfo=datetime.UTC)
    assert str(AuditEntry(at=at, act=Act.STORY_EDIT)).startswith("2024-03-07 06:00 ")


CHANGES = {
    "save": lambda entry: entry.save(),
    "save under another number": lambda entry: AuditEntry(pk=entry.pk, act=Act.STORY_EDIT).save(),
    "delete": lambda entry: entry.delete(),
    "update all": lambda entry: AuditEntry.objects.update(actor_label="x"),
    "update some": lambda entry: AuditEntry.objects.filter(pk=entry.pk).update(actor_label="x"),
    "delete all": lambda entry: AuditEntry.objects.all().delete(),
    "bulk": lambda entry: AuditEntry.objects.bulk_update([entry], ["actor_label"]),
    "update or create": lambda entry: AuditEntry.objects.update_or_create(pk=entry.pk, defaults={"actor_label": "x"}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_row_is_never_changed_or_taken_away(people, change):
    house.make_story(people[Role.REPORTER])
    entry = AuditEntry.objects.get()
    before = AuditEntry.objects.values().get()
    entry.actor_label = "x"
    with pytest.raises(AuditTrailIsPermanent), transaction.atomic():
        change(entry)
    assert AuditEntry.objects.values().get() == before


def test_an_act_nobody_knows_is_refused(people):
    story = house.make_story(people[Role.REPORTER])
    with pytest.raises(ValueError, match=r"story\.nonsense"):
        audit.record(people[Role.REPORTER], "story.nonsense", story)
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.create(act="story.nonsense", target_type="x", target_id="1")
    assert AuditEntry.objects.count() == 1


def test_an_act_that_is_taken_back_leaves_no_row(people):
    story = house.make_story(people[Role.REPORTER])
    with transaction.atomic():
        house.act(story, "submit", people[Role.REPORTER])
        transaction.set_rollback(True)
    assert AuditEntry.objects.count() == 1
    assert Article.objects.get().state == State.DRAFT


def test_the_trail_of_one_thing_newest_first(people):
    story, other = house.story_in(State.SUBMITTED, people), house.make_story(people[Role.REPORTER])
    assert [entry.act for entry in AuditEntry.objects.about(story)] == ["story.submit", "story.create"]
    assert [entry.act for entry in AuditEntry.objects.about(other)] == ["story.create"]


def test_where_the_clock_acted_the_trail_says_so(people):
    entry = audit.record(None, Act.STORY_PUBLISH, house.make_story(people[Role.REPORTER]))
    assert (entry.actor_id, entry.actor_label) == (None, "publish_due")
