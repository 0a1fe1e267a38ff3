"""Panels that rooms add to the person page through `site/wiring.py`: pipelines, honours, consents."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.functional import Promise

from rongpei.ground.accounts.actor import Actor
from rongpei.org.people.models import Person


class Drawn(NamedTuple):
    """What a provider answers: a template and its context."""

    template: str
    context: Mapping[str, Any]


# (asker, person, business date) -> what to draw, or None when there is nothing the asker may see.
Provider = Callable[[Actor, Person, date], Drawn | None]


@dataclass(frozen=True)
class Panel:
    """One card of the person page."""

    code: str
    title: str | Promise
    provider: Provider


class Shown(NamedTuple):
    """A panel that has something to say."""

    code: str
    title: str | Promise
    template: str
    context: Mapping[str, Any]


_panels: dict[str, Panel] = {}


def register(code: str, title: str | Promise, provider: Provider) -> None:
    """Add a panel; they are drawn in the order of registration.

    Raises ValueError when another provider holds the code.
    """
    panel = Panel(code, title, provider)
    if _panels.setdefault(code, panel) != panel:
        raise ValueError(f"person panel {code} registered twice")


def shown_for(actor: Actor, person: Person, on: date) -> list[Shown]:
    """The panels with something to say; a provider asks a fixed number of queries, and the rules of its room."""
    found = []
    for panel in _panels.values():
        drawn = panel.provider(actor, person, on)
        if drawn is not None:
            found.append(Shown(panel.code, panel.title, drawn.template, drawn.context))
    return found
