"""One column of a list: how a row's value is computed, shown, sorted and exported."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from rongpei.ground.ui import dates, marks

Words = str | Promise
Kind = Literal["text", "day", "moment", "hours", "count"]
Phone = Literal["", "second", "side"]


@dataclass(frozen=True)
class Column:
    """`name` is also the attribute read when `value` is not given; dots reach further (`unit.title`).

    value   function of the row giving text, a number, a date, None or a mark (`Status`, `Measure`, `Two`)
    sort    the order_by expression; without it the column cannot be sorted
    link    function of the row giving the address (or "") behind the value
    main    the row's name: bold, and the first line of the phone card
    phone   "second" joins the card's second line, "side" stands at its right; else hidden on a phone
    export  function of the row for Excel, when the shown value is not what a sheet should hold
    """

    name: str
    label: Words
    value: Callable[[Any], Any] | None = None
    sort: str = ""
    nulls_last: bool = False
    kind: Kind = "text"
    link: Callable[[Any], str] | None = None
    main: bool = False
    phone: Phone = ""
    export: Callable[[Any], Any] | None = None
    exported: bool = True
    shown: bool = True
    width: int = 14

    @property
    def align(self) -> str:
        """Class of the cell: numbers stand at the right, dates never break."""
        if self.kind in {"hours", "count"}:
            return "r"
        return "rp-nw" if self.kind in {"day", "moment"} else ""

    @cached_property
    def css(self) -> str:
        """Classes of the cell: how it is aligned, and its place on a phone's card."""
        place = "main" if self.main else "side" if self.phone == "side" else ""
        return f"{self.align} {place}".strip()

    @cached_property
    def _read(self) -> Callable[[Any], Any]:
        return attrgetter(self.name)

    def raw(self, row: Any) -> Any:
        """The value before it is made readable."""
        if self.value is not None:
            return self.value(row)
        try:
            return self._read(row)
        except AttributeError:  # a dict, or nothing on the way
            return self._reached(row)

    def _reached(self, row: Any) -> Any:
        found = row
        for part in self.name.split("."):
            if found is None:
                return None
            found = found.get(part) if isinstance(found, dict) else getattr(found, part)
        return found

    def shown_value(self, row: Any) -> Any:
        """What stands in the cell."""
        found = self.raw(row)
        if found is None:
            return ""
        if isinstance(found, (str, marks.Status, marks.Two)):  # most cells
            return found
        if isinstance(found, datetime):
            return (
                dates.clock_time(found)
                if self.kind == "text"
                else dates.day_full(found) + " " + dates.clock_time(found)
            )
        if isinstance(found, date):
            return dates.day_full(found)
        if self.kind == "hours":
            return marks.hours(found)
        if self.kind == "count":
            return marks.count(found)
        if isinstance(found, bool):
            return _("是") if found else _("否")
        return found

    def export_value(self, row: Any) -> Any:
        """Text, number, date or None for a sheet."""
        found = marks.plainly(self.export(row) if self.export is not None else self.raw(row))
        if found is None or isinstance(found, (int, float, Decimal, date)):
            return found
        return str(found)

    def plain(self, row: Any) -> str:
        """The value as text, for the second line of a phone card and for labels."""
        return str(marks.plainly(self.shown_value(row)))


@dataclass(frozen=True)
class BulkAct:
    """A button of the selection bar: posts the chosen `ids` to `url`."""

    label: Words
    url: str
    icon: str = ""
    confirm: Words = ""
