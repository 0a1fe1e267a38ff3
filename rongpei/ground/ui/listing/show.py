"""The pieces of a list as the template meets them: heads, rows, page links."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from rongpei.ground.ui import marks
from rongpei.ground.ui.listing.columns import Column


@dataclass(frozen=True)
class Head:
    """A column's head; `url` sorts by it, `next` is the sort it asks for."""

    column: Column
    sort: str
    url: str
    next: str = ""

    @property
    def aria_sort(self) -> str:
        """`ascending`, `descending`, or nothing when not sorted by this column."""
        if not self.url or self.sort.removeprefix("-") != self.column.name:
            return ""
        return "descending" if self.sort.startswith("-") else "ascending"

    @property
    def icon(self) -> str:
        return {"ascending": "arrow-up", "descending": "arrow-down"}.get(self.aria_sort, "arrows-sort")


class ShownCell(NamedTuple):
    """A value with its place."""

    value: Any
    css: str
    url: str
    main: bool


class ShownRow(NamedTuple):
    """A row ready to draw; `second` is the second line of the phone card."""

    pk: Any
    name: str
    cells: Sequence[ShownCell]
    second: str
    css: str
    source: Any


class PageLink(NamedTuple):
    """A page number, or a gap when `number` is 0."""

    number: int
    url: str
    current: bool = False


def shown_row(row: Any, columns: Sequence[Column], css: str) -> ShownRow:
    """Compute every cell once."""
    cells, seconds, name = [], [], ""
    for column in columns:
        value = column.shown_value(row)
        url = column.link(row) if column.link is not None else ""
        cells.append(ShownCell(value, column.css, url, column.main))
        if column.main:
            name = str(marks.plainly(value))
        elif column.phone == "second" and (words := str(marks.plainly(value))):
            seconds.append(words)
    pk = row.get("pk") if isinstance(row, dict) else getattr(row, "pk", None)
    return ShownRow(pk, name, cells, "，".join(seconds), css, row)


def page_links(current: int, pages: int, address: Callable[[int], str]) -> list[PageLink]:
    """First, last, and two on each side of the current page; gaps between."""
    wanted = sorted({1, pages, *range(max(1, current - 2), min(pages, current + 2) + 1)})
    found: list[PageLink] = []
    before = 0
    for number in wanted:
        if number - before > 1:
            found.append(PageLink(0, ""))
        found.append(PageLink(number, address(number), number == current))
        before = number
    return found
