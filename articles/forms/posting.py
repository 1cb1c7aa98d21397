"""A content as the edit form would post it: for showing again what was merged."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.http import QueryDict

from articles.content import DESK_FIELDS, SIGNED_FIELDS, Content


def posted(content: Content, people: Mapping[int, str], not_yet: Collection[int]) -> QueryDict:
    """What the form posts where it says `content`; `people` are names, of whom those `not_yet` have no row."""
    form = QueryDict(mutable=True)
    for name in SIGNED_FIELDS + DESK_FIELDS:
        form[name.removesuffix("_id")] = _text(content[name])
    bylines = [
        {"contributor": _text(None if c["contributor"] in not_yet else c["contributor"]), "role": c["role"]}
        | {"name": people.get(c["contributor"], "")}
        for c in content["bylines"]
    ]
    _add_rows(form, "bylines", bylines)
    _add_rows(form, "pictures", content["pictures"])
    return form


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _add_rows(form: QueryDict, prefix: str, rows: Sequence[Mapping[str, Any]]) -> None:
    # All of them count as there from the beginning: a formset passes over an added row that says nothing new.
    form[f"{prefix}-TOTAL_FORMS"] = form[f"{prefix}-INITIAL_FORMS"] = str(len(rows))
    for number, row in enumerate(rows):
        for name, value in row.items():
            form[f"{prefix}-{number}-{name}"] = _text(value)
