"""Queries that are composed once a process: for a page that is made, writing the SQL took longer than running it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import JSONField, Model, QuerySet
from django.db.models.base import ModelState

from articles import keyset
from articles.keyset import Cursor, KeysetPage, Side

Row = TypeVar("Row", bound=Model)
Reader = Callable[[Any, Any], Any]

# Of this Django the insides are used here (the compiler's `as_sql`, `get_converters`, `select` and `klass_info`, how
# `ModelIterable` and `RelatedPopulator` make rows of them, what `Model.__init__` and `from_db` do to a row): with
# another they have to be read again.
WRITTEN_FOR = (5, 2)
# What the databases' integers hold.
_LARGEST = 2**63 - 1
# Stand for values while the SQL is written; no query of ours says any of them itself. Numbers are such as the smallest
# column holds, for of others Django says at once that no row has them; lists are of keys.
_NUMBER = 32_100
_KEYS = 8_765_432_101_230_000
_DAY = datetime.date(9876, 5, 1)
_MOMENT = datetime.datetime(9876, 5, 1, 1, 23, tzinfo=datetime.UTC)


class Composed(Generic[Row]):
    """The query that `compose` makes of some values, its SQL written once and run with any others.

    A value is a whole number, a word, a date, a moment, or a list of numbers, in whatever order. It gives what the
    queryset would give: the same rows with the same related ones and annotations; a related row that several have is
    one object. What else the query says (conditions, order) may not depend on the values.
    """

    def __init__(self, compose: Callable[..., QuerySet[Row]]) -> None:
        self._compose = compose
        self._written: dict[tuple[int, ...], _Written] = {}

    def __call__(self, *values: Any) -> list[Row]:
        said = [_padded(value) if isinstance(value, list) else value for value in values]
        flat = list(_flat(said))
        if [] in said or any(isinstance(value, int) and abs(value) > _LARGEST for value in flat):
            return []
        shape = tuple(len(value) if isinstance(value, list) else 0 for value in said)
        if shape not in self._written:
            self._written[shape] = self._write(said)
        return self._written[shape].run(list(_prepared(flat)))

    def first(self, *values: Any) -> Row | None:
        """The first of the rows, None where there is none."""
        return next(iter(self(*values)), None)

    def _write(self, values: list[Any]) -> _Written:
        standing = [
            [_KEYS + 10_000 * number + n for n, _one in enumerate(value)]
            if isinstance(value, list)
            else _place(value, number)
            for number, value in enumerate(values)
        ]
        return _Written(self._compose(*standing), list(_prepared(list(_flat(standing)))))


class _Written:
    """A query in SQL, in which `places` stand for its values."""

    def __init__(self, query: QuerySet[Any], places: list[Any]) -> None:
        compiler: Any = query.query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, self._parameters = compiler.as_sql()
        given = {place: number for number, place in enumerate(places)}
        self._given = [(n, given[place]) for n, place in enumerate(self._parameters) if place in given]
        converters = compiler.get_converters(expression for expression, *_rest in compiler.select)
        self._make = _Maker(compiler, compiler.klass_info, converters)
        annotated = (compiler.annotation_col_map or {}).items()
        self._annotations = [(name, column, _reader(converters, column)) for name, column in annotated]

    def run(self, values: list[Any]) -> list[Any]:
        """The rows for these values, as the database takes them."""
        connection = connections[DEFAULT_DB_ALIAS]
        asked = list(self._parameters)
        for place, number in self._given:
            asked[place] = values[number]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, asked)
            rows = cursor.fetchall()
        known: dict[Any, Any] = {}
        found = [self._make(row, known, connection) for row in rows]
        for name, column, read in self._annotations:
            for made, row in zip(found, rows, strict=True):
                made.__dict__[name] = read(row[column], connection) if read else row[column]
        return found


class ComposedList(Generic[Row]):
    """A list page by page (`keyset.page_of`), composed once at its beginning and on either side of a cursor."""

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


class _Maker:
    """Makes of fetched rows what stands in their columns of one model, and of those that it refers to, as
    `ModelIterable` does; but a row that several refer to is one object, and only then are its columns converted.

    Rows are what they were read as: no model of the reading side does anything of its own when it is made, so that
    `Model.__init__`, which takes several times as long, need not be asked.
    """

    def __init__(self, compiler: Any, info: Any, converters: Mapping[int, Any]) -> None:
        columns = info["select_fields"]
        self._slice = slice(columns[0], columns[-1] + 1)
        self._names = [column[0].target.attname for column in compiler.select[self._slice]]
        readers = [(name, _reader(converters, column)) for name, column in zip(self._names, columns, strict=True)]
        self._readers = [(name, read) for name, read in readers if read]
        self._model, self._refer = info["model"], info.get("local_setter")
        self._key = columns[0] + self._names.index(self._model._meta.pk.attname)
        self._related = [_Maker(compiler, one, converters) for one in info.get("related_klass_infos", [])]

    def __call__(self, row: Sequence[Any], known: dict[Any, Any], connection: Any) -> Any:
        """The object of the row; `known` are those that were referred to before."""
        made = self._model.__new__(self._model)
        made._state = state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        values = made.__dict__
        values.update(zip(self._names, row[self._slice], strict=True))
        for name, read in self._readers:
            values[name] = read(values[name], connection)
        for related in self._related:
            place = related._key, row[related._key]
            if place not in known:
                known[place] = None if place[1] is None else related(row, known, connection)
            related._refer(made, known[place])
        return made


def _reader(converters: Mapping[int, Any], column: int) -> Reader | None:
    """How what the database gives for a column is read, with the connection that it came over; None where it stays."""
    if column not in converters:
        return None
    convert, expression = converters[column]
    if isinstance(expression.output_field, JSONField):
        return _read_json

    def read(value: Any, connection: Any) -> Any:
        for one in convert:
            value = one(value, expression, connection)
        return value

    return read


def _read_json(value: Any, _connection: Any) -> Any:
    """Most of what a column says in JSON is said in many rows: nothing, or a byline. Rows are shown and not changed, so
    they can share it.
    """
    return None if value is None else _parsed(value)


@lru_cache(maxsize=2048)
def _parsed(text: str) -> Any:
    return json.loads(text)
