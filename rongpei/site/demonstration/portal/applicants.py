"""People from outside who apply: those with a demonstration account, and a crowd without one."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rongpei.ground.accounts.actor import System
from rongpei.ground.accounts.models import User
from rongpei.ground.files.cipher import decipher
from rongpei.org.access.actions import grant_role
from rongpei.org.access.codes import Role
from rongpei.org.access.visit import Visit, visit_of
from rongpei.org.people.actions import bind_account, register_person
from rongpei.org.people.models import Person
from rongpei.org.people.roster.samples import sample_rows
from rongpei.org.units.actions import post_person
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Unit
from rongpei.pipelines.verification.codes import Profession
from rongpei.site.demonstration.meetings import at
from rongpei.site.demonstration.outside import Outsider


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody from outside and what they say about themselves."""

    person: Person
    user: User
    actor: Visit
    id_number: str
    profession: Profession


def known(one: Outsider, chance: random.Random, anchor: date) -> Applicant:
    """Somebody with a demonstration account."""
    user = account(one)
    return Applicant(one.person, user, visit_of(user, anchor), decipher(one.person.id_cipher), _kind(chance))


def account(one: Outsider) -> User:
    """The account somebody was given."""
    return User.objects.get(person=one.person)


def crowd(unit: Unit, count: int, chance: random.Random, anchor: date) -> Iterator[Applicant]:
    """People without a demonstration account of their own."""
    rows = sample_rows(count, chance.randint(1, 10**6), ["-"], ["-"], on=anchor)
    for index, row in enumerate(rows):
        user = User.objects.create(
            tenant=unit.tenant,
            username=f"out-sample-{index}",
            phone=f"1990000{index:04d}",
            password="!",  # noqa: S106 - nobody signs in with it
        )
        person = _enter(unit, user, str(row["name"]), anchor)
        yield Applicant(person, user, visit_of(user, anchor), str(row["id_number"]), _kind(chance))


def _enter(unit: Unit, user: User, name: str, anchor: date) -> Person:
    since, system = anchor - timedelta(days=120), System(unit.tenant_id)
    person = register_person(actor=system, tenant_id=unit.tenant_id, name=name)
    bind_account(actor=system, person=person, user=user)
    post_person(
        actor=system,
        person=person,
        tree=Tree.ADMIN,
        unit=unit,
        starts_on=since,
        today=anchor,
        now=at(since, 9),
    )
    grant_role(actor=system, person=person, role=Role.OUTSIDE_HCP, unit=unit, starts_on=since)
    return person


def _kind(chance: random.Random) -> Profession:
    return chance.choice(list(Profession)[:4])
