"""The API described for machines: OpenAPI 3.1, made of the rows that answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext as _
from django_filters import Filter

from articles.api.answering import JSON
from articles.api.problems import KIND, TITLES
from articles.api.properties import ADDRESS, DAY, MOMENT, TEXT, Schema, reference, several
from articles.api.resources import Listing, Resource, Single
from articles.public.site import Site

VERSION = "1.0.0"
_CONVERTER = re.compile(r"<\w+:(\w+)>")

PROBLEM: Schema = {
    "type": "object",
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer"},
        "errors": {"type": "object", "additionalProperties": several(TEXT)},
        "known": several(TEXT),
        "allowed": several(TEXT),
    },
    "required": ["type", "title", "status"],
    "additionalProperties": False,
}


def document(root: str, site: Site, resources: Sequence[Resource], schemas: Mapping[str, Schema]) -> dict[str, Any]:
    """The whole description; `root` is the address of the API, `schemas` are those that the resources name."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("What %(paper)s has published") % {"paper": site.name or site.root},
            "version": VERSION,
            "description": _("Stories and editions as readers see them, for programs. Nobody has to sign in."),
        },
        "servers": [{"url": root}],
        "paths": {"/" + _CONVERTER.sub(r"{\1}", one.route): {"get": _operation(one)} for one in resources},
        "components": {"schemas": {**schemas, "Problem": PROBLEM}},
    }


def _operation(resource: Resource) -> dict[str, Any]:
    if isinstance(resource, Listing):
        statuses, parameters = [400, 406], [_parameter(*named) for named in resource.filter.base_filters.items()]
    else:
        statuses = [400, 404, 406, *([410] if resource.may_be_gone else [])]
        key = {"name": resource.key, "description": resource.key_meaning, "schema": resource.key_schema}
        parameters = [{**key, "in": "path", "required": True}]
    return {
        "operationId": resource.name,
        "summary": resource.summary,
        "parameters": parameters,
        "responses": {"200": _offered(resource), **{str(status): _refused(status) for status in statuses}},
    }


def _offered(resource: Resource) -> dict[str, Any]:
    schema = reference(resource.schema)
    if isinstance(resource, Single):
        return {"description": resource.summary, "content": {JSON: {"schema": schema}}}
    page = {
        "type": "object",
        "properties": {"items": several(schema), "next": {"oneOf": [ADDRESS, {"type": "null"}]}},
        "required": ["items", "next"],
        "additionalProperties": False,
    }
    link = {"description": _("Where the list goes on, with rel=next."), "schema": TEXT}
    return {"description": resource.summary, "headers": {"Link": link}, "content": {JSON: {"schema": page}}}


def _refused(status: int) -> dict[str, Any]:
    return {"description": TITLES[HTTPStatus(status)], "content": {KIND: {"schema": reference("Problem")}}}


def _parameter(name: str, filter_: Filter) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": filter_.field.required,
        "description": filter_.label,
        "schema": schema_of_field(filter_.field),
    }


def schema_of_field(field: Any) -> Schema:
    """What a parameter may be, as the form field that reads it would say it."""
    if isinstance(field, forms.ModelChoiceField):
        return TEXT
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return {**TEXT, "enum": [value for value, _label in choices if value]}
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
    if isinstance(field, forms.DateTimeField):
        return MOMENT
    return DAY if isinstance(field, forms.DateField) else _text(field)


def _text(field: Any) -> Schema:
    patterns = [re.compile(one.regex).pattern for one in field.validators if isinstance(one, validators.RegexValidator)]
    longest = getattr(field, "max_length", None)
    return {
        **TEXT,
        **({"pattern": patterns[0].replace(r"\Z", "$")} if patterns else {}),
        **({"maxLength": longest} if longest else {}),
    }
