"""Addresses of pages by name, resolved once: a page names thirty, and each costs as much as a short query."""

from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, reverse

_MARK = 987_654_321


def address(name: str, pk: int | None = None) -> str:
    """The address of a page without arguments, or of one that takes one number."""
    head, tail = _around(settings.ROOT_URLCONF, name, pk is not None)
    return head if pk is None else f"{head}{pk}{tail}"


def address_if_any(name: str) -> str:
    """The address of a page, or nothing where this process does not serve it (the portal apart)."""
    try:
        return address(name)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=1024)
def _around(_urls: str, name: str, numbered: bool) -> tuple[str, str]:
    if not numbered:
        return reverse(name), ""
    head, tail = reverse(name, args=[_MARK]).split(str(_MARK))
    return head, tail
