"""Doors for rooms above: the same as the ground's, with the visitor as a `Visit`."""

from django.http import HttpRequest

from rongpei.ground.accounts.doors import EVERYONE, SIGNED_IN, Door, door, door_of
from rongpei.org.access.visit import Visit


class PageRequest(HttpRequest):
    """A request that came through a door: `visit` is the actor."""

    visit: Visit


__all__ = ["EVERYONE", "SIGNED_IN", "Door", "PageRequest", "door", "door_of"]
