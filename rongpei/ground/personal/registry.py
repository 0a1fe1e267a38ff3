"""What all rooms hold, joined once by the site."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from rongpei.ground.personal.declaring import Held, Subject, Words


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at an identity document or number of the subject."""

    at: datetime
    who: Words
    what: Words
    why: Words = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A consent that a room keeps by itself (a picture, a name in print): what, how it stands, where one changes it."""

    title: Words
    state: Words
    on: date | None
    stands: bool
    url: str = ""


Looks = Callable[[Subject], Iterable[Look]]
Consents = Callable[[Subject], Iterable[Given]]

_held: dict[str, Held] = {}
_looks: list[Looks] = []
_consents: list[Consents] = []


def register(*held: Held) -> None:
    """Add what a room holds; a model is registered once."""
    for one in held:
        if _held.setdefault(one.model, one) is not one:
            raise ValueError(f"{one.model} is registered twice")


def register_looks(provider: Looks) -> None:
    """Add a log of who looked at identity documents."""
    if provider not in _looks:
        _looks.append(provider)


def register_consents(provider: Consents) -> None:
    """Add consents that a room keeps by itself."""
    if provider not in _consents:
        _consents.append(provider)


def everything() -> list[Held]:
    """All of it, in the order of registration."""
    return list(_held.values())


def looks_at(subject: Subject) -> list[Look]:
    """Who looked at the subject's identity documents, newest first."""
    return sorted(
        (look for provider in _looks for look in provider(subject)), key=lambda look: look.at, reverse=True
    )


def consents_of(subject: Subject) -> list[Given]:
    """Consents kept by the rooms themselves."""
    return [given for provider in _consents for given in provider(subject)]
