"""What the public is shown is made from the reading side alone: its modules know nothing of the desk."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READING_SIDE = {
    # Pure: which days there are; a body's words; two texts in, their differences out; nothing of the house behind it.
    "articles.calendar_days",
    "articles.text.body",
    "articles.text.correcting",
    "articles.text.diffing",
    "articles.text.matching",
    "articles.addresses",
    *(f"articles.api.{path.stem}" for path in (ROOT / "articles/api").glob("[!_]*.py")),
    "articles.keyset",
    "articles.models.imprint",
    "articles.models.moved",
    "articles.models.published",
    "articles.models.published_collections",
    "articles.models.published_search",
    "articles.public.bylines",
    "articles.public.composed",
    "articles.public.embedding",
    "articles.public.feed_formats",
    "articles.public.feeds",
    "articles.public.front",
    "articles.public.kept",
    "articles.public.moved",
    "articles.public.open_to_scripts",
    "articles.public.page",
    "articles.public.reading",
    "articles.public.robots",
    "articles.public.site",
    "articles.public.sitemaps",
    "articles.public.structured",
    "articles.public.surrogates",
    "articles.public.traditional",
    "articles.public.wording",
    "articles.public.xhtml",
    *(f"articles.search.{path.stem}" for path in (ROOT / "articles/search").glob("[!_]*.py")),
    "articles.templating.pictures",
    "articles.templating.reading",
    "articles.templating.search",
    "articles.urls.converters",
    "articles.urls.discovery",
    "articles.urls.reading",
    "articles.views.discovery",
    "articles.views.reading",
    "articles.views.search",
    "editions.almanac",
    *(f"editions.api.{path.stem}" for path in (ROOT / "editions/api").glob("[!_]*.py")),
    "editions.asprinted",
    "editions.cards",
    "editions.discovery",
    *(f"editions.epub.{path.stem}" for path in (ROOT / "editions/epub").glob("[!_]*.py")),
    "editions.geometry",
    "editions.models.published",
    "editions.pagemap",
    "editions.reading.front",
    "editions.reading.issues",
    "editions.reading.keys",
    "editions.reading.pages",
    "editions.reading.printed",
    "editions.templating.discovery",
    "editions.templating.paper",
    "editions.typeset.fonts",
    "editions.typeset.headline",
    "editions.typeset.marks",
    "editions.typeset.measuring",
    "editions.urls.api",
    "editions.urls.discovery",
    "editions.urls.reading",
    "editions.views.api",
    "editions.views.discovery",
    "editions.views.reading",
    "newsroom.dates",
    "newsroom.form_rendering",
}
OF_THE_HOUSE = {"articles", "editions", "newsroom"}
# The published edition's own model takes the published story from where all models of stories are listed.
PUBLIC_NAMES = {"PublishedArticle"}


def imports_of(module: str) -> set[str]:
    """Every module of the house that the source of `module` imports, wherever in the file."""
    tree = ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [alias.name for alias in node.names]
            if node.module in {"articles.models", "editions.models"}:
                found |= {f"{node.module}.{name}" for name in names if name not in PUBLIC_NAMES}
            elif (ROOT / node.module.replace(".", "/")).is_dir():
                found |= {f"{node.module}.{name}" for name in names}
            else:
                found.add(node.module)
    return {name for name in found if name.split(".")[0] in OF_THE_HOUSE}


@pytest.mark.parametrize("module", sorted(READING_SIDE))
def test_the_reading_side_imports_the_reading_side_alone(module):
    assert imports_of(module) <= READING_SIDE


def test_every_reading_module_is_held_to_it():
    named_so = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for app in ("articles", "editions")
        for path in (*(ROOT / app).rglob("reading.py"), *(ROOT / app).rglob("reading/[!_]*.py"))
    }
    assert named_so <= READING_SIDE


@pytest.mark.parametrize("module", sorted(name for name in READING_SIDE if name.startswith("articles.")))
def test_stories_know_nothing_of_editions(module):
    assert not {name for name in imports_of(module) if name.startswith("editions")}
