"""Queries that are composed once a process: for a page that is made, writing the SQL took longer than running it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable

Row = TypeVar("Row", bound=Model)

# Of this Django's compiler the insides are used here (`as_sql`, `get_converters`, `select`, what `ModelIterable` asks
# of a queryset): with another they have to be read again.
WRITTEN_FOR = (5, 2)
# What the databases' integers hold.
_LARGEST = 2**63 - 1
# Stands for the value while the SQL is written; no row of ours has such a number.
_VALUE = 8_765_432_101_234_567


class Composed(Generic[Row]):
    """The query that `compose` makes of one whole number, its SQL written once and run with any other number.

    It gives what the queryset would give: the same rows with the same related ones and annotations. What else
    the query says (conditions, order) may not depend on the number.
    """

    def __init__(self, compose: Callable[[int], QuerySet[Row]]) -> None:
        self._compose = compose
        self._written: tuple[Any, str, tuple[Any, ...]] | None = None

    def __call__(self, value: int) -> list[Row]:
        if abs(value) > _LARGEST:
            return []
        if self._written is None:
            compiler = self._compose(_VALUE).query.get_compiler(DEFAULT_DB_ALIAS)
            sql, parameters = compiler.as_sql()
            converters = compiler.get_converters(expression for expression, *_rest in compiler.select)
            compiler.get_converters = lambda _expressions: converters
            self._written = compiler, sql, parameters
        written, sql, parameters = self._written
        compiler = copy.copy(written)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        asked = tuple(value if parameter == _VALUE else parameter for parameter in parameters)
        compiler.as_sql = lambda *_args, **_options: (sql, asked)
        return list(ModelIterable(_Asked(compiler)))  # type: ignore[arg-type, call-arg]


class _Asked:
    """As much of a queryset as is needed to make rows of what a compiler fetches."""

    db = DEFAULT_DB_ALIAS
    _known_related_objects: dict[Any, Any] = {}

    def __init__(self, compiler: Any) -> None:
        self.query = self
        self._compiler = compiler

    def get_compiler(self, **_options: Any) -> Any:
        return self._compiler
