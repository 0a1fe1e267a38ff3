"""Rows of a list as a function of what they are asked with, so that the page everybody sees first is prepared.

A list asks the database for its rows, counted and sorted, and building that costs ten times the answer. What has no
filter and is the first page depends on nothing but the asker: it is built once a process, for each sort and size.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property, partial, update_wrapper
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

from rongpei.ground.tenancy.prepared import PreparedCount, PreparedModels

Kept = TypeVar("Kept", bound=Model)


class KeptRows(Generic[Kept]):
    """A function that builds the rows from keywords (see `tenancy.prepared` for what it may take)."""

    def __init__(self, build: Callable[..., QuerySet[Kept, Kept]]) -> None:
        self.build = build
        self._firsts: dict[Hashable, PreparedModels[Kept]] = {}
        self._counts: dict[int, PreparedCount] = {}
        update_wrapper(self, build)

    def __call__(self, **given: Any) -> "AskedRows[Kept]":
        return AskedRows(self, given)

    def first(self, order: Sequence[Any], size: int, key: Hashable) -> PreparedModels[Kept]:
        """The first `size` rows in an order; `key` tells one order and size from another."""
        if key not in self._firsts:
            self._firsts[key] = PreparedModels(partial(self._sorted, tuple(order), size))
        return self._firsts[key]

    def count(self, most: int) -> PreparedCount:
        """How many rows there are, counted no further than `most` + 1."""
        if most not in self._counts:
            self._counts[most] = PreparedCount(self.build, most)
        return self._counts[most]

    def _sorted(self, order: tuple[Any, ...], size: int, **given: Any) -> QuerySet[Kept, Kept]:
        return self.build(**given).order_by(*order)[:size]


class AskedRows(Generic[Kept]):
    """The rows as somebody asks for them."""

    def __init__(self, kept: KeptRows[Kept], given: dict[str, Any]) -> None:
        self.kept, self.given = kept, given

    @cached_property
    def plain(self) -> QuerySet[Kept, Kept]:
        """As the ORM builds them: for filters, other pages, workbooks, and for tests to compare."""
        return self.kept.build(**self.given)

    def first(self, order: Sequence[Any], size: int, key: Hashable) -> list[Kept]:
        """The first page, prepared."""
        return self.kept.first(order, size, key)(**self.given)

    def counted(self, most: int) -> int:
        """How many rows, counted no further than `most` + 1; prepared."""
        return self.kept.count(most)(**self.given)


def kept_rows(build: Callable[..., QuerySet[Kept, Kept]]) -> KeptRows[Kept]:
    """Let a list keep its first page prepared: `PeopleList(request, rows(actor=request.visit))`."""
    return KeptRows(build)
