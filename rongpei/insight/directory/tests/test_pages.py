"""Every page opens for those it is for, and another hospital's objects are not found."""

from datetime import date

import pytest

from contracts.cast import Cast
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.insight.directory.tests.conftest import Enter, hold

FORBIDDEN = ("None", "{{", "{%", "undefined")


def _lives(cast: Cast) -> None:
    hold(cast, date(2026, 3, 10), ["member-1", "member-2", "branch_secretary"])
    hold(cast, date(2026, 5, 10), ["member-1"], kind=MeetingKind.LECTURE)
    hold(cast, date(2026, 6, 10), ["member-1"], confirm=False)
    hold(cast, date(2026, 6, 20), [], kind=MeetingKind.MEMBERS, confirm=False)


@pytest.mark.usefixtures("within", "today")
@pytest.mark.parametrize(
    "number", ["party_office", "branch_secretary", "hospital_leader", "general_branch_secretary"]
)
def test_pages_open(cast: Cast, enter: Enter, number: str) -> None:
    _lives(cast)
    branch, member = cast.h1.unit("一支部").pk, cast.h1.person("member-1").pk
    addresses = [
        "/people/", "/me/", f"/people/{member}/", "/units/", "/units/?tree=party", "/units/?tree=league&q=x",
        f"/units/{branch}/", f"/units/{cast.h1.unit('内科').pk}/", "/branches/", "/branches/?measure=attendance",
        "/branches/?measure=hours", f"/branches/{branch}/", f"/branches/{branch}/attendance/",
        f"/branches/{branch}/attendance/lines/?person={member}", "/ledger/", f"/ledger/?unit={branch}&person={member}",
    ]  # fmt: skip
    client = enter(number)
    for address in addresses:
        answer = client.get(address)
        text = answer.content.decode()
        assert answer.status_code == 200, address
        assert not [word for word in FORBIDDEN if word in text.split("<main", 1)[1].split("</main>")[0]], (
            address
        )


@pytest.mark.usefixtures("within", "today")
@pytest.mark.parametrize("number", ["party_office", "branch_secretary", "department_head", "member-1"])
def test_another_hospital_is_not_found(cast: Cast, enter: Enter, number: str) -> None:
    client, other = enter(number), cast.h2
    from rongpei.ground.tenancy.scope import scope

    with scope([other.tenant.pk]):
        person, branch = other.person("member-1").pk, other.unit("一支部").pk
    for address in (f"/people/{person}/", f"/units/{branch}/"):
        assert client.get(address).status_code == 404, address
    for address in (
        f"/branches/{branch}/",
        f"/branches/{branch}/attendance/",
        f"/branches/{branch}/attendance/lines/",
    ):
        assert client.get(address).status_code in (403, 404), address
    text = client.get(f"/ledger/?person={person}&unit={branch}").content.decode()
    assert "没有使用" in text


@pytest.mark.usefixtures("within", "today")
def test_a_member_sees_only_oneself(cast: Cast, enter: Enter) -> None:
    client = enter("member-1")
    assert client.get("/people/").status_code == 403
    assert client.get("/branches/").status_code == 403
    assert client.get(f"/people/{cast.h1.person('member-2').pk}/").status_code == 404
    assert client.get("/me/").status_code == 200
    assert client.get(f"/branches/{cast.h1.unit('一支部').pk}/").status_code == 403


@pytest.mark.usefixtures("within", "today")
def test_a_secretary_reads_the_own_branch_only(cast: Cast, enter: Enter) -> None:
    client = enter("branch_secretary")
    assert client.get(f"/branches/{cast.h1.unit('一支部').pk}/").status_code == 200
    assert client.get(f"/branches/{cast.h1.unit('二支部').pk}/").status_code == 404
    assert client.get(f"/people/{cast.h1.person('member-5').pk}/").status_code == 404


def test_authority_reads_every_hospital(cast: Cast, enter: Enter, today: date) -> None:
    from rongpei.ground.tenancy.scope import scope

    client = enter("authority_officer", cast.authority)
    with scope([cast.h2.tenant.pk]):
        branch, person = cast.h2.unit("一支部").pk, cast.h2.person("member-1").pk
    for address in (
        "/people/",
        f"/people/{person}/",
        "/branches/",
        f"/branches/{branch}/",
        "/units/?tree=party",
        "/ledger/",
    ):
        assert client.get(address).status_code == 200, address
    assert "H2医院" in client.get("/branches/").content.decode()
