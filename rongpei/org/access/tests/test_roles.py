"""Giving and ending roles: who may, the three separate administrators, and the last security admin."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from rongpei.ground import clock
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.audit.models import AuditEvent
from rongpei.ground.tenancy.scope import scope
from rongpei.org.access.actions import end_role, grant_role
from rongpei.org.access.codes import SEPARATED, Role
from rongpei.org.access.models import Holding
from rongpei.org.access.queries import giving, objections, people_matching, role_of_office
from rongpei.org.units.models import Appointment


@pytest.fixture
def house(cast):
    with scope([cast.h1.tenant.pk]):
        yield cast.h1


@pytest.fixture
def give(house):
    def make(
        number="member-1", role=Role.HR_OFFICE, unit="H1医院", starts=None, ends=None, by="security_admin"
    ):
        return grant_role(
            actor=house.actor(by), person=house.person(number), role=role, unit=house.unit(unit),
            starts_on=starts or clock.today(), ends_on=ends,
        )  # fmt: skip

    return make


def test_a_given_role_counts_from_its_first_day(house, give):
    give()
    give("member-2", starts=clock.today() + timedelta(days=1))
    assert house.actor("member-1").holds(Role.HR_OFFICE)
    assert not house.actor("member-2").holds(Role.HR_OFFICE)


@pytest.mark.parametrize("by", ["system_admin", "auditor", "party_office", "staff"])
def test_only_the_security_admin_gives_roles(give, by):
    with pytest.raises(Forbidden):
        give(by=by)


def test_nobody_gives_a_role_to_oneself(give):
    with pytest.raises(Forbidden):
        give("security_admin", Role.HR_OFFICE)


@pytest.mark.parametrize("role", [Role.AUTHORITY_OFFICER, Role.EDITOR, Role.OUTSIDE_HCP])
def test_a_hospital_has_no_roles_of_other_kinds_of_tenants(give, role):
    with pytest.raises(Forbidden):
        give(role=role)


@pytest.mark.parametrize("second", SEPARATED)
@pytest.mark.parametrize("holder", ["system_admin", "auditor"])
def test_two_of_the_three_are_refused(give, holder, second):
    with pytest.raises(Refused) as refusal:
        give(holder, second)
    assert refusal.value.status == 409


def test_the_three_may_follow_one_another(give):
    today = clock.today()
    give("member-1", Role.AUDITOR, starts=today, ends=today + timedelta(days=10))
    with pytest.raises(Refused):
        give("member-1", Role.SYSTEM_ADMIN, starts=today + timedelta(days=9))
    give("member-1", Role.SYSTEM_ADMIN, starts=today + timedelta(days=10))
    with pytest.raises(Refused):
        give(
            "member-1", Role.SECURITY_ADMIN, starts=today + timedelta(days=9), ends=today + timedelta(days=11)
        )


@pytest.mark.parametrize("first", SEPARATED)
@pytest.mark.parametrize("second", SEPARATED)
def test_the_database_keeps_the_three_apart(house, first, second):
    person, unit = house.person("member-1"), house.unit("H1医院")
    row = {"tenant": house.tenant, "person": person, "unit": unit, "starts_on": date(2025, 1, 1)}
    Holding.objects.create(**row, role=first, ends_on=date(2026, 1, 1))
    with pytest.raises(IntegrityError, match="access_three_separate_roles"), transaction.atomic():
        Holding.objects.create(**{**row, "starts_on": date(2025, 12, 31)}, role=second)
    Holding.objects.create(**{**row, "starts_on": date(2026, 1, 1)}, role=second)


def test_a_race_past_the_check_is_refused_by_the_constraint(monkeypatch, give):
    give("member-1", Role.AUDITOR)
    monkeypatch.setattr("rongpei.org.access.actions.objections", lambda **_given: [])
    with pytest.raises(Refused, match="不能由一人兼任"):
        give("member-1", Role.SYSTEM_ADMIN)


def test_the_same_role_twice_and_an_empty_period_are_refused(give):
    give()
    with pytest.raises(Refused):
        give()
    give(unit="内科")
    with pytest.raises(Refused):
        give("member-2", ends=clock.today())


def test_objections_name_everything_at_once(house, give):
    give("member-1", Role.AUDITOR)
    found = objections(
        person=house.person("member-1"),
        role=Role.AUDITOR,
        unit=house.unit("H1医院"),
        starts_on=clock.today(),
        ends_on=None,
    )
    assert [str(one) for one in found] == ["此人在这个单位已有这个角色。"]


def test_an_ended_role_is_kept_and_one_that_never_began_is_removed(house, give):
    today, admin = clock.today(), house.actor("security_admin")
    held = Holding.objects.get(person=house.person("hr_office"))
    end_role(actor=admin, holding=held, on=today)
    assert Holding.objects.get(pk=held.pk).ends_on == today
    assert not house.actor("hr_office").holds(Role.HR_OFFICE)
    coming = give(starts=today + timedelta(days=5))
    end_role(actor=admin, holding=coming, on=today + timedelta(days=1))
    assert not Holding.objects.filter(pk=coming.pk).exists()


def test_ending_never_prolongs(house, give):
    today = clock.today()
    held = give(ends=today + timedelta(days=5))
    with pytest.raises(Refused):
        end_role(actor=house.actor("security_admin"), holding=held, on=today + timedelta(days=9))
    assert Holding.objects.get(pk=held.pk).ends_on == today + timedelta(days=5)


def test_the_last_security_admin_stays(house, give):
    own = Holding.objects.get(person=house.person("security_admin"))
    with pytest.raises(Refused):
        end_role(actor=house.actor("security_admin"), holding=own, on=clock.today())
    give("member-1", Role.SECURITY_ADMIN)
    end_role(actor=house.actor("security_admin"), holding=own, on=clock.today())
    assert not house.actor("security_admin").holds(Role.SECURITY_ADMIN)


def test_another_hospitals_role_cannot_be_ended(cast):
    with scope(cast.tenant_ids):
        holding = Holding.objects.get(person=cast.h2.person("hr_office"))
        admin = cast.h1.actor("security_admin")
        with pytest.raises(Forbidden):
            end_role(actor=admin, holding=holding, on=clock.today())


def test_a_refused_grant_is_in_the_trail_without_a_name(house, give):
    with pytest.raises(Refused):
        give("auditor", Role.SYSTEM_ADMIN)
    row = AuditEvent.objects.filter(code="access.role.granted").latest("id")
    assert row.result == "refused"
    assert row.after["person"] == house.person("auditor").pk
    assert house.person("auditor").name not in str(row.after) + row.reason


def test_actions_take_keywords_only(house):
    for act in (grant_role, end_role):
        with pytest.raises(TypeError, match="keywords only"):
            act(house.actor("security_admin"))


def test_offices_give_the_roles_the_visit_holds(house):
    """The table in `queries` and the one in `visit` say the same."""
    for row in Appointment.objects.select_related("person", "unit"):
        role = role_of_office(row.office, row.unit.kind)
        assert house.actor(row.person.staff_number).holds(role)
        assert Appointment.objects.filter(giving(role), pk=row.pk).exists()


@pytest.mark.parametrize(
    ("text", "number"), [("党员甲", "member-1"), ("dyj", "member-1"), ("member-3", "member-3"), ("", None)]
)
def test_people_are_found_by_name_initials_and_number(house, text, number):
    found = [person.staff_number for person in people_matching(house.actor("security_admin"), text)]
    assert number in found if number else found == []
