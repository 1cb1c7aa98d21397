"""Queries that are composed once a process: for a page that is made, writing the SQL took longer than running it."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet

from articles import keyset
from articles.keyset import Cursor, KeysetPage, Side

Row = TypeVar("Row", bound=Model)

# Of this Django's compiler the insides are used here (`as_sql`, `get_converters`, `select`, `klass_info`, and how
# `ModelIterable` and `RelatedPopulator` make rows of them): with another they have to be read again.
WRITTEN_FOR = (5, 2)
# What the databases' integers hold.
_LARGEST = 2**63 - 1
# Stand for values while the SQL is written; no row of ours has any of them.
_NUMBER = 8_765_432_101_230_000
_DAY = datetime.date(9876, 5, 1)
_MOMENT = datetime.datetime(9876, 5, 1, 1, 23, tzinfo=datetime.UTC)


class Composed(Generic[Row]):
    """The query that `compose` makes of some values, its SQL written once and run with any others.

    A value is a whole number, a word, a date, a moment, or a list of numbers, of which more than some may be asked at
    once and which may not repeat. It gives what the queryset would give: the same rows with the same related ones and
    annotations; a related row that several have is one object. What else the query says (conditions, order) may not
    depend on the values.
    """

    def __init__(self, compose: Callable[..., QuerySet[Row]]) -> None:
        self._compose = compose
        self._written: dict[tuple[int, ...], tuple[Any, str, tuple[Any, ...], list[Any]]] = {}

    def __call__(self, *values: Any) -> list[Row]:
        said = [_padded(value) if isinstance(value, list) else value for value in values]
        flat = list(_flat(said))
        if [] in said or any(isinstance(value, int) and abs(value) > _LARGEST for value in flat):
            return []
        shape = tuple(len(value) if isinstance(value, list) else 0 for value in said)
        if shape not in self._written:
            self._written[shape] = self._write(said)
        written, sql, parameters, places = self._written[shape]
        compiler = copy.copy(written)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        given = dict(zip(places, _prepared(flat), strict=True))
        asked = tuple(given.get(parameter, parameter) for parameter in parameters)
        compiler.as_sql = lambda *_args, **_options: (sql, asked)
        return list(_rows(compiler))

    def first(self, *values: Any) -> Row | None:
        """The first of the rows, None where there is none."""
        return next(iter(self(*values)), None)

    def _write(self, values: list[Any]) -> tuple[Any, str, tuple[Any, ...], list[Any]]:
        """The compiler, its SQL and parameters, and what stands among these for each of `values`."""
        places = [_place(value, number) for number, value in enumerate(_flat(values))]
        left = iter(places)
        standing = [[next(left) for _one in value] if isinstance(value, list) else next(left) for value in values]
        compiler = self._compose(*standing).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters(expression for expression, *_rest in compiler.select)
        compiler.get_converters = lambda _expressions: converters
        return compiler, sql, parameters, list(_prepared(places))


class ComposedList(Generic[Row]):
    """A list page by page (`keyset.page_of`), each side of a cursor composed once."""

    def __init__(self, compose: Callable[..., QuerySet[Row]], size: int) -> None:
        def beside(side: Side) -> Composed[Row]:
            return Composed(
                lambda at, number, *values: keyset.rows_on(compose(*values), side, Cursor(at, number), size)
            )

        self._size = size
        self._newest = Composed(lambda *values: keyset.rows_on(compose(*values), None, None, size))
        self._beside = {side: beside(side) for side in Side}

    def __call__(self, asked: Mapping[str, str], *values: Any) -> KeysetPage[Row]:
        """The page that the query string `asked` names, of the list of `values`. Raises BrokenCursor."""
        side, cursor = keyset.asked_for(asked)
        found = self._beside[side](*cursor, *values) if side and cursor else self._newest(*values)
        return keyset.shown(found, side, self._size)


def _padded(numbers: list[int]) -> list[int]:
    """As many as a power of two, the last one repeated: a query is written for few lengths of a list."""
    return numbers + numbers[-1:] * ((1 << (len(numbers) - 1).bit_length()) - len(numbers)) if numbers else numbers


def _flat(values: list[Any]) -> Iterator[Any]:
    for value in values:
        yield from value if isinstance(value, list) else [value]


def _place(value: Any, number: int) -> Any:
    """What stands for a value like this one, the `number`th of its query."""
    if isinstance(value, datetime.datetime):
        return _MOMENT + datetime.timedelta(seconds=number)
    if isinstance(value, datetime.date):
        return _DAY + datetime.timedelta(days=number)
    return f"\ue000{number}" if isinstance(value, str) else _NUMBER + number


def _prepared(values: list[Any]) -> Iterator[Any]:
    """The values as this database takes them."""
    operations = connections[DEFAULT_DB_ALIAS].ops
    for value in values:
        if isinstance(value, datetime.datetime):
            yield operations.adapt_datetimefield_value(value)
        elif isinstance(value, datetime.date):
            yield operations.adapt_datefield_value(value)
        else:
            yield value


def _rows(compiler: Any) -> Iterator[Any]:
    """The rows that the compiler fetches, as `ModelIterable` makes them."""
    fetched = compiler.execute_sql()
    start, end = compiler.klass_info["select_fields"][0], compiler.klass_info["select_fields"][-1] + 1
    model = compiler.klass_info["model"]
    names = [column[0].target.attname for column in compiler.select[start:end]]
    related = _related(compiler.klass_info, compiler.select)
    annotations = compiler.annotation_col_map or {}
    for row in compiler.results_iter(fetched):
        made = model.from_db(DEFAULT_DB_ALIAS, names, row[start:end])
        for one in related:
            one.populate(row, made)
        for name, column in annotations.items():
            setattr(made, name, row[column])
        yield made


class _Related:
    """A related row of each row, made once however many refer to it."""

    def __init__(self, info: Any, select: Any) -> None:
        fields = info["select_fields"]
        self._columns = slice(fields[0], fields[-1] + 1)
        self._names = [column[0].target.attname for column in select[self._columns]]
        self._model, self._set = info["model"], info["local_setter"]
        self._key = self._names.index(self._model._meta.pk.attname)
        self._related = _related(info, select)
        self._made: dict[Any, Any] = {None: None}

    def populate(self, row: Any, of: Any) -> None:
        values = row[self._columns]
        key = values[self._key]
        if key not in self._made:
            self._made[key] = self._model.from_db(DEFAULT_DB_ALIAS, self._names, values)
            for one in self._related:
                one.populate(row, self._made[key])
        self._set(of, self._made[key])


def _related(info: Any, select: Any) -> list[_Related]:
    return [_Related(one, select) for one in info.get("related_klass_infos", [])]
