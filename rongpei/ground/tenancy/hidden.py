"""Columns that a process does not ask for: its role of the database may not read them, and they come back empty.

The database refuses them whoever asks. This spares the rooms from naming the columns they need wherever they load a row.
"""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from django.apps import apps
from django.db.models import Field


def show_only(columns: Mapping[str, Collection[str]]) -> None:
    """Of every table named, ask for these columns alone. Called once, when the process starts."""
    for model in apps.get_models():
        shown = columns.get(model._meta.db_table)
        for field in model._meta.concrete_fields if shown is not None else ():
            if shown is not None and field.column not in shown:
                # `select_format` is where a field says how it is selected; a condition on the column is still refused.
                vars(field)["select_format"] = partial(_empty, "NULL" if field.null else "''")
                vars(field)["get_col"] = partial(
                    Field.get_col, field
                )  # a foreign key asks its target otherwise


def _empty(stands: str, _compiler: Any, _sql: str, _params: Any) -> tuple[str, list[Any]]:
    return stands, []
