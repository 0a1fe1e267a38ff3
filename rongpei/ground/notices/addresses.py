"""Where people can be reached: answered by the floor above, which knows them and their consents."""

from collections.abc import Callable, Mapping, Sequence

Lookup = Callable[[Sequence[int], str], Mapping[int, str]]


def _nobody(reader_ids: Sequence[int], channel: str) -> Mapping[int, str]:
    return {}


_lookup: Lookup = _nobody


def register(lookup: Lookup) -> None:
    """Say how addresses are found: `lookup(reader_ids, channel) -> {reader_id: address}`, asked inside a scope.

    Whoever is missing from the answer cannot or does not want to be reached there.
    """
    global _lookup
    _lookup = lookup


def addresses(reader_ids: Sequence[int], channel: str) -> Mapping[int, str]:
    """The addresses of those of the readers who have one on the channel."""
    return _lookup(reader_ids, channel)
