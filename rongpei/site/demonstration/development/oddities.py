"""What does not go the plain way, so that every exception of the regulation can be seen once."""

from enum import StrEnum


class Oddity(StrEnum):
    """What is unusual about somebody's way."""

    EXTENDED = "extended"
    POSTPONED = "postponed"
    SPECIAL = "special"
    AGAIN = "again"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    LEFT = "left"
    SUSPENDED = "suspended"
