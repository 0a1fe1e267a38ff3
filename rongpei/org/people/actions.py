"""Registering people and recording their dated facts."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.accounts.models import User
from rongpei.ground.audit import Refused, action, note
from rongpei.ground.files.cipher import blind_index, encipher
from rongpei.org.people import naming, rules
from rongpei.org.people.codes import FactKind, PartyStatus, Standing
from rongpei.org.people.models import Fact, Person
from rongpei.org.people.queries import facts_as_of
from rongpei.org.people.roster.choices import title_level

# Facts whose value of today is repeated on the person's row.
MIRRORED = {
    FactKind.PARTY_STATUS: "party_status",
    FactKind.TITLE: "title",
    FactKind.EDUCATION: "education",
    FactKind.DEGREE: "degree",
    FactKind.POSITION_TYPE: "position_type",
    FactKind.EMPLOYMENT: "employment_kind",
    FactKind.POST: "post",
    FactKind.PARTY_POST: "party_post",
}


_DEFAULTS = {"party_status": PartyStatus.NONE.value}


@action("people.person.registered", may=rules.may_register)
def register_person(
    *, actor: Actor, tenant_id: int, name: str, staff_number: str = "", id_number: str = "", **details: Any
) -> Person:
    """Enter one person by hand. `details` are plain columns of Person.

    Refuses a staff number or ID number already present in the tenant.
    """
    index = blind_index(id_number)
    present = Person.objects.filter(tenant_id=tenant_id, standing=Standing.PRESENT)
    given = [(name, value) for name, value in (("staff_number", staff_number), ("id_index", index)) if value]
    if given and (found := present.filter(Q(*given, _connector=Q.OR)).first()) is not None:
        raise Refused(
            _("已有此人：%(name)s，工号 %(number)s。") % {"name": found.name, "number": found.staff_number}
        )
    return Person.objects.create(
        tenant_id=tenant_id,
        name=name,
        sort_key=naming.sort_key(name),
        initials=naming.initials(name),
        staff_number=staff_number,
        id_cipher=encipher(id_number),
        id_index=index,
        **details,
    )


@action("people.fact.recorded", may=rules.may_keep, locks=("person",), about="person")
def record_fact(
    *,
    actor: Actor,
    person: Person,
    kind: FactKind,
    value: str,
    starts_on: date,
    today: date,
    now: datetime,
    source: str = "",
) -> Fact:
    """Record that from a date the person's `kind` is `value`; a fact of the same day is superseded and kept."""  # fmt: skip
    Fact.objects.filter(person=person, kind=kind, starts_on=starts_on, superseded_at=None).update(
        superseded_at=now
    )
    fact = Fact.objects.create(
        tenant_id=person.tenant_id, person=person, kind=kind, value=value, starts_on=starts_on,
        source=source, recorded_at=now,
    )  # fmt: skip
    refresh_today(person=person, today=today)
    note(person=person.pk, kind=kind, value=value, starts_on=starts_on)
    return fact


@action("people.fact.withdrawn", may=rules.may_keep, locks=("person",), about="person")
def withdraw_fact(*, actor: Actor, person: Person, fact: Fact, today: date, now: datetime) -> Person:
    """Take back a fact that proved wrong: it is superseded and kept."""
    Fact.objects.filter(pk=fact.pk, person=person, superseded_at=None).update(superseded_at=now)
    refresh_today(person=person, today=today)
    note(person=person.pk, kind=fact.kind, value=fact.value, starts_on=fact.starts_on)
    return person


@action("people.joining.marked", may=rules.may_keep, locks=("person",), about="person")
def mark_joining(
    *, actor: Actor, person: Person, joined_on: date | None, converted_on: date | None
) -> Person:
    """Repeat on the person's row when the person joined (branch meeting) and became full (end of probation)."""
    person.joined_on, person.converted_on = joined_on, converted_on
    person.save(update_fields=["joined_on", "converted_on"])
    return person


def refresh_today(*, person: Person, today: date) -> None:
    """Repeat today's facts on the person's row; part of an action, and of the nightly run."""
    facts = facts_as_of([person.pk], today).get(person.pk, {})
    for kind, column in MIRRORED.items():
        setattr(person, column, facts.get(kind, _DEFAULTS.get(column, "")))
    person.title_level = title_level(person.title)
    person.save(update_fields=[*MIRRORED.values(), "title_level"])


@action("people.account.bound", may=rules.may_bind_account, locks=("person",), about="person")
def bind_account(*, actor: Actor, person: Person, user: User) -> Person:
    """Tie an account to a person."""
    person.user = user
    person.save(update_fields=["user"])
    return person


@action("people.person.renamed", may=rules.may_bind_account, locks=("person",), about="person")
def rename_person(*, actor: Actor, person: Person, name: str) -> Person:
    """Call a person of the portal by the name that was just stated, or by none; the platform does it, for the person."""
    person.name, person.sort_key, person.initials = name, naming.sort_key(name), naming.initials(name)
    person.save(update_fields=["name", "sort_key", "initials"])
    return person
