"""Checks added to a full table: from when on they hold, and for which rows."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import CheckConstraint, Q

from newsroom.migrating import AddCheck, ValidateCheck
from newsroom.staff.models import User
from newsroom.staff.roles import Role


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
