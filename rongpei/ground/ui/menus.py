"""The frame around a page, as data: `site/chrome.py` fills it, `ui/layout.html` draws it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property


@dataclass(frozen=True)
class Item:
    """One line of a menu; `count` shows only where something waits, `hot` paints it red."""

    title: str
    url: str
    icon: str = ""
    count: int = 0
    hot: bool = False
    current: bool = False


@dataclass(frozen=True)
class Group:
    """Menu lines under one heading; the first group usually has no title."""

    title: str
    items: tuple[Item, ...]


@dataclass
class Chrome:
    """Everything the layout needs besides the page itself; what waits is counted only by a page that shows it."""

    signed_in: bool = False
    place: str = ""
    person_name: str = ""
    initial: str = ""
    role_label: str = ""
    count_unread: Callable[[], int] = int
    groups: tuple[Group, ...] = ()
    tabs: tuple[Item, ...] = ()
    account: Sequence[Item] = ()
    home_url: str = "/"
    search_url: str = "/search/"
    search_hint: str = ""
    inbox_url: str = "/inbox/"
    demonstration: bool = False
    demonstration_url: str = "/demonstration/"
    today: date | None = None
    roles: Sequence[Item] = field(default_factory=tuple)

    @cached_property
    def unread(self) -> int:
        """How many notices wait."""
        return self.count_unread()
