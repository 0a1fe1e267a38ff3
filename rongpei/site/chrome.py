"""What surrounds every page: menu, bottom bar, who is signed in. A menu shows only what the visitor may open."""

from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from rongpei.ground import clock
from rongpei.ground.notices.queries import unread_count
from rongpei.ground.ui.addresses import address, address_if_any
from rongpei.ground.ui.menus import Chrome, Group, Item
from rongpei.org.access.codes import Role
from rongpei.org.access.doors import visitor_of
from rongpei.org.access.visit import Held
from rongpei.site.demonstration.accounts import demonstration_accounts
from rongpei.site.menus import ACCOUNT, MENU, TABS, Entry


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context for the layout."""
    visit = visitor_of(request)
    if visit is None:
        frame = Chrome(demonstration=settings.RONGPEI_DEMONSTRATION, today=clock.today())
        return {"chrome": frame, **_entrances(request.path)}
    main = visit.main
    menu, tabs = _menus(visit.held)
    groups = (Group(title, _marked(items, request.path)) for title, items in menu)
    return {
        "chrome": Chrome(
            signed_in=True,
            place=main.unit_name if main else "",
            person_name=visit.name,
            initial=visit.name[:1],
            role_label=_role_words(main),
            count_unread=partial(unread_count, visit),
            groups=tuple(groups),
            tabs=_marked(tabs, request.path),
            account=_account(visit.held),
            search_url=address_if_any("search"),
            search_hint=_("搜人、组织、会议"),
            inbox_url=address_if_any("inbox"),
            demonstration=settings.RONGPEI_DEMONSTRATION,
            demonstration_url=address("demonstration") if settings.RONGPEI_DEMONSTRATION else "",
            today=clock.today(),
        )
    }


def _entrances(path: str) -> dict[str, Any]:
    """The demonstration's accounts on the sign-in page, and nowhere else."""
    if settings.RONGPEI_DEMONSTRATION and path == address("account_login"):
        return {"demonstration_accounts": demonstration_accounts()[:8]}
    return {}


@lru_cache(maxsize=2000)
def _menus(held: tuple[Held, ...]) -> tuple[tuple[tuple[str, tuple[Item, ...]], ...], tuple[Item, ...]]:
    """Groups of the sidebar and the bottom bar for somebody who holds these roles; empty groups left out."""
    groups = ((str(title), _items(entries, held)) for title, entries in MENU)
    return tuple((title, items) for title, items in groups if items), _items(TABS, held)


def _items(entries: tuple[Entry, ...], held: tuple[Held, ...]) -> tuple[Item, ...]:
    found = ((entry, entry.address(held)) for entry in entries if entry.shown_to(held))
    return tuple(Item(str(entry.title), url, entry.icon) for entry, url in found if url)


def _marked(items: tuple[Item, ...], here: str) -> tuple[Item, ...]:
    """Of several items whose address begins the page's, only the longest is the current one."""
    begun = [
        item.url for item in items if here == item.url or (item.url != "/" and here.startswith(item.url))
    ]
    if not begun:
        return items
    longest = max(begun, key=len)
    return tuple(replace(item, current=True) if item.url == longest else item for item in items)


def _role_words(main: Held | None) -> str:
    if main is None or main.role == Role.STAFF:
        return _("职工")
    return str(Role(main.role).label)


def _account(held: tuple[Held, ...]) -> tuple[Item, ...]:
    return (*_items(ACCOUNT, held), Item(_("退出登录"), address("account_logout"), "logout"))
