"""`counted_up_to(rows, 1000)`: how many rows there are, read no further than that, as a column of another query.

A count of a whole history reads the whole history. Several such columns are one statement, and can be `@prepared`.
"""

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery


class _Counted(Subquery):
    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def counted_up_to(rows: QuerySet[Any, Any], most: int) -> Subquery:
    """The number of rows, `most` + 1 when there are more than `most`."""
    return _Counted(rows.order_by().values("pk")[: most + 1])
