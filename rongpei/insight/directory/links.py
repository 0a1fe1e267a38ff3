"""Where the source of a ledger entry can be opened, asked for a whole page of entries at once."""

from collections.abc import Callable, Collection, Iterable
from typing import Any, Protocol

from django.db.models import QuerySet

from rongpei.activities.partydays.codes import SOURCE as MEETING
from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.rules import visible_meetings
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.any_of import any_of
from rongpei.ground.tenancy.prepared import prepared
from rongpei.ground.ui.addresses import address


class Sourced(Protocol):
    """Anything that says which source it came from."""

    @property
    def source_kind(self) -> str: ...

    @property
    def source_id(self) -> int: ...


# (asker, ids) -> addresses of those the asker may open.
Resolver = Callable[[Actor, Collection[int]], dict[int, str]]


def meeting_address(pk: int) -> str:
    """The page of a meeting."""
    return address("partydays:meeting", pk)


def _meetings(actor: Actor, ids: Collection[int]) -> dict[int, str]:
    return {pk: meeting_address(pk) for (pk,) in _seen(actor=actor, ids=list(ids))}


@prepared
def _seen(*, actor: Actor, ids: list[int]) -> QuerySet[Meeting, Any]:
    return visible_meetings(actor).filter(any_of("pk", ids)).order_by().values_list("pk")


_resolvers: dict[str, Resolver] = {MEETING: _meetings}


def register(source_kind: str, resolver: Resolver) -> None:
    """Say how sources of a kind are opened; called from `site/wiring.py`.

    Raises ValueError when another resolver holds the kind.
    """
    if _resolvers.setdefault(source_kind, resolver) is not resolver:
        raise ValueError(f"source links of {source_kind} registered twice")


def addresses(actor: Actor, entries: Iterable[Sourced]) -> dict[tuple[str, int], str]:
    """`{(source kind, source id): address}` of the sources the asker may open; one query per kind of source."""
    wanted: dict[str, set[int]] = {}
    for entry in entries:
        wanted.setdefault(entry.source_kind, set()).add(entry.source_id)
    found = {}
    for kind, ids in sorted(wanted.items()):
        resolver = _resolvers.get(kind)
        if resolver is not None:
            found.update({(kind, pk): url for pk, url in resolver(actor, ids).items()})
    return found
