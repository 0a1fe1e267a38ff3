"""The view of an address is looked up once: Django tries a hundred patterns one after the other for every request."""

from functools import lru_cache

from django.urls import get_resolver

_KEPT = 4096


def keep_routes() -> None:
    """Keep what the addresses asked last lead to. An unknown address is tried anew: it raises, and nothing is kept."""
    resolver = get_resolver()
    vars(resolver)["resolve"] = lru_cache(maxsize=_KEPT)(resolver.resolve)
