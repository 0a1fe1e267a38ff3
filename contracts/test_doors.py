"""Every address × every role × own and other hospital: 200, 403, 404, or the way to the sign-in page."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from contracts.cast import Cast, House
from contracts.doors import LIBRARIES, PUBLIC, SHARED, TABLE
from rongpei.ground.tenancy.scope import scope
from rongpei.org.access.codes import Role
from rongpei.org.access.doors import door_of

# A role's player in the cast, and the house the player belongs to.
_AUTHORITY = {Role.AUTHORITY_OFFICER: "authority"}
_OPERATOR = dict.fromkeys(
    (Role.CERTIFICATE_REVIEWER, Role.EDITOR, Role.MODERATOR, Role.OUTSIDE_HCP, Role.OUTSIDE_VOLUNTEER),
    "operator",
)


def _patterns(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _patterns(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif one.name:
            yield space + one.name, one


ADDRESSES = dict(_patterns(get_resolver()))


def test_every_address_is_in_the_table() -> None:
    ours = {name for name in ADDRESSES if not name.startswith(LIBRARIES)}
    assert ours == set(TABLE) | PUBLIC


def test_every_view_has_a_door() -> None:
    for name, pattern in ADDRESSES.items():
        assert door_of(pattern.callback), name


def test_the_table_says_what_the_doors_say() -> None:
    for name, address in TABLE.items():
        door = door_of(ADDRESSES[name].callback)
        assert not door.public, name
        assert set(door.roles or tuple(Role)) == set(address.roles), name
    for name in PUBLIC:
        assert door_of(ADDRESSES[name].callback).public, name


def _house(cast: Cast, role: Role) -> House:
    house: House = getattr(cast, (_AUTHORITY | _OPERATOR).get(role, "h1"))
    return house


def _client(cast: Cast, role: Role) -> Client:
    client = Client()
    client.force_login(_house(cast, role).user(role.value))
    return client


def _filled(cast: Cast, house: House) -> dict[str, str]:
    with scope(cast.tenant_ids):
        return {name: reverse(name, kwargs=address.fill(house)) for name, address in TABLE.items()}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_its_doors_and_no_other(cast: Cast, role: Role) -> None:
    client = _client(cast, role)
    own = _filled(cast, cast.h1)
    for name, address in TABLE.items():
        status = client.get(own[name]).status_code
        if role not in address.roles:
            assert status == 403, f"{name}: {role} got {status}"
        elif address.finds == ():
            assert status == 404, f"{name}: {role} got {status}"
        else:
            assert status in (*address.own, 404), f"{name}: {role} got {status}"


@pytest.mark.parametrize("role", [role for role in Role if role not in _AUTHORITY])
def test_another_hospitals_object_is_not_found(cast: Cast, role: Role) -> None:
    client = _client(cast, role)
    own, foreign = _filled(cast, cast.h1), _filled(cast, cast.h2)
    for name, address in TABLE.items():
        if own[name] == foreign[name] or name in SHARED:
            continue
        expected = 404 if role in address.roles else 403
        if 405 in address.own and role in address.roles:
            assert client.post(foreign[name]).status_code == 404, name
        else:
            assert client.get(foreign[name]).status_code == expected, f"{name}: {role}"


def test_the_party_office_finds_everything_of_its_own_hospital(cast: Cast) -> None:
    client, own = _client(cast, Role.PARTY_OFFICE), _filled(cast, cast.h1)
    for name, address in TABLE.items():
        if Role.PARTY_OFFICE in address.roles and address.finds != ():
            assert client.get(own[name]).status_code in address.own, name


def test_a_stranger_is_led_to_the_sign_in_page(cast: Cast) -> None:
    client, own = Client(), _filled(cast, cast.h1)
    for name in TABLE:
        response = client.get(own[name])
        assert response.status_code == 302, name
        assert response["Location"].startswith("/accounts/login/"), name
