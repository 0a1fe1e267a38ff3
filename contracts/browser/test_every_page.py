"""Every page somebody may open: readable, reachable, no leaks of the machinery, nothing from elsewhere."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Error, Page

from contracts.browser.visits import Site
from contracts.cast import Cast, House, load
from contracts.doors import PUBLIC, TABLE
from contracts.seasons import live_a_while
from rongpei.ground.tenancy.scope import scope
from rongpei.org.access.codes import Role

pytestmark = [pytest.mark.browser, pytest.mark.committing, pytest.mark.slow]

PARTS = {"partydays:screen-code", "units:roster-progress", "file"}  # pieces of pages, or no page at all
DOWNLOADS = {"units:roster-template", "units:roster-export"}
PRESSES_ITSELF = {"partydays:scanned"}  # test_journey_meeting sees what comes of it
ACCOUNT = (
    "account_change_password", "account_logout", "account_reauthenticate", "mfa_index", "mfa_activate_totp",
    "usersessions_list",
)  # fmt: skip
STRANGERS = ("account_login", "account_signup", "account_reset_password", "account_inactive")
PLAYERS = {
    "member-1": None,
    "branch_secretary": Role.BRANCH_SECRETARY,
    "party_office": Role.PARTY_OFFICE,
    "security_admin": Role.SECURITY_ADMIN,
    "auditor": Role.AUDITOR,
    "system_admin": Role.SYSTEM_ADMIN,
    "authority_officer": Role.AUTHORITY_OFFICER,
}


def _addresses(cast: Cast, role: Role | None) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """Name, address and statuses of what the table lets them open; a member is let in wherever the staff are."""
    for name, address in TABLE.items():
        let_in = (role or Role.STAFF) in address.roles and address.finds != () and 200 in address.own
        if let_in and name not in PARTS | DOWNLOADS | PRESSES_ITSELF:
            parts = address.fill(cast.h1)
            # A page may say that an object lies beyond the visitor's places; that answer is a page too.
            yield name, reverse(name, kwargs=parts), (200, 404) if parts else (200,)


def _look(site: Site, page: Page, name: str, path: str, allowed: tuple[int, ...]) -> list[str]:
    try:
        answer = page.goto(site.address + path)
    except Error as error:
        return [f"{name} {path}: {error.message.splitlines()[0]}"]
    status = answer.status if answer else 0
    wrong = [] if status in allowed else [f"status {status}"]
    return [f"{name} {path}: {line}" for line in wrong + site.inspect(page)]


@pytest.mark.parametrize("number", list(PLAYERS))
def test_every_page_of(number: str, site: Site) -> None:
    cast, role = load(), PLAYERS[number]
    house: House = cast.authority if role == Role.AUTHORITY_OFFICER else cast.h1
    with scope(cast.tenant_ids):
        addresses = list(_addresses(cast, role))
        live_a_while(cast.h1)
    page = site.visitor(house.user(number))
    failures = []
    for name, path, allowed in addresses:
        failures += _look(site, page, name, path, allowed)
    for name in ACCOUNT:
        failures += _look(site, page, name, reverse(name), (200,))
    assert not failures, "\n".join(failures)


def test_every_page_of_a_stranger(site: Site) -> None:
    page = site.visitor()
    failures = []
    for name in (*STRANGERS, *sorted(PUBLIC - {"demonstration-enter", "demonstration-date", "ui:progress"})):
        failures += _look(site, page, name, reverse(name), (409,) if name == "ui:refused" else (200,))
    failures += _look(site, page, "nowhere", "/nowhere/", (404,))
    assert not failures, "\n".join(failures)


def test_downloads_are_files(site: Site) -> None:
    cast = load()
    page = site.visitor(cast.h1.user("party_office"))
    for name in sorted(DOWNLOADS):
        answer = page.request.get(site.address + reverse(name))
        assert answer.status == 200, name
        assert answer.headers["content-disposition"].startswith("attachment"), name
        assert answer.body().startswith(b"PK"), name
