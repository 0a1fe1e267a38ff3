"""Texts that are agreed to on the pages of another room, because more follows from the answer; filled by the site's wiring."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """page: the url name where one agrees. withdraw: the room's own action (actor, person, user, kind, today, now)."""

    page: str
    withdraw: Callable[..., object]


_by_kind: dict[str, Elsewhere] = {}


def register(kind: str, elsewhere: Elsewhere) -> None:
    """Say where a kind of text is answered."""
    _by_kind[kind] = elsewhere


def of(kind: str) -> Elsewhere | None:
    """Where a kind is answered, when it is not here."""
    return _by_kind.get(kind)
