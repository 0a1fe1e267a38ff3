"""A roster as read: its columns and its rows, before anything is judged."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from .columns import Column
from .headers import Heading

Cells = list[object]
NumberedRows = Iterator[tuple[int, Cells]]


@dataclass(frozen=True)
class Table:
    """A readable roster.

    `read` starts a fresh pass over the data rows: (row number as Excel shows it, cells from column A); rows shorter than
    `width` occur. Blank rows are skipped. Rows are not kept as Python lists: 100,000 rows of 25 cells would take 390 MB.
    """

    filename: str
    form: str  # "xlsx", "xls" or "csv"
    sheet: str  # "" for CSV
    header_row: int
    headings: tuple[Heading, ...]
    read: Callable[[], NumberedRows]
    notes: tuple[str, ...] = ()

    @cached_property
    def row_count(self) -> int:
        """How many data rows there are; the first asking reads them through."""
        return sum(1 for _ in self.read())

    @property
    def columns(self) -> tuple[Column, ...]:
        """The known columns, in the file's order."""
        return tuple(h.column for h in self.headings if h.column)

    @property
    def positions(self) -> dict[str, int]:
        """Column key to position from 0."""
        return {h.column.key: h.position for h in self.headings if h.column}

    @property
    def unknown_titles(self) -> tuple[str, ...]:
        """Titles that mean nothing to us; their cells are not read."""
        return tuple(h.title for h in self.headings if h.column is None and not h.ignored)

    @property
    def aliases(self) -> tuple[tuple[str, str], ...]:
        """(title in the file, our title) where a synonym was used, for 核对列名."""
        return tuple(
            (h.title, h.column.title) for h in self.headings if h.column and h.title != h.column.title
        )
