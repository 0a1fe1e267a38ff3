"""Reading the subject's rows as a person reads them: labels for codes, local time, nothing deciphered by accident."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils import timezone

from rongpei.ground.personal.declaring import Held, Subject

MOST_ROWS = 20_000


class Copied(NamedTuple):
    """One kind with its rows, and how many more there are than a copy takes."""

    held: Held
    rows: list[list[Any]]
    left: int


def copy_of(subject: Subject, kinds: Iterable[Held]) -> Iterator[Copied]:
    """What of these is handed over to the subject: each kind with its rows; kinds without a row are left out."""
    for one in kinds:
        if not one.withheld and (rows := rows_of(one, subject)):
            left = one.of(subject).count() - len(rows) if len(rows) == MOST_ROWS else 0
            yield Copied(one, rows, left)


def rows_of(held: Held, subject: Subject) -> list[list[Any]]:
    """The rows of one kind, a list of values in the order of `held.fields`: the oldest `MOST_ROWS`."""
    paths = [field.path for field in held.fields]
    labels = [_labels(apps.get_model(held.model), path) for path in paths]
    found = held.of(subject).values_list(*paths)[:MOST_ROWS]
    return [
        [
            _read(field.read(value) if field.read else labels[place].get(value, value))
            for place, (field, value) in enumerate(zip(held.fields, row, strict=True))
        ]
        for row in found
    ]


def _labels(model: type[Model], path: str) -> dict[Any, str]:
    """What the codes of a column mean; nothing for a column without codes."""
    field: Any = None
    at: Any = model
    for name in path.split("__"):
        try:
            field = at._meta.get_field(name)
        except FieldDoesNotExist:  # a key of a document, or a computed column
            return {}
        at = field.related_model or at
    return {code: str(label) for code, label in (getattr(field, "flatchoices", None) or ())}


def _read(value: Any) -> Any:
    """A plain value: text, number, date or local time."""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    if value is None or isinstance(value, str | int | float | Decimal | date):
        return "" if value is None else value
    return str(value)
