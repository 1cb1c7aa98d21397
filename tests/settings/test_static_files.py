"""Static files as they are served: under names that carry their content's hash, and no others."""

from __future__ import annotations

import re
import runpy
from io import BytesIO

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from PIL import Image

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


def test_the_icons_that_are_asked_for_unseen_are_those_that_pages_name(client, db):
    page = client.get("/").text
    icons = {"/favicon.ico": (48, 48), "/apple-touch-icon.png": (180, 180)}
    for address, size in icons.items():
        assert f'href="{address}"' in page
        response = client.get(address)
        assert (response.status_code, response["Content-Type"].partition("/")[0]) == (200, "image")
        assert Image.open(BytesIO(response.getvalue())).size == size


def test_the_icons_are_drawn_from_the_one_that_reads_as_svg(tmp_path):
    """Else somebody changed that one and not these: `python scripts/icons.py`."""
    script = runpy.run_path(str(configured.BASE_DIR / "scripts" / "icons.py"))
    script["draw_all"](tmp_path)
    for drawn in tmp_path.iterdir():
        kept = configured.WHITENOISE_ROOT / drawn.name
        assert Image.open(kept).tobytes() == Image.open(drawn).tobytes(), drawn.name
