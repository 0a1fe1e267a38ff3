"""The frame around a page, drawn once and kept: menus are alike on every page, but for the line that is the current one."""

from typing import Literal

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from rongpei.ground.ui.keeping import Form, drawn, once
from rongpei.ground.ui.menus import Chrome


def kept(name: str) -> SafeString:
    """{% kept "ui/_head.html" %}: includes a template that is alike for everybody, in whatever state the page is."""
    return once((name, get_language()), lambda: drawn(name)).filled()


def side(chrome: Chrome) -> SafeString:
    """The sidebar."""
    shown = Chrome(groups=chrome.groups, place=chrome.place, home_url=chrome.home_url)
    return _kept("ui/_side.html", shown, shown.groups, shown.place, shown.home_url).filled()


def tabs(chrome: Chrome | Literal[""]) -> SafeString:
    """The bar at the bottom of a phone; nothing on a page without a frame."""
    if not chrome:
        return SafeString()
    return _kept("ui/_tabs.html", Chrome(tabs=chrome.tabs), chrome.tabs).filled()


def top(chrome: Chrome, csrf_token: object) -> SafeString:
    """Search, inbox, and the menu of whoever is signed in; names are filled into what is alike for all."""
    unread = "" if not chrome.unread else str(chrome.unread) if chrome.unread < 100 else "99+"
    key = (
        chrome.search_url, chrome.search_hint, chrome.inbox_url, unread, tuple(chrome.roles), tuple(chrome.account),
    )  # fmt: skip
    whole = once(
        ("ui/_top.html", get_language(), key),
        lambda: drawn(
            "ui/_top.html", "person", "initial", "role", "csrf_token", chrome=chrome, unread=unread
        ),
    )
    return whole.filled(
        person=chrome.person_name, initial=chrome.initial, role=chrome.role_label, csrf_token=csrf_token
    )


def _kept(name: str, chrome: Chrome, *key: object) -> Form:
    return once((name, get_language(), key), lambda: drawn(name, chrome=chrome))
