"""Doors for rooms above: the same as the ground's, with the visitor as a `Visit`."""

from django.http import HttpRequest

from rongpei.ground.accounts.doors import EVERYONE, SIGNED_IN, Door, door, door_of
from rongpei.org.access.visit import Visit


class PageRequest(HttpRequest):
    """A request that came through a door: `visit` is the actor."""

    visit: Visit


def visitor_of(request: HttpRequest) -> Visit | None:
    """The visitor behind a public door, or None for somebody who has not signed in."""
    visit: Visit | None = getattr(request, "visit", None)
    return visit


__all__ = ["EVERYONE", "SIGNED_IN", "Door", "PageRequest", "door", "door_of", "visitor_of"]
