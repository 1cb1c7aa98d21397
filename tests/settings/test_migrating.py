"""Checks added to a full table: from when on they hold, and for which rows. Indexes built while others write it."""

from __future__ import annotations

import threading

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, connections, transaction
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import CheckConstraint, Index, Q

from newsroom.migrating import AddCheck, AddIndexMeanwhile, ValidateCheck
from newsroom.staff.models import User
from newsroom.staff.roles import Role
from tests.concurrency.racing import finish, until_somebody_waits


def apply(operation: Operation) -> None:
    state = ProjectState.from_apps(apps)
    after = state.clone()
    operation.state_forwards("staff", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("staff", editor, state, after)


@pytest.mark.postgresql
def test_a_check_holds_for_what_is_written_and_later_for_what_was_there(people):
    # The trigger of a deferred constraint would stand in the way of a change of the table.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    before = people[Role.REPORTER]
    apply(AddCheck("user", CheckConstraint(condition=~Q(name=before.name), name="not_called_so")))
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=people[Role.PHOTOGRAPHER].pk).update(name=before.name)
    look = ValidateCheck("user", "not_called_so")
    with pytest.raises(IntegrityError), transaction.atomic():
        apply(look)
    User.objects.filter(pk=before.pk).update(name="别人")
    apply(look)


@pytest.fixture
def index():
    yield Index(fields=["name"], name="people_by_name_meanwhile")
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX IF EXISTS people_by_name_meanwhile")


def build(index: Index) -> None:
    state = ProjectState.from_apps(apps)
    with connection.schema_editor(atomic=False) as editor:
        AddIndexMeanwhile("user", index).database_forwards("staff", editor, state, with_index(state, index))


def with_index(state: ProjectState, index: Index) -> ProjectState:
    after = state.clone()
    AddIndexMeanwhile("user", index).state_forwards("staff", after)
    return after


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_others_write_while_an_index_is_built(people, index):
    built, written = threading.Event(), threading.Event()

    def build_it():
        build(index)
        connections.close_all()
        built.set()

    def write():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            User.objects.filter(pk=people[Role.PHOTOGRAPHER].pk).update(name="别人")
        connections.close_all()
        written.set()

    builder = threading.Thread(target=build_it, daemon=True)
    with transaction.atomic():
        # Whoever builds waits for this one, and whoever waits behind them would wait too.
        User.objects.filter(pk=people[Role.REPORTER].pk).update(name="某人")
        builder.start()
        until_somebody_waits(built)
        assert not built.is_set()
        finish([threading.Thread(target=write, daemon=True)])
        assert written.is_set()
    builder.join()
    assert built.is_set()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_an_index_that_was_left_half_built_is_built_anew(people, index):
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX people_by_name_meanwhile ON staff_user (username)")
    build(index)
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'people_by_name_meanwhile'")
        [(definition,)] = cursor.fetchall()
    assert definition.endswith("(name)")
