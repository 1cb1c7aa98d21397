"""Long lists in pages that cost the same however deep: by key, and without counting."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.utils import timezone

M = TypeVar("M", bound=Model)
PAGE_SIZE = 40


@dataclass(frozen=True)
class ListPage(Generic[M]):
    """One page of a list; `older` is the token of the next page, empty on the last."""

    items: list[M]
    older: str
    is_first: bool


def page_of(queryset: QuerySet[M], token: str, *, by: tuple[str, ...], size: int = PAGE_SIZE) -> ListPage[M]:
    """The page of `queryset`, newest first by the fields `by`, that begins after `token`.

    A token that nobody here made gives the first page. One query.
    """
    newest_first = queryset.order_by(*(f"-{field}" for field in by))
    after = _after(queryset.model, token, by)
    items = list((newest_first.filter(after) if after else newest_first)[: size + 1])
    older = _token(items[size - 1], by) if len(items) > size else ""
    return ListPage(items[:size], older, is_first=after is None)


def _token(item: Model, by: tuple[str, ...]) -> str:
    return "~".join(str(getattr(item, field)) for field in by)


def _after(model: type[Model], token: str, by: tuple[str, ...]) -> Q | None:
    """The condition of standing after the row that `token` names."""
    parts = token.split("~")
    if len(parts) != len(by):
        return None
    try:
        values = [_value(_field(model, name), part) for name, part in zip(by, parts, strict=True)]
    except (ValidationError, ValueError, OverflowError):
        return None
    condition = Q()
    for field, value in reversed(list(zip(by, values, strict=True))):
        condition = Q(**{f"{field}__lt": value}) | (Q(**{field: value}) & condition if condition else Q(pk__in=[]))
    # The first condition is the one an index can start from; the rest only parts rows of one moment.
    return Q(**{f"{by[0]}__lte": values[0]}) & condition


def _value(field: Field[Any, Any], text: str) -> Any:
    """What `text` says; a moment in UTC, as databases hold it, or OverflowError where the calendar ends there."""
    value = field.to_python(text)
    return timezone.localtime(value, datetime.UTC) if isinstance(value, datetime.datetime) else value


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    field = model._meta.get_field(name)
    if not isinstance(field, Field):
        raise TypeError(f"{name} is no column")
    return field
