"""Events of a span of days, asked of every activity. Rooms of one floor do not know each other: the site joins them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from rongpei.ground.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day: what kind it is in the users' words, its title, and the page behind it."""

    on: date
    kind: str | Promise
    title: str
    url: str = ""
    where: str = ""
    icon: str = "calendar-event"


Provider = Callable[[Actor, date, date], Iterable[Event]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a source: `provider(actor, first day, last day)`, both included; once, in the site's wiring."""
    if provider not in _providers:
        _providers.append(provider)


def events_between(actor: Actor, first: date, last: date) -> list[Event]:
    """Everything the actor may know of, by day; each room filters its own by the asker."""
    found = [event for provider in _providers for event in provider(actor, first, last)]
    return sorted(found, key=lambda event: (event.on, str(event.kind), event.title))
