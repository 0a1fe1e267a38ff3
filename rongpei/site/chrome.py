"""What surrounds every page: menu, bottom bar, who is signed in. A menu shows only what the visitor may open."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from rongpei.ground import clock
from rongpei.ground.notices.queries import unread_count
from rongpei.ground.ui.menus import Chrome, Group, Item
from rongpei.org.access.codes import Role
from rongpei.org.access.visit import Held, Visit
from rongpei.site.demonstration.accounts import demonstration_accounts
from rongpei.site.menus import MENU, TABS, Entry


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context for the layout."""
    visit: Visit | None = getattr(request, "visit", None)
    if visit is None:
        frame = Chrome(demonstration=settings.RONGPEI_DEMONSTRATION, today=clock.today())
        return {"chrome": frame, **_entrances(request.path)}
    main = visit.main
    groups = [Group(str(title), _items(entries, visit, request.path)) for title, entries in MENU]
    return {
        "chrome": Chrome(
            signed_in=True,
            place=main.unit_name if main else "",
            person_name=visit.name,
            initial=visit.name[:1],
            role_label=_role_words(main),
            unread=unread_count(visit),
            groups=[group for group in groups if group.items],
            tabs=_items(TABS, visit, request.path),
            account=_account(),
            search_url=reverse("search"),
            search_hint=_("搜人、组织、会议"),
            inbox_url=reverse("inbox"),
            demonstration=settings.RONGPEI_DEMONSTRATION,
            demonstration_url=reverse("demonstration") if settings.RONGPEI_DEMONSTRATION else "",
            today=clock.today(),
        )
    }


def _entrances(path: str) -> dict[str, Any]:
    """The demonstration's accounts on the sign-in page, and nowhere else."""
    if settings.RONGPEI_DEMONSTRATION and path == reverse("account_login"):
        return {"demonstration_accounts": demonstration_accounts()[:8]}
    return {}


def _items(entries: tuple[Entry, ...], visit: Visit, here: str) -> list[Item]:
    found = []
    for entry in entries:
        if entry.roles and not visit.holds(*entry.roles):
            continue
        url = entry.address(visit)
        if url:
            current = here == url or (url != "/" and here.startswith(url))
            found.append(Item(str(entry.title), url, entry.icon, current=current))
    return _only_the_longest(found)


def _only_the_longest(items: list[Item]) -> list[Item]:
    """Of several items whose address begins the page's, only the longest is the current one."""
    current = [item.url for item in items if item.current]
    longest = max(current, key=len, default="")
    return [
        Item(item.title, item.url, item.icon, item.count, item.hot, item.url == longest and item.current)
        for item in items
    ]


def _role_words(main: Held | None) -> str:
    if main is None or main.role == Role.STAFF:
        return _("职工")
    return str(Role(main.role).label)


def _account() -> list[Item]:
    return [
        Item(_("我的成长档案"), reverse("directory:me"), "timeline"),
        Item(_("设置"), reverse("settings"), "settings"),
        Item(_("退出登录"), reverse("account_logout"), "logout"),
    ]
