"""Who may read and change the files of an object: answered by the room the object lives in.

Rooms above register once, in the site's wiring. A kind that nobody registered cannot be read or written.
"""

from collections.abc import Callable
from dataclasses import dataclass

from rongpei.ground.accounts.actor import Actor

Check = Callable[[Actor, int], bool]


@dataclass(frozen=True, slots=True)
class Owner:
    """The checks of one kind of object. Without `may_change`, only who uploaded a file may remove it."""

    kind: str
    may_read: Check
    may_change: Check | None = None


_owners: dict[str, Owner] = {}


def register(kind: str, may_read: Check, may_change: Check | None = None) -> None:
    """Say who may read (and attach or remove) the files of objects of a kind, such as `partydays.meeting`."""
    _owners[kind] = Owner(kind, may_read, may_change)


def owner_of(kind: str) -> Owner | None:
    """The checks registered for a kind."""
    return _owners.get(kind)
