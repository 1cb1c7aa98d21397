"""Things as the API tells them, each a table of properties: what is sent and what the description promises are read
from the same rows. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.utils.functional import Promise

Thing = dict[str, Any]
Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
NUMBER: Schema = {"type": "integer", "minimum": 0}


class Property(NamedTuple):
    """A property of a thing: its name, its JSON Schema, what it means, and how it is read from what is told.

    What is empty is left out, unless the property is `always` there.
    """

    name: str
    schema: Schema
    meaning: str | Promise
    value: Callable[[Any], Any]
    always: bool = False


def told(properties: Sequence[Property], of: Any) -> Thing:
    """The thing as it is sent."""
    said = {one.name: one.value(of) for one in properties}
    needed = {one.name for one in properties if one.always}
    return {name: value for name, value in said.items() if name in needed or value not in (None, "", [], ())}


def schema_of(properties: Sequence[Property], meaning: str | Promise) -> Schema:
    """The JSON Schema that every thing told by these properties keeps to."""
    return {
        "type": "object",
        "description": meaning,
        "properties": {one.name: {**one.schema, "description": one.meaning} for one in properties},
        "required": [one.name for one in properties if one.always],
        "additionalProperties": False,
    }


def record(*required: str, **others: Schema) -> Schema:
    """The schema of a small object: texts that are always there, and what may be."""
    properties = {**dict.fromkeys(required, TEXT), **others}
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def several(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def one_of(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


def reference(name: str) -> Schema:
    """To a schema of the description by its name."""
    return {"$ref": f"#/components/schemas/{name}"}
