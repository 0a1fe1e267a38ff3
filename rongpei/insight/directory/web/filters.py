"""Filters that only links set: one object by its id, named by what the asker may see of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from rongpei.ground.ui.listing import Filter


@dataclass(frozen=True)
class PinFilter(Filter):
    """`name=<id>` in the address; shown as a chip and carried along, never typed. `pinned` is its name."""

    pinned: str = ""

    template = "directory/filters/pin.html"

    def read(self, query: QueryDict) -> Any:
        asked = query.get(self.name, "").strip()
        if not asked:
            return None
        if not self.pinned:
            raise ValueError(asked)
        return asked

    def words(self, value: Any) -> str:
        return f"{self.label}：{self.pinned}"


def whole_number(query: QueryDict, name: str) -> int | None:
    """A positive id from the address, or None."""
    asked = query.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else None


def choices_of(rows: Sequence[tuple[int, str]]) -> list[tuple[str, str]]:
    """Pairs of id and name as a select wants them."""
    return [(str(pk), name) for pk, name in rows]
