"""What every test can ask for: a title with its sections and steps, and one person a role."""

from __future__ import annotations

import faulthandler
import importlib
import os
import sys

import hypothesis
import jinja2
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.management import create_contenttypes
from django.db import connection
from django.db.models.signals import post_migrate
from django.test.signals import template_rendered
from django.utils import translation

from articles.public.front import SHELF
from tests import newsroom_of_tests as house


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Databases of tests need not survive a power cut: a commit does not wait for the disk."""
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor == "sqlite":
        options["init_command"] += "PRAGMA synchronous=OFF;"
    else:
        options["options"] += " -c synchronous_commit=off"


# What no model says: migrations that make it in the database's own words.
BESIDE_THE_MODELS = [
    "articles.migrations.0020_search_index",
    "articles.migrations.0040_where_pairs_stand",
    "editions.migrations.0003_placements_never_overlap",
]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_use_migrations, django_db_blocker):
    """The tables are made as the models say them, in a fifteenth of the time that migrating takes; that migrating
    leads to the same is held in `tests/architecture/test_migrations.py`.

    Django makes the rows of its own permissions anew whenever a test has emptied the database; here rights are
    asked of the rules, and nobody of those.
    """
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    post_migrate.disconnect(create_contenttypes)
    if connection.vendor == "postgresql":
        connection.ops.sql_flush = _sql_to_empty
    if not django_db_use_migrations:
        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            for name in BESIDE_THE_MODELS:
                for operation in importlib.import_module(name).Migration.operations:
                    operation.code(apps, editor)


def _sql_to_empty(_style, tables, **_more):
    """What PostgreSQL is emptied with after a test that commits. TRUNCATE, Django's own way, gives each table and each
    index a new file, and a test leaves a few rows in a few tables. Like it this waits for whoever still writes.
    """
    names = [connection.ops.quote_name(table) for table in tables]
    return [f"LOCK TABLE {', '.join(names)} IN SHARE ROW EXCLUSIVE MODE; DELETE FROM {'; DELETE FROM '.join(names)}"]


@pytest.fixture
def with_cdn(settings):
    """A CDN is told what to forget, so pages say by which keys it knows them."""
    settings.CDN_PURGE_URL = "https://cdn.example/purge"


@pytest.fixture(scope="session", autouse=True)
def _contexts_of_every_engine():
    """The test client is told by Django's own templates what a page was drawn with (`response.context`); here by
    Jinja2's too.
    """
    render = jinja2.Template.render

    def rendered(template, *args, **more):
        context = dict(*args, **more)
        template_rendered.send(sender=template, template=template, context=context)
        return render(template, context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Template, "render", rendered)
        yield


# How long an example takes says something of the machine, not of the program.
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")


@pytest.fixture(autouse=True)
def _own_files(tmp_path, settings):
    """Every test has its own desk and public stores, its own log of reads, and plain static files; its site is the one
    that the test client asks.
    """
    stores = {name: {**store, "OPTIONS": dict(store.get("OPTIONS", {}))} for name, store in settings.STORAGES.items()}
    stores["default"]["OPTIONS"]["location"] = tmp_path / "desk"
    stores["public"]["OPTIONS"]["location"] = tmp_path / "public"
    stores["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = stores
    settings.READS_LOG = tmp_path / "reads.log"
    settings.SITE_ADDRESS = "http://testserver"
    SHELF.clear()
    # The last request of the test before may have been an English one.
    translation.activate(settings.LANGUAGE_CODE)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def title(db):
    """The newspaper with three review steps, two sections (city, sports) and a 6 × 102 page template."""
    return house.make_title()


@pytest.fixture
def people(title):
    """One person a role, by role; section roles are held for the section `city`."""
    return house.make_people()


# What pytest does on its own (faulthandler_timeout) it gives up when a test has failed; what is taken down after that
# is waited for no longer either. A process that is ended is followed by another one.
LONGEST = 300
STDERR = pytest.StashKey[int]()


def pytest_configure(config):
    # Before what tests write is caught.
    config.stash[STDERR] = os.dup(sys.__stderr__.fileno())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    faulthandler.dump_traceback_later(LONGEST, exit=True, file=item.config.stash[STDERR])
    try:
        return (yield)
    finally:
        faulthandler.cancel_dump_traceback_later()


def pytest_collection_modifyitems(config, items):
    """Tests about the other database are left out, not skipped: `.ci/run` runs the suite on both."""
    here = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    other = {"sqlite3": "postgresql", "postgresql": "sqlite"}[here]
    left_out = [item for item in items if item.get_closest_marker(other)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
