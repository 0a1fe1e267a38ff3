"""Queries of the hot path: written once, compiled once a process, prepared once a connection.

Building a queryset costs ten times what its rows cost, and planning it under the policies as much again. `ask`
runs a statement that PostgreSQL keeps prepared. `@prepared` does the same for a queryset: its text is compiled
with marks in place of what was given, and later calls only fill in values, so that the rule stays written once.

Give ints, dates, texts, booleans, None, tuples of them, a list of ids for `any_of`, or an object that can stand in
for itself (`Shaped`). The text may depend on which are None, on booleans and on lengths of tuples, never on other
values.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property, update_wrapper
from typing import Any, Generic, NamedTuple, Self, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from rongpei.ground.clock.reading import today
from rongpei.ground.tenancy.asking import Row, ask
from rongpei.ground.tenancy.scope import current_scope, standing_in

Kept = TypeVar("Kept", bound=Model)
Mark = Callable[[Any], Any]

_MOST_TEXTS = 256
_NUMBER, _DAY, _TEXT = 7_000_000_000_000, date(9000, 1, 1), "\ue000"


class Shaped:
    """Something given to a prepared query whose values may change from call to call, but not its shape."""

    @property
    def shape(self) -> Hashable:
        """All that the query's text may depend on."""
        raise NotImplementedError

    def marked(self, mark: Mark) -> Self:
        """A copy with every value passed through `mark`, in an order that the shape fixes."""
        raise NotImplementedError

    @cached_property
    def values(self) -> tuple[Any, ...]:
        """The values in that order. Kept: a page asks twenty statements for one and the same visitor."""
        found: list[Any] = []

        def keep(value: Any) -> Any:
            found.append(value)
            return value

        self.marked(keep)
        return tuple(found)


class Fixed(Shaped):
    """A value the text does depend on: another value is another text."""

    def __init__(self, value: Hashable) -> None:
        self.value = value

    @property
    def shape(self) -> Hashable:
        """The value itself."""
        return self.value

    def marked(self, mark: Mark) -> Self:
        """Nothing in it changes from call to call."""
        return self


class _Text(NamedTuple):
    """A compiled statement: constants where they are, and where given values go.

    slots: place in `params`, position of the given value, and the driver's type for it (psycopg's Int8 for a bigint).
    """

    sql: str
    params: tuple[Any, ...]
    slots: tuple[tuple[int, int, type | None], ...]
    compiler: SQLCompiler
    making: Callable[[Sequence[Row]], list[Any]] | None = None


class Prepared:
    """A queryset of plain values, by the keywords it is built from."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.build = build
        self._texts: OrderedDict[Hashable, _Text | None] = OrderedDict()
        update_wrapper(self, build)

    def __call__(self, **given: Any) -> list[Row]:
        return self._ask(given)[1]

    def _ask(self, given: Mapping[str, Any]) -> tuple[_Text | None, list[Row]]:
        text, filled = self.filled(given)
        return text, ask(text.sql, filled) if text else []

    def filled(self, given: Mapping[str, Any]) -> tuple[_Text | None, list[Any]]:
        """The statement and its values, as `ask` takes them; no statement when there can be no rows."""
        ids = current_scope().tenant_ids
        # Rules that read the business date themselves are compiled anew on another day.
        key = (len(ids), today(), *((name, _shape(value)) for name, value in given.items()))
        try:
            text = self._texts[key]
        except KeyError:
            text = self._texts[key] = self._compile(given, len(ids))
            if len(self._texts) > _MOST_TEXTS:
                self._texts.popitem(last=False)
        if text is None:
            return None, []
        values = _values(ids, given)
        filled = list(text.params)
        for place, slot, kind in text.slots:
            value = values[slot]
            filled[place] = value if kind is None or value is None else kind(value)
        return text, filled

    def plainly(self, **given: Any) -> list[Any]:
        """The same rows by the ORM alone; tests compare the two."""
        return list(self.build(**given))

    def _compile(self, given: Mapping[str, Any], tenants: int) -> _Text | None:
        marks: list[Any] = [_NUMBER + n for n in range(tenants)]
        with standing_in(tuple(marks)):
            stood = {name: _marked(value, _marker(marks)) for name, value in given.items()}
            compiler = self.build(**stood).query.get_compiler(DEFAULT_DB_ALIAS)
            try:
                sql, params = compiler.as_sql()
            except EmptyResultSet:
                return None
        where = {_key(mark): slot for slot, mark in enumerate(marks) if mark is not None}
        slots = tuple(
            (place, where[_key(param)], _own_type(param))
            for place, param in enumerate(params)
            if _key(param) in where
        )
        constants = [param for param in params if _key(param) not in where]
        if str(_NUMBER)[:9] in sql or any(_holds_mark(param) for param in constants):
            raise ValueError(f"{self.build.__name__}: a value is changed on its way into the query")
        return _Text(sql, tuple(params), slots, compiler)


class PreparedModels(Prepared, Generic[Kept]):
    """A queryset of models, with what it selects beside them."""

    def __call__(self, **given: Any) -> list[Kept]:  # type: ignore[override]  # models in place of rows
        text, rows = self._ask(given)
        return text.making(rows) if text and text.making else []

    def _compile(self, given: Mapping[str, Any], tenants: int) -> _Text | None:
        text = super()._compile(given, tenants)
        return text and text._replace(making=_Making(text.compiler))


class PreparedCount(Prepared):
    """How many rows a queryset has, read no further than `most`, and `most` + 1 when there are more."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], most: int) -> None:
        super().__init__(lambda **given: build(**given).order_by().values_list("pk")[: most + 1])

    def __call__(self, **given: Any) -> int:  # type: ignore[override]  # a number in place of rows
        rows = self._ask(given)[1]
        return int(rows[0][0]) if rows else 0

    def _compile(self, given: Mapping[str, Any], tenants: int) -> _Text | None:
        text = super()._compile(given, tenants)
        return text and text._replace(sql=f"SELECT COUNT(*) FROM ({text.sql}) counted")  # noqa: S608 - the compiler's


class _Making:
    """What the ORM makes of a model's rows: converted values, and the objects that were selected with them."""

    def __init__(self, compiler: SQLCompiler) -> None:
        info, select = compiler.klass_info, compiler.select
        assert info is not None
        assert select is not None
        self.compiler, self.model = compiler, info["model"]
        self.own = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        self.names = [column.target.attname for column, *_ in select[self.own]]
        # The stubs describe a later Django.
        self.beside = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
        self.converters = compiler.get_converters([column for column, *_ in select])

    def __call__(self, rows: Sequence[Sequence[Any]]) -> list[Any]:
        made = []
        for row in self.compiler.apply_converters(rows, self.converters) if self.converters else rows:
            one = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.own])
            for populator in self.beside:
                populator.populate(row, one)
            made.append(one)
        return made


def prepared_models(build: Callable[..., QuerySet[Kept, Kept]]) -> PreparedModels[Kept]:
    """Make a function that builds a queryset of models answer them from a prepared statement."""
    return PreparedModels(build)


def prepared(build: Callable[..., QuerySet[Any, Any]]) -> Prepared:
    """Make a function that builds a `values_list` queryset answer rows from a prepared statement."""
    return Prepared(build)


def _own_type(mark: Any) -> type | None:
    return type(mark) if isinstance(mark, int) and type(mark) is not int else None


def _holds_mark(param: Any) -> bool:
    """Whether a mark was built into something else: what is filled in later would not reach it."""
    if isinstance(param, list | tuple):
        return any(_holds_mark(one) for one in param)
    if isinstance(param, date):
        return param.year >= _DAY.year - 1
    if isinstance(param, str):
        return _TEXT in param
    return isinstance(param, int) and param >= _NUMBER // 2


def _key(param: Any) -> Hashable:
    return tuple(param) if isinstance(param, list) else param


def _marker(marks: list[Any]) -> Mark:
    def mark(value: Any) -> Any:
        stood: Any = value
        if isinstance(value, list):
            stood = [_NUMBER + len(marks)]
        elif isinstance(value, date):
            stood = _DAY + timedelta(days=len(marks))
        elif isinstance(value, int):
            stood = _NUMBER + len(marks)
        elif isinstance(value, str):
            stood = f"{_TEXT}{len(marks)}"
        elif value is not None:
            raise TypeError(f"a prepared query cannot take {type(value).__name__}")
        marks.append(stood)
        return stood

    return mark


def _shape(value: Any) -> Hashable:
    if isinstance(value, Shaped):
        return value.shape
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, tuple):
        return (len(value), *(one.__class__.__name__ for one in value))
    name: str = value.__class__.__name__
    return name


def _marked(value: Any, mark: Mark) -> Any:
    if isinstance(value, Shaped):
        return value.marked(mark)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, tuple):
        return tuple(mark(one) for one in value)
    return mark(value)


def _values(ids: Sequence[int], given: Mapping[str, Any]) -> list[Any]:
    """The scope and all that `_marked` would pass to a mark, in its order."""
    found: list[Any] = list(ids)
    for value in given.values():
        if isinstance(value, Shaped):
            found += value.values
        elif isinstance(value, tuple):
            found += value
        elif value is not None and not isinstance(value, bool):
            found.append(value)
    return found
