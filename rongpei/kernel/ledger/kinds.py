"""Kinds of entries, registered by the rooms that write them through `site/wiring.py`."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry: its code, what people call it, an icon, and whether its class hours count to the quota."""

    code: str
    label: str | Promise
    icon: str = "point"
    counts_to_quota: bool = True


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Make kinds known; a code registered twice must mean the same.

    Raises ValueError when it does not.
    """
    for kind in kinds:
        if _kinds.setdefault(kind.code, kind) != kind:
            raise ValueError(f"ledger kind {kind.code} registered twice")


def kind_of(code: str) -> Kind:
    """The kind with this code; an unknown one is shown by its code."""
    return _kinds.get(code) or Kind(code, code, counts_to_quota=False)


def is_known(code: str) -> bool:
    """Whether a room has registered the code."""
    return code in _kinds


def all_kinds() -> list[Kind]:
    """Every registered kind, in the order of registration."""
    return list(_kinds.values())


def quota_codes() -> list[str]:
    """Codes whose class hours count to the yearly quota."""
    return [kind.code for kind in _kinds.values() if kind.counts_to_quota]
