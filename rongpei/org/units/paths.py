"""Materialised paths and the one lookup that searches them.

`path__under="/3/"` compiles to `path ^@ '/3/'`: unlike LIKE, the operator is leakproof, so it keeps its index
under a row-level policy.
"""

from typing import Any

from django.db import models


class PathField(models.TextField[str, str]):
    """A path of unit ids such as `/3/17/`, in byte order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["db_collation"] = "C"
        super().__init__(*args, **kwargs)


@PathField.register_lookup
class Under(models.Lookup[str]):
    """The path equals the given one or lies below it."""

    lookup_name = "under"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} ^@ {right}", (*left_params, *right_params)
