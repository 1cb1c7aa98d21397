"""Migrating leads to what the models say. An upgrade does not stop the desk: no migration reads a full table while
nobody else may, or may not write.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration
from django.db.models import (
    CheckConstraint,
    PositiveBigIntegerField,
    PositiveIntegerField,
    PositiveSmallIntegerField,
)

from newsroom.migrating import AddCheck, AddIndexMeanwhile, ValidateCheck
from tests.databases import beside_the_tests_own, database_url, schema_of

# The last ones of the time when the tables were empty.
FIRST_TABLES = {"staff": 8, "articles": 14, "editions": 8}
# A few thousand rows after years: read in a moment.
SHORT = {"title", "topic"}
# The database holds every row against their smallest value.
POSITIVE = (PositiveBigIntegerField, PositiveIntegerField, PositiveSmallIntegerField)


def later_migrations() -> list[Migration]:
    found = []
    for label, last in FIRST_TABLES.items():
        app = apps.get_app_config(label)
        names = sorted(path.stem for path in Path(app.path, "migrations").glob("0*.py"))
        modules = {name: import_module(f"{app.name}.migrations.{name}") for name in names if int(name[:4]) > last}
        found += [module.Migration(name, label) for name, module in modules.items()]
    return found


def named(migration: Migration, operation, name: str) -> tuple[str, str, str]:
    return migration.app_label, operation.model_name.lower(), name


def test_a_check_is_added_to_a_full_table_without_reading_it():
    plain = [
        (migration.app_label, migration.name, operation.constraint.name)
        for migration in later_migrations()
        for operation in migration.operations
        if isinstance(operation, AddConstraint)
        and not isinstance(operation, AddCheck)
        and isinstance(operation.constraint, CheckConstraint)
        and operation.model_name.lower() not in made_in(migration)
    ]
    assert plain == []


def test_a_column_of_a_full_table_brings_no_check_along():
    checked = [
        (migration.app_label, migration.name, operation.name)
        for migration in later_migrations()
        for operation in migration.operations
        if isinstance(operation, AddField)
        and isinstance(operation.field, POSITIVE)
        and operation.model_name.lower() not in made_in(migration) | SHORT
    ]
    assert checked == []


def test_an_index_of_a_full_table_is_built_while_others_write():
    plain = [
        (migration.app_label, migration.name, operation.index.name)
        for migration in later_migrations()
        for operation in migration.operations
        if isinstance(operation, AddIndex)
        and not (isinstance(operation, AddIndexMeanwhile) and not migration.atomic)
        and operation.model_name.lower() not in made_in(migration) | SHORT
    ]
    assert plain == []


def made_in(migration: Migration) -> set[str]:
    return {operation.name.lower() for operation in migration.operations if isinstance(operation, CreateModel)}


def test_what_is_there_is_held_against_it_in_a_later_migration():
    added, validated = {}, {}
    for migration in later_migrations():
        for operation in migration.operations:
            if isinstance(operation, AddCheck):
                added.setdefault(named(migration, operation, operation.constraint.name), []).append(migration.name)
            elif isinstance(operation, ValidateCheck):
                validated.setdefault(named(migration, operation, operation.name), []).append(migration.name)
    assert ("staff", "auditentry", "audit_act_known") in added
    assert set(added) == set(validated)
    # The last addition of each is followed by a migration of its own that looks.
    for check, names in added.items():
        assert max(names) < max(validated[check])


@pytest.fixture
def migrated(db, tmp_path):
    """A database of its own, migrated from nothing."""
    with beside_the_tests_own(tmp_path) as fresh:
        environment = os.environ | {"DATABASE_URL": database_url(fresh)}
        subprocess.run([sys.executable, "manage.py", "migrate"], env=environment, check=True, capture_output=True)
        yield fresh


def test_migrating_leads_to_what_the_models_say(migrated):
    assert sorted(schema_of(migrated) ^ schema_of(connection)) == []
