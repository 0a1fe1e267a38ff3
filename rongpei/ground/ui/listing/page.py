"""A list bound to one request: which rows, in which order, on which page, and what the page needs to draw it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import F
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rongpei.ground import clock
from rongpei.ground.ui.listing import sheet
from rongpei.ground.ui.listing.asking import Asking
from rongpei.ground.ui.listing.columns import Column
from rongpei.ground.ui.listing.kept import AskedRows
from rongpei.ground.ui.listing.show import Head, ShownRow, shown_row
from rongpei.ground.ui.listing.whole import whole
from rongpei.ground.ui.sending import sent


class Listing(Asking):
    """Declare a list by subclassing; make one per request with the rows the actor may see."""

    # The rows

    @cached_property
    def number(self) -> int:
        """The page shown, kept between 1 and the last."""
        asked = self.request.GET.get("page", "")
        wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
        return min(max(wanted, 1), self.pages)

    @property
    def narrowed(self) -> bool:
        """Whether any filter is in use."""
        return any(one.active for one in self.asked)

    @cached_property
    def filtered(self) -> Any:
        """Every row the filters show, in no order."""
        rows = self.all_rows.plain if isinstance(self.all_rows, AskedRows) else self.all_rows
        for one in self.asked:
            if one.active:
                rows = one.filter.narrow(rows, one.value)
        return rows.order_by()

    @cached_property
    def found(self) -> Any:
        """Every row the filters show, in a stable order."""
        return self.filtered.order_by(*self._order(hasattr(self.filtered, "query")))

    def _order(self, in_database: bool = True) -> list[Any]:
        down = self.sort.startswith("-")
        column = next(
            (one for one in self.get_columns() if one.sort and one.name == self.sort.removeprefix("-")), None
        )
        if column is None:
            return [name for name in (self.default_sort, *self.tie_break) if name]
        expression: Any = column.sort
        if column.nulls_last and in_database:
            expression = F(column.sort).desc(nulls_last=True) if down else F(column.sort).asc(nulls_last=True)
        elif down:
            expression = f"-{column.sort}"
        return [expression, *(f"-{name}" if down else name for name in self.tie_break)]

    @cached_property
    def counted(self) -> int:
        """How many rows, counted no further than `count_limit` + 1."""
        return self._count(self.count_limit)

    def _count(self, limit: int) -> int:
        if self._opening is not None and len(self._opening) < min(self.size, limit):
            return len(self._opening)
        if isinstance(self.all_rows, AskedRows) and not self.narrowed:
            return self.all_rows.counted(limit)
        return int(self.filtered[: limit + 1].count())

    @property
    def total(self) -> int:
        return min(self.counted, self.count_limit)

    @property
    def over_limit(self) -> bool:
        return self.counted > self.count_limit

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @cached_property
    def rows(self) -> list[ShownRow]:
        """The rows of this page, ready to draw."""
        held = self._held()
        self.attach(held)
        columns = [column for column in self.get_columns() if column.shown]
        return [shown_row(row, columns, self.row_class(row)) for row in held]

    def _held(self) -> list[Any]:
        if self._opening is not None:
            return self._opening
        start = (self.number - 1) * self.size
        return list(self.found[start : min(start + self.size, self.total)])

    @cached_property
    def _opening(self) -> list[Any] | None:
        """The rows of the first page where it is kept prepared, and asked for."""
        first = self.request.GET.get("page", "1") == "1"
        if not first or self.narrowed or not isinstance(self.all_rows, AskedRows):
            return None
        size = min(self.size, self.count_limit)
        return self.all_rows.first(self._order(), size, (type(self), self.sort, size))

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)

    # What the template draws

    @property
    def count_words(self) -> str:
        words = _("%(n)s %(measure)s以上") if self.over_limit else _("共 %(n)s %(measure)s")
        return words % {"n": f"{self.total:,}", "measure": self.measure}

    @property
    def heads(self) -> list[Head]:
        found = []
        for column in self.get_columns():
            if column.shown:
                wanted = self._next_sort(column) if column.sort else ""
                found.append(
                    Head(column, self.sort, self.address(sort=wanted, page=None) if wanted else "", wanted)
                )
        return found

    def _next_sort(self, column: Column) -> str:
        return f"-{column.name}" if self.sort == column.name else column.name

    @property
    def drawn(self) -> SafeString:
        """The list as markup."""
        return whole(self)

    @property
    def foot_words(self) -> str:
        """第 1 至 20 件，共 1,204 件."""
        words = _("第 %(first)s 至 %(last)s %(measure)s，共 %(n)s %(measure)s")
        if self.over_limit:
            words = _("第 %(first)s 至 %(last)s %(measure)s，只翻到第 %(n)s，请加条件")
        told = {"first": self.first, "last": self.last, "n": self.total}
        return words % {"measure": self.measure, **{name: f"{value:,}" for name, value in told.items()}}

    @property
    def empty_title(self) -> str:
        """没有符合条件的…, or 还没有… when nothing was asked."""
        return (_("没有符合条件的%s") if self.chips else _("还没有%s")) % (self.noun or _("记录"))

    @property
    def empty_words(self) -> str:
        words = "、".join(words for words, _url in self.chips)
        return _("条件是%s。可以放宽条件再看。") % (words if words.startswith("“") else f"“{words}”")

    @property
    def export_url(self) -> str:
        return self.address(export="xlsx", page=None)

    # The answer

    def respond(self, template: str, context: Mapping[str, Any] | None = None) -> HttpResponseBase:
        """The workbook, the list part for htmx, or the whole page."""
        if self.can_export and self.request.GET.get("export") == "xlsx":
            if (number := self._count(self.export_limit)) <= self.export_limit:
                return self.export(number)
            self.refusal = _("要导出的超过 %(n)s 行，没有导出。请加条件后再导出。") % {
                "n": f"{self.export_limit:,}"
            }
        headers = self.request.headers
        partial = headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"
        wanted = {**(context or {}), "list": self}
        response: HttpResponse = render(self.request, self.part if partial else template, wanted)
        patch_vary_headers(response, ["HX-Request"])
        return response

    def export(self, number: int) -> FileResponse:
        """All rows the filters show, as a workbook named after the list and the date."""
        self.exported(number)
        columns = [column for column in self.get_columns() if column.exported]
        book = sheet.write_workbook(title=str(self.noun), columns=columns, batches=self._batches())
        name = f"{self.noun or _('清单')}-{clock.today():%Y%m%d}.xlsx"
        return sent(book, name, sheet.XLSX)

    def _batches(self) -> Iterator[Sequence[Any]]:
        for held in sheet.chunks(self.found):
            self.attach(held)
            yield held
