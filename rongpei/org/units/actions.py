"""Opening units, placing people, appointing officers."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.ground.tenancy.bulk import next_ids
from rongpei.org.people import naming
from rongpei.org.people.models import Person
from rongpei.org.units import rules
from rongpei.org.units.codes import Office, Tree, UnitKind
from rongpei.org.units.models import Affiliation, Appointment, Place, Posting, Unit
from rongpei.org.units.queries import in_force


@action("units.unit.opened", may=rules.may_open_unit)
def open_unit(
    *, actor: Actor, tenant_id: int, tree: Tree, kind: UnitKind, name: str, parent: Unit | None, on: date,
    short_name: str = "",
) -> Unit:  # fmt: skip
    """Open a unit under `parent` (None: a root of its tree).

    Refuses a name that an open unit of the tree already has.
    """
    if Unit.objects.filter(tenant_id=tenant_id, tree=tree, name=name, closed_on=None).exists():
        raise Refused(_("已有叫“%(name)s”的组织，请换一个名称。") % {"name": name})
    (unit_id,) = next_ids(Unit, 1)
    return Unit.objects.create(
        id=unit_id, tenant_id=tenant_id, tree=tree, kind=kind, name=name, short_name=short_name,
        sort_key=naming.sort_key(name), parent=parent, opened_on=on,
        path=f"{parent.path if parent else '/'}{unit_id}/",
    )  # fmt: skip


@action("units.unit.renamed", may=rules.may_keep_unit, locks=("unit",), about="unit")
def rename_unit(*, actor: Actor, unit: Unit, name: str, short_name: str = "") -> Unit:
    """Give a unit another name; past entries keep the label of their time."""
    taken = Unit.objects.filter(tenant_id=unit.tenant_id, tree=unit.tree, name=name, closed_on=None)
    if taken.exclude(pk=unit.pk).exists():
        raise Refused(_("已有叫“%(name)s”的组织，请换一个名称。") % {"name": name})
    unit.name, unit.short_name, unit.sort_key = name, short_name, naming.sort_key(name)
    unit.save(update_fields=["name", "short_name", "sort_key"])
    return unit


@action("units.unit.closed", may=rules.may_keep_unit, locks=("unit",), about="unit")
def close_unit(*, actor: Actor, unit: Unit, on: date) -> Unit:
    """Close a unit from a date.

    Refuses while people belong to it or open units stand under it: nobody may be left without a home.
    """
    field = {"department": "department", "branch": "branch", "group": "group"}.get(unit.kind, "department")
    left = Place.objects.filter(**{field: unit}).count()
    below = Unit.objects.filter(parent=unit, closed_on=None).count()
    if left or below:
        raise Refused(
            _("“%(name)s”还有 %(left)d 人、%(below)d 个下级组织，不能撤销。")
            % {"name": unit.name, "left": left, "below": below},
            remedy=_("请先把人员转到其他组织。"),
        )
    unit.closed_on = on
    unit.save(update_fields=["closed_on"])
    return unit


@action("units.person.posted", may=rules.may_place, locks=("person",), about="person")
def post_person(
    *,
    actor: Actor,
    person: Person,
    tree: Tree,
    unit: Unit | None,
    starts_on: date,
    today: date,
    now: datetime,
) -> Posting:
    """Make `unit` the person's home in a tree from a date; the posting of the same day is superseded."""
    Posting.objects.filter(person=person, tree=tree, starts_on=starts_on, superseded_at=None).update(
        superseded_at=now
    )
    posting = Posting.objects.create(
        tenant_id=person.tenant_id, person=person, tree=tree, unit=unit, starts_on=starts_on, recorded_at=now
    )
    refresh_place(person=person, today=today)
    note(person=person.pk, tree=tree, unit=unit.pk if unit else None, starts_on=starts_on)
    return posting


def refresh_place(*, person: Person, today: date) -> None:
    """Repeat today's postings in the person's place; part of an action, and of the nightly run."""
    rows = (
        Posting.objects.filter(person=person, starts_on__lte=today, superseded_at=None)
        .order_by("tree", "-starts_on")
        .distinct("tree")
        .select_related("unit__parent")
    )
    homes = {row.tree: row.unit for row in rows}
    party = homes.get(Tree.PARTY)
    group = party if party and party.kind == UnitKind.GROUP else None
    Place.objects.update_or_create(
        person=person,
        defaults={
            "tenant_id": person.tenant_id,
            "department": homes.get(Tree.ADMIN),
            "branch": party.parent if party and group else party,
            "group": group,
            "league": homes.get(Tree.LEAGUE),
        },
    )


@action("units.officer.appointed", may=rules.may_place)
def appoint(
    *, actor: Actor, person: Person, unit: Unit, office: Office, starts_on: date, ends_on: date | None = None
) -> Appointment:
    """Appoint (or record the election of) an officer from a date.

    Refuses a second secretary or group leader in the same period.
    """
    try:
        with transaction.atomic():
            return Appointment.objects.create(
                tenant_id=person.tenant_id, person=person, unit=unit, office=office, starts_on=starts_on,
                ends_on=ends_on,
            )  # fmt: skip
    except IntegrityError as error:
        holder = (
            Appointment.objects.filter(in_force(starts_on), unit=unit, office=office)
            .select_related("person")
            .first()
        )
        name = holder.person.name if holder else _("他人")
        raise Refused(
            _("这段时间%(unit)s的%(office)s是%(name)s。")
            % {"unit": unit.name, "office": Office(office).label, "name": name},
            remedy=_("请先免去现任，再任命。"),
        ) from error


@action("units.officer.ended", may=rules.may_end_office, locks=("appointment",), about="appointment")
def end_appointment(*, actor: Actor, appointment: Appointment, on: date) -> Appointment:
    """End an office from a date."""
    if on <= appointment.starts_on:
        raise Refused(_("免职日期要晚于任职日期。"))
    appointment.ends_on = on
    appointment.save(update_fields=["ends_on"])
    return appointment


@action("units.person.affiliated", may=rules.may_place)
def affiliate(
    *, actor: Actor, person: Person, unit: Unit, starts_on: date, ends_on: date | None = None
) -> Affiliation:
    """Place a person temporarily beside the home, which does not change."""
    return Affiliation.objects.create(
        tenant_id=person.tenant_id, person=person, unit=unit, starts_on=starts_on, ends_on=ends_on
    )
