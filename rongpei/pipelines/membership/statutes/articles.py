"""Articles by edition. Numbers are those of 2026; from 19 on the text of 2014 counts one more."""

from collections.abc import Mapping

OLD, NEW = "2014", "2026"


def article(number: int, *, old: int | None = None) -> Mapping[str, str]:
    """The article of both editions; `old` where the two do not follow the shift."""
    return {OLD: str(old or (number + 1 if number >= 19 else number)), NEW: str(number)}


def since_2026(number: int) -> Mapping[str, str]:
    """An article whose demand is new in 2026."""
    return {NEW: str(number)}


def elsewhere(name: str) -> Mapping[str, str]:
    """A rule of another text, which both editions rest on."""
    return {OLD: name, NEW: name}
