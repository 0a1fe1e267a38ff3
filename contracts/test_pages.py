"""Every page in real Chromium, wide and narrow: no serious axe finding, nothing sideways, no leak, no foreign request."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from bench.serving import Server
from contracts import cast as players
from contracts.browsing import chromium, visitor
from contracts.doors import TABLE
from contracts.serving import web
from rongpei.ground.tenancy.scope import scope
from rongpei.org.access.codes import Role

pytestmark = [pytest.mark.browser, pytest.mark.committing]

# The part of the projector and the pages that answer with a file or a part of a page.
_NOT_PAGES = {
    "units:roster-template", "units:roster-export", "partydays:screen-code", "units:roster-progress", "partydays:scanned",
    "columns:word", "columns:wechat", "columns:poster",
    "partydays:book", "partydays:minutes-word", "partydays:sheet", "partydays:hand-over", "membership:people",
    "membership:document", "membership:document-pack", "membership:document-batch", "membership:template-file",
    "membership:register", "membership:register-template", "membership:register-progress",
}  # fmt: skip
_WHO = {
    Role.PARTY_OFFICE: "party_office", Role.BRANCH_SECRETARY: "branch_secretary", Role.SECURITY_ADMIN: "security_admin",
    Role.AUDITOR: "auditor", Role.SYSTEM_ADMIN: "system_admin",
    Role.PUBLICITY_OFFICE: "publicity_office",
}  # fmt: skip
_PUBLIC = [
    "/accounts/login/",
    "/activate/",
    "/ui/",
    "/ui/list/",
    "/ui/form/",
    "/read/",
    "/read/search/?q=无",
    "/join/",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as found:
        yield found


@pytest.fixture
def site(committed: str, tmp_path: Path) -> Iterator[Server]:
    """The site on a clone."""
    with web(committed, tmp_path) as server:
        yield server


def _paths(role: Role) -> list[str]:
    cast = players.load()
    with scope(cast.tenant_ids):
        return [
            reverse(name, kwargs=address.fill(cast.h1))
            for name, address in TABLE.items()
            if role in address.roles and 200 in address.own and address.finds != () and name not in _NOT_PAGES
        ]


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_of_every_role(site: Server, browser: Browser, width: int) -> None:
    wrong: list[str] = []
    seen: set[str] = set()
    for role, number in _WHO.items():
        window = visitor(browser, f"http://127.0.0.1:{site.port}", width=width).sign_in(number)
        for path in _paths(role):
            # A page looks alike to all who may open it, but for home.
            if path not in seen or path == "/":
                wrong += [f"{role} {one}" for one in window.look_at(path) if "status 404" not in one]
                seen.add(path)
        window.context.close()
    window = visitor(browser, f"http://127.0.0.1:{site.port}", width=width).sign_in("member-1")
    wrong += [
        one
        for path in ("/", "/me/", "/meetings/", "/settings/", "/read/", "/read/mine/")
        for one in window.look_at(path)
    ]
    window = visitor(browser, f"http://127.0.0.1:{site.port}", width=width)
    for path in _PUBLIC:
        wrong += window.look_at(path)
    assert not wrong, "\n".join(wrong)


def test_a_phone_of_360_scrolls_down_only(site: Server, browser: Browser) -> None:
    window = visitor(browser, f"http://127.0.0.1:{site.port}", width=360).sign_in("branch_secretary")
    found = [one for path in _paths(Role.BRANCH_SECRETARY) for one in window.look_at(path, axe=False)]
    wrong = [one for one in found if "status 404" not in one]
    assert not wrong, "\n".join(wrong)
