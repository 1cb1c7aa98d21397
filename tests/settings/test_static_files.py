"""Static files as they are served: under names that carry their content's hash, and no others."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command

from newsroom.static_files import HashedFiles

IMPORT = re.compile(r"""^import [^;]*?["']\./([^"']+)["'];""", re.MULTILINE)


@pytest.fixture
def collected(tmp_path, settings):
    """The folder of collected static files; the unhashed ones are gone, as in a running newsroom."""
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "newsroom.static_files.HashedFiles"}}
    settings.STATIC_ROOT = tmp_path / "static"
    call_command("collectstatic", interactive=False, verbosity=0)
    return settings.STATIC_ROOT


def test_modules_import_their_neighbours_by_the_names_they_are_served_under(collected):
    assert HashedFiles.support_js_module_import_aggregation
    modules = list((collected / "desk" / "canvas").glob("*.js"))
    imports = [(module, name) for module in modules for name in IMPORT.findall(module.read_text(encoding="utf-8"))]
    assert len(imports) > 20
    assert [(module.name, name) for module, name in imports if not (module.parent / name).is_file()] == []
