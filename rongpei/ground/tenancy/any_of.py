"""`any_of("place__home", ids)`: the column is one of the ids, read once into an array.

`IN (SELECT …)` joined by OR to another condition is answered by no index, and its cost is charged again for every
row of a join. An array is an init plan: read once, and searched through the column's index.
"""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, F, Func, Q, QuerySet, Value


class _AnyOf(Func):
    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def any_of(column: str, ids: QuerySet[Any, Any] | list[int]) -> Q:
    """Rows whose column is among the ids: a list, or a queryset of one plain column."""
    if isinstance(ids, list):
        return Q(_AnyOf(F(column), Value(ids, output_field=ArrayField(BigIntegerField()))))
    return Q(_AnyOf(F(column), ArraySubquery(ids)))
