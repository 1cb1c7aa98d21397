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
    """One page of a list; `older` is the token of the next page, empty on the last. What follows is later where the
    list `is_soonest_first`.
    """

    items: list[M]
    older: str
    is_first: bool
    is_soonest_first: bool = False


def page_of(
    queryset: QuerySet[M],
    token: str,
    *,
    by: tuple[str, ...],
    is_soonest_first: bool = False,
    size: int = PAGE_SIZE,
) -> ListPage[M]:
    """The page of `queryset`, newest or soonest first by the fields `by`, that begins after `token`.

    A token that nobody here made gives the first page. One query.
    """
    in_order = queryset.order_by(*(field if is_soonest_first else f"-{field}" for field in by))
    after = _after(queryset.model, token, by, "gt" if is_soonest_first else "lt")
    items = list((in_order.filter(after) if after else in_order)[: size + 1])
    older = _token(items[size - 1], by) if len(items) > size else ""
    return ListPage(items[:size], older, after is None, is_soonest_first)


def _token(item: Model, by: tuple[str, ...]) -> str:
    return "~".join(str(getattr(item, field)) for field in by)


def _after(model: type[Model], token: str, by: tuple[str, ...], side: str) -> Q | None:
    """The condition of standing after the row that `token` names, on that `side` of it: lt or gt."""
    parts = token.split("~")
    if len(parts) != len(by):
        return None
    try:
        values = [_value(_field(model, name), part) for name, part in zip(by, parts, strict=True)]
    except (ValidationError, ValueError, OverflowError):
        return None
    condition = Q()
    for field, value in reversed(list(zip(by, values, strict=True))):
        condition = Q(**{f"{field}__{side}": value}) | (Q(**{field: value}) & condition if condition else Q(pk__in=[]))
    # The first condition is the one an index can start from; the rest only parts rows of one moment.
    return Q(**{f"{by[0]}__{side}e": values[0]}) & condition


def _value(field: Field[Any, Any], text: str) -> Any:
    """What `text` says; a moment in UTC, as databases hold it, or OverflowError where the calendar ends there."""
    value = field.to_python(text)
    return timezone.localtime(value, datetime.UTC) if isinstance(value, datetime.datetime) else value


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    field = model._meta.get_field(name)
    if not isinstance(field, Field):
        raise TypeError(f"{name} is no column")
    return field
