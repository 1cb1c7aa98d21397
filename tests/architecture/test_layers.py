"""What the house promises about its own source, read from the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

HOUSE = Path(__file__).resolve().parents[2]
APPS = ("articles", "editions", "newsroom")
# What the doors have written for them: nobody else may call it.
ROOMS_OF_THE_DOOR = {
    "articles/public/specials.py": "articles.public.specials",
    "articles/search/index.py": "articles.search.index",
}
DOORS = {
    "articles/publishing.py",
    "articles/generations.py",
    "editions/publishing.py",
    "editions/following.py",
    "editions/moving.py",
    *ROOMS_OF_THE_DOOR,
}
# Writes the index anew from what the doors wrote.
REBUILDS = "editions/management/commands/rebuild_search.py"
# Notes for the clock, like a purge: no reader sees them, and whoever carries them out takes them away.
ORDERS = {"PublishedSearchChange"}
READING_MODELS = {
    "PublishedSection",
    "PublishedAuthor",
    "PublishedArticle",
    "PublishedByline",
    "PublishedPhoto",
    "WithdrawnArticle",
    "PublicFrame",
    "PublishedTag",
    "PublishedTagging",
    "PublishedSpecial",
    "PublishedSpecialStory",
    "PublishedSearch",
    "FormerAddress",
    "MovedAddress",
    "PublishedEdition",
    "PublishedPage",
    "PublishedPlacement",
    "PublishedPrinting",
}
WRITES = {
    "create",
    "get_or_create",
    "update",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "delete",
    "save",
    "_raw_delete",
}


@cache
def source() -> dict[str, ast.Module]:
    """Every module of the product by its path, migrations left out."""
    files = [path for app in APPS for path in (HOUSE / app).rglob("*.py") if "migrations" not in path.parts]
    return {str(path.relative_to(HOUSE)): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def names_in(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def written_models(tree: ast.Module) -> set[str]:
    """The names at the root of calls that write: `X` of X.objects….create(…), X(…).save()."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    return set().union(*(names_in(call.func.value) for call in calls if call.func.attr in WRITES), set())


def assigned_attributes(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(what, attribute) of every assignment to an attribute, and of every update(attribute=…)."""
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            parts = target.elts if isinstance(target, ast.Tuple) else [target]
            yield from ((ast.unparse(p.value), p.attr) for p in parts if isinstance(p, ast.Attribute))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            yield from ((ast.unparse(node.func.value), word.arg) for word in node.keywords if word.arg)


def test_the_reading_models_are_the_ones_named_here():
    public = {
        model.__name__
        for app in ("articles", "editions")
        for model in apps.get_app_config(app).get_models()
        if model.__module__.rpartition(".")[2].startswith(("published", "moved"))
    }
    assert public == READING_MODELS | ORDERS


def test_only_the_doors_write_what_readers_see():
    writers = {path for path, tree in source().items() if written_models(tree) & READING_MODELS}
    assert writers == DOORS
    for room in ROOMS_OF_THE_DOOR.values():
        assert {path for path, tree in source().items() if room in set(imports(tree))} <= DOORS | {REBUILDS}


def test_only_the_workflow_moves_a_story():
    movers = {
        path
        for path, tree in source().items()
        for what, attribute in assigned_attributes(tree)
        if attribute in {"state", "step"} and not any(other in what.lower() for other in ("edition", *PLANNED))
    }
    assert movers == {"articles/workflow.py"}


PLANNED = ("topic", "assignment")


def test_only_the_services_of_the_plan_move_topics_and_assignments():
    movers = {
        path
        for path, tree in source().items()
        for what, attribute in assigned_attributes(tree)
        if attribute == "state" and any(name in what.lower() for name in PLANNED)
    }
    assert movers == {"articles/plan/topics.py", "articles/plan/assigning.py"}
    writers = {path for path, tree in source().items() if {"Topic", "Assignment"} & written_models(tree)}
    assert writers <= movers


def test_only_workflow_writes_signatures():
    assert {path for path, tree in source().items() if "Signature" in written_models(tree)} == {"articles/workflow.py"}


def test_only_the_audit_module_writes_the_trail():
    writers = {path for path, tree in source().items() if "AuditEntry" in written_models(tree)}
    assert writers == {"newsroom/staff/audit.py"}


def test_only_the_door_asks_the_workflow():
    askers = {
        path for path, tree in source().items() if any(name.startswith("articles.workflow") for name in imports(tree))
    }
    # The settings of the review settle the stories under way; nothing public changes by that.
    assert askers <= {"articles/publishing.py", "articles/editing.py", "articles/admin/settings.py"}


PURE = [
    "articles/pictures/imaging.py",
    "articles/pictures/crops.py",
    "articles/pictures/likeness.py",
    "articles/pictures/facts/reader.py",
    "articles/pictures/facts/writer.py",
    "articles/text/counting.py",
    "articles/calendar_days.py",
    "editions/geometry.py",
    "editions/arrangement.py",
    "articles/importing/parse.py",
]


@pytest.mark.parametrize("path", PURE)
def test_what_is_pure_knows_no_models(path):
    assert not any(name.startswith("django.db") or ".models" in name for name in imports(source()[path]))


def test_no_module_sets_rules_by_signals():
    assert not [path for path, tree in source().items() if any("signals" in name for name in imports(tree))]
