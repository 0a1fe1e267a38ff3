"""To-dos are asked, never stored: each room says what its facts leave open for somebody, and until when."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from rongpei.ground import clock
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.together import Asked, which_have_rows


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to do, why (and the article), and the one button. `key` is stable: `room.noun:id`.

    `binding`: the due date is asked by a rule; otherwise by the house's own practice, which warns and is never late.
    """

    key: str
    title: str
    due_on: date | None = None
    why: str = ""
    article: str = ""
    article_url: str = ""
    url: str = ""
    button: str = ""
    binding: bool = True

    def is_late(self, on: date) -> bool:
        """Whether a binding due date has passed; the due date itself is in time."""
        return self.binding and self.due_on is not None and self.due_on < on

    def is_over(self, on: date) -> bool:
        """Whether a date of practice has passed."""
        return not self.binding and self.due_on is not None and self.due_on < on

    @property
    def late(self) -> bool:
        """Late by today's business date."""
        return self.is_late(clock.today())


_SOON = timedelta(days=7)

Provider = Callable[[Actor, date], Iterable[Todo]]
Asks = Callable[[Actor, date], Iterable[Asked]]
_providers: dict[Provider, Asks | None] = {}


def register(provider: Provider, asks: Asks | None = None) -> None:
    """Add a source of to-dos; once, in the site's wiring. `asks` names every query it has to-dos from.

    A source whose queries all have no row is not asked; whether they have is one statement for all sources.
    """
    _providers.setdefault(provider, asks)


def todos_for(actor: Actor, on: date) -> list[Todo]:
    """Everything the actor has to do as of a date: late first, then what a rule asks within a week, then what is over
    the house's own practice, then by due date, undated last."""
    found: dict[str, Todo] = {}
    for provider in _with_something(actor, on):
        for todo in provider(actor, on):
            found.setdefault(todo.key, todo)
    return sorted(found.values(), key=lambda todo: _urgency(todo, on))


def _with_something(actor: Actor, on: date) -> Iterator[Provider]:
    asked = {provider: list(asks(actor, on)) for provider, asks in _providers.items() if asks}
    has_rows = iter(which_have_rows(chain.from_iterable(asked.values())))
    having = {provider for provider, queries in asked.items() if any(list(islice(has_rows, len(queries))))}
    return (provider for provider, asks in _providers.items() if not asks or provider in having)


def _urgency(todo: Todo, on: date) -> tuple[int, date, str]:
    due = todo.due_on or date.max
    if todo.binding and due <= on + _SOON:
        return (0, due, todo.key)
    return (1 if todo.is_over(on) else 2, due, todo.key)


def as_ics(todos: Iterable[Todo], *, now: datetime, public_url: str) -> bytes:
    """A calendar of the dated to-dos: whole days that do not block time, with a reminder the day before.

    Events, not tasks: the calendars of phones do not show tasks of a subscribed feed.
    """
    base = public_url.rstrip("/")
    feed = Calendar()
    feed.add("prodid", "-//Rongpei//todos//ZH")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", _("融培待办"))
    feed.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for todo in todos:
        if todo.due_on is not None:
            feed.add_component(_event(todo, todo.due_on, now, base))
    written: bytes = feed.to_ical()
    return written


def _event(todo: Todo, due_on: date, now: datetime, base: str) -> Event:
    event = Event()
    event.add("uid", f"{todo.key}@{urlsplit(base).hostname or 'rongpei'}")
    event.add("dtstamp", now)
    event.add("dtstart", due_on)
    event.add("dtend", due_on + timedelta(days=1))
    event.add("summary", todo.title)
    event.add("transp", "TRANSPARENT")
    if todo.why or todo.article:
        event.add("description", "\n".join(filter(None, (todo.why, todo.article))))
    if todo.url:
        event.add("url", f"{base}{todo.url}")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", todo.title)
    alarm.add("trigger", timedelta(hours=-15))  # nine in the morning of the day before
    event.add_component(alarm)
    return event
