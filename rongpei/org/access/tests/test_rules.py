"""The two faces of every rule agree: each role against each person of both hospitals."""

from types import SimpleNamespace

import pytest

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.tenancy.scope import scope
from rongpei.org.access.codes import PARTY_READERS, READERS, Role
from rongpei.org.access.rules import may_see_person, sees_party_status, visible_people
from rongpei.org.access.visit import tenant_ids_of
from rongpei.org.people.models import Person
from rongpei.org.units.actions import affiliate

HOMES = ("place__branch", "place__department", "place__group", "place__league")
PLAYERS = [
    *[("h1", role.value) for role in Role if role not in (Role.AUTHORITY_OFFICER,) and "outside" not in role
      and role not in (Role.CERTIFICATE_REVIEWER, Role.EDITOR, Role.MODERATOR)],
    *[("h1", f"member-{index}") for index in (1, 5)],
    ("authority", "authority_officer"),
    *[("operator", role) for role in ("certificate_reviewer", "editor", "moderator", "outside_hcp", "outside_volunteer")],
]  # fmt: skip


@pytest.mark.parametrize("roles", [READERS, PARTY_READERS], ids=["people", "party"])
@pytest.mark.parametrize(("house", "number"), PLAYERS)
def test_the_faces_agree(cast, house, number, roles):
    own = getattr(cast, house)
    with scope(cast.tenant_ids):
        actor = own.actor(number)
        everybody = list(Person.objects.select_related(*HOMES).order_by("id"))
    with scope(tenant_ids_of(own.user(number))):
        seen = set(visible_people(actor, roles).values_list("id", flat=True))
        checked = {person.pk for person in everybody if may_see_person(actor, person, roles)}
    assert seen == checked
    assert actor.person_id in seen


def test_a_reader_of_one_hospital_sees_nobody_of_another(cast):
    with scope(cast.tenant_ids):
        actor = cast.h1.actor("party_office")
        assert not any(
            may_see_person(actor, person) for person in Person.objects.filter(tenant=cast.h2.tenant)
        )


def test_a_department_head_sees_staff_but_not_their_political_status(cast):
    with scope([cast.h1.tenant.pk]):
        head = cast.h1.actor("department_head")
        person = Person.objects.select_related(*HOMES).get(pk=cast.h1.person("member-1").pk)
        assert may_see_person(head, person)
        assert not sees_party_status(head, person)


def test_reach_follows_the_tree(cast):
    with scope([cast.h1.tenant.pk]):
        one, five = (
            Person.objects.select_related(*HOMES).get(pk=cast.h1.person(f"member-{index}").pk)
            for index in (1, 5)
        )
        branch, general = cast.h1.actor("branch_secretary"), cast.h1.actor("general_branch_secretary")
        assert may_see_person(branch, one)
        assert not may_see_person(branch, five)
        assert may_see_person(general, one)
        assert may_see_person(general, five)


def test_a_temporary_place_does_not_move_the_home(cast):
    with scope([cast.h1.tenant.pk]):
        person = cast.h1.person("member-5")
        affiliate(
            actor=System(cast.h1.tenant.pk),
            person=person,
            unit=cast.h1.unit("一支部"),
            starts_on=clock.today(),
        )
        secretary = cast.h1.actor("branch_secretary")
        seen = visible_people(secretary).filter(pk=person.pk).exists()
        assert seen == may_see_person(secretary, Person.objects.select_related(*HOMES).get(pk=person.pk))


def test_the_platform_sees_all_tenants_it_was_given(cast):
    with scope(cast.tenant_ids):
        system = System(cast.h1.tenant.pk)
        assert may_see_person(system, cast.h1.person("member-1"))
        assert not may_see_person(system, cast.h2.person("member-1"))
        assert may_see_person(
            SimpleNamespace(**vars(system), person_id=None, places=system.places), cast.h1.person("staff")
        )
