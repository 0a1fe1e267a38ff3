"""Rows that are already in memory, with the part of a QuerySet's face that a list uses."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload


class Rows:
    """For computed lists (one row per unit, say). Filters on it need `apply=` with `where`."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = list(rows)

    def where(self, wanted: Callable[[Any], bool]) -> "Rows":
        """The rows for which `wanted` holds."""
        return Rows([row for row in self._rows if wanted(row)])

    def order_by(self, *names: str) -> "Rows":
        """Sorted by attributes, `-` for descending; nothing stands last in both directions."""
        rows = list(self._rows)
        for name in reversed(names):
            key, down = name.lstrip("-"), name.startswith("-")
            held = [row for row in rows if _read(row, key) is not None]
            bare = [row for row in rows if _read(row, key) is None]
            rows = sorted(held, key=lambda row, key=key: _read(row, key), reverse=down) + bare  # type: ignore[misc]
        return Rows(rows)

    def count(self) -> int:
        return len(self._rows)

    def iterator(self, chunk_size: int = 2000) -> Iterator[Any]:
        return iter(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> "Rows": ...
    def __getitem__(self, index: int | slice) -> Any:
        return Rows(self._rows[index]) if isinstance(index, slice) else self._rows[index]


def _read(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, dict) else getattr(row, name, None)
