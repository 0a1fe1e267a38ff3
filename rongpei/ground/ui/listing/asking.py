"""What a list declares, and what an address asks of it: filters, sort, page size."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from rongpei.ground.ui.listing.columns import BulkAct, Column
from rongpei.ground.ui.listing.filters import Asked, Filter, ask

Words = str | Promise
PAGE_SIZES = (10, 20, 50, 100)


class Asking:
    """The declaration, and the address read against it."""

    columns: ClassVar[Sequence[Column]] = ()
    filters: ClassVar[Sequence[Filter]] = ()
    acts: ClassVar[Sequence[BulkAct]] = ()
    default_sort: ClassVar[str] = ""
    tie_break: ClassVar[Sequence[str]] = ("pk",)
    per_page: ClassVar[int] = 20
    count_limit: ClassVar[int] = 10_000
    export_limit: ClassVar[int] = 200_000
    can_export: ClassVar[bool] = True
    noun: ClassVar[Words] = ""
    measure: ClassVar[Words] = gettext_lazy("条")
    slug: ClassVar[str] = "list"
    empty_text: ClassVar[Words] = ""
    part: ClassVar[str] = "ui/_list.html"

    def __init__(self, request: HttpRequest, rows: Any, **context: Any) -> None:
        self.request = request
        self.all_rows = rows
        self.context = context
        self.refusal = ""

    # What a subclass may say

    def attach(self, rows: Sequence[Any]) -> None:
        """Fetch for all `rows` at once what the columns need besides the query; called once per page or chunk."""

    def exported(self, number: int) -> None:
        """Called before a workbook of `number` rows leaves, for the audit."""

    def get_columns(self) -> Sequence[Column]:
        return self.columns

    def get_filters(self) -> Sequence[Filter]:
        return self.filters

    def get_acts(self) -> Sequence[BulkAct]:
        return self.acts

    @property
    def is_fixed(self) -> bool:
        """Whether columns and filters are the class's own, alike for everybody."""
        cls = type(self)
        own = cls.get_columns is Asking.get_columns and cls.get_filters is Asking.get_filters
        return own and not any(callable(getattr(one, "choices", None)) for one in self.filters)

    def row_class(self, row: Any) -> str:
        """`badrow`, `warnrow` or nothing."""
        return ""

    # What the address asks

    @cached_property
    def asked(self) -> list[Asked]:
        return [ask(one, self.request.GET) for one in self.get_filters()]

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Active conditions with the address that drops each."""
        return [(one.words, self._without(one.filter.names)) for one in self.asked if one.active]

    @property
    def wrong(self) -> list[Words]:
        """Names of conditions we could not read, and so did not use."""
        return [one.filter.label for one in self.asked if one.wrong]

    @property
    def has_more(self) -> bool:
        return any(one.filter.more for one in self.asked)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Parameters of the page that are not the list's own, carried along by the filter form."""
        own = {name for one in self.asked for name in one.filter.names} | {"page", "per", "sort", "export"}
        return [(name, str(value)) for name, value in self.request.GET.items() if name not in own]

    @property
    def bulk(self) -> Sequence[BulkAct]:
        return self.get_acts()

    @property
    def more_open(self) -> bool:
        return any(one.active for one in self.asked if one.filter.more)

    @cached_property
    def sort(self) -> str:
        """The column asked for, `-` for descending; only columns that name a `sort` count."""
        asked = self.request.GET.get("sort", "")
        known = {column.name for column in self.get_columns() if column.sort}
        return asked if asked.removeprefix("-") in known else self.default_sort

    @cached_property
    def size(self) -> int:
        """Rows per page."""
        asked = self.request.GET.get("per", "")
        return int(asked) if asked in {str(size) for size in PAGE_SIZES} else self.per_page

    @property
    def clear_url(self) -> str:
        return self._without([name for one in self.asked for name in one.filter.names])

    def _without(self, names: Sequence[str]) -> str:
        return self.address(**dict.fromkeys([*names, "page"]))

    def address(self, **changes: str | None) -> str:
        """This page's address with parameters changed; None drops one, and empty ones fall away."""
        query = {**dict(self.request.GET.lists()), "export": []}
        query |= {name: [value] if value else [] for name, value in changes.items()}
        # Of a parameter given twice the last counts, for the lists of this page as for those who read it.
        pairs = [(name, value) for name, values in query.items() if values and values[-1] for value in values]
        return f"{self.request.path}?{urlencode(pairs)}" if pairs else self.request.path
