"""Menus drawn once and kept: they are alike on every page, but for the line that is the current one."""

from functools import lru_cache
from typing import Literal

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from rongpei.ground.ui.menus import Chrome, Group, Item

_KEPT = 2000


def side(chrome: Chrome) -> SafeString:
    """The sidebar."""
    return _side(chrome.groups, chrome.place, chrome.home_url)


def tabs(chrome: Chrome | Literal[""]) -> SafeString:
    """The bar at the bottom of a phone; nothing on a page without a frame."""
    return _tabs(chrome.tabs) if chrome else SafeString()


@lru_cache(maxsize=_KEPT)
def _side(groups: tuple[Group, ...], place: str, home_url: str) -> SafeString:
    return _drawn("ui/_side.html", Chrome(groups=groups, place=place, home_url=home_url))


@lru_cache(maxsize=_KEPT)
def _tabs(items: tuple[Item, ...]) -> SafeString:
    return _drawn("ui/_tabs.html", Chrome(tabs=items))


def _drawn(name: str, chrome: Chrome) -> SafeString:
    return mark_safe(get_template(name).render({"chrome": chrome}))  # noqa: S308 - a template wrote it
