"""A frame for tests, where the site's own would need the database."""

from datetime import date
from typing import Any

from django.http import HttpRequest

from rongpei.ground.ui.menus import Chrome, Group, Item


def chrome(request: HttpRequest) -> dict[str, Any]:
    groups = (
        Group("", (Item("首页", "/", "home", current=True),)),
        Group("要办", (Item("待办", "/todo/", "checklist", 9),)),
    )
    tabs = (Item("首页", "/", "home"), Item("我的", "/me/", "user", count=2))
    return {
        "chrome": Chrome(
            signed_in="out" not in request.GET,
            place="示范单位",
            person_name="周文静",
            initial="周",
            role_label="负责人",
            count_unread=lambda: 7,
            groups=groups,
            tabs=tabs,
            demonstration=True,
            today=date(2026, 6, 12),
        )
    }
