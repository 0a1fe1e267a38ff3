"""Programmes: planned, cast, held once with hours for the cast, or cancelled."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from rongpei.activities.culture import rules
from rongpei.activities.culture.codes import LEDGER_PERFORMED, SOURCE_PROGRAMME, ProgrammeState
from rongpei.activities.culture.models import CastMember, Item, Programme
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.kernel.ledger import actions as ledger
from rongpei.kernel.ledger.queries import entries_from
from rongpei.org.people.models import Person


@action("culture.programme.planned", may=rules.may_keep)
def plan_programme(*, actor: Actor, tenant_id: int, values: Mapping[str, Any]) -> Programme:
    """Plan a programme; it names at least one kind of education."""
    _must_educate(values)
    return Programme.objects.create(tenant_id=tenant_id, **values)


@action("culture.programme.changed", may=rules.may_keep_programme, locks=("programme",), about="programme")
def change_programme(*, actor: Actor, programme: Programme, values: Mapping[str, Any]) -> Programme:
    """Change a programme that is not yet held."""
    _must_be_planned(programme)
    _must_educate(values)
    for name, value in values.items():
        setattr(programme, name, value)
    programme.save(update_fields=list(values))
    return programme


@action("culture.item.added", may=rules.may_keep_programme, locks=("programme",), about="programme")
def add_item(*, actor: Actor, programme: Programme, kind: str, title: str, minutes: int) -> Item:
    """Add a number at the end of the programme."""
    _must_be_planned(programme)
    last = programme.items.order_by("-position").values_list("position", flat=True).first() or 0
    return Item.objects.create(
        tenant_id=programme.tenant_id,
        programme=programme,
        position=last + 1,
        kind=kind,
        title=title,
        minutes=minutes,
    )


@action("culture.item.removed", may=rules.may_keep_item, locks=("item",))
def remove_item(*, actor: Actor, item: Item) -> None:
    """Take a number off, with its cast."""
    _must_be_planned(item.programme)
    note(item=item.pk)
    Item.objects.filter(pk=item.pk).delete()


@action("culture.cast.named", may=rules.may_keep_item, locks=("item",), about="item")
def name_cast(*, actor: Actor, item: Item, people: Sequence[Person], guests: Sequence[str], part: str) -> int:
    """Add people of the house, or guests by name, to an item; whoever is there already stays once."""
    _must_be_planned(item.programme)
    there = set(item.cast.values_list("person_id", flat=True)) - {None}
    named = set(item.cast.filter(person=None).values_list("name", flat=True))
    fresh = [
        CastMember(tenant_id=item.tenant_id, item=item, person=person, name=person.name, part=part)
        for person in {one.pk: one for one in people}.values()
        if person.pk not in there and person.tenant_id == item.tenant_id
    ]
    fresh += [
        CastMember(tenant_id=item.tenant_id, item=item, name=name, part=part)
        for name in dict.fromkeys(guests)
        if name not in named
    ]
    CastMember.objects.bulk_create(fresh)
    note(count=len(fresh))
    return len(fresh)


def _may_drop(*, actor: Actor, member: CastMember) -> bool:
    return rules.keeps(actor, member.tenant_id)


@action("culture.cast.dropped", may=_may_drop)
def drop_cast(*, actor: Actor, member: CastMember) -> None:
    """Take somebody off an item that is not yet held."""
    _must_be_planned(member.item.programme)
    note(item=member.item_id)
    CastMember.objects.filter(pk=member.pk).delete()


@action("culture.programme.held", may=rules.may_keep_programme, locks=("programme",), about="programme")
def hold_programme(
    *, actor: Actor, programme: Programme, audience: int, summary: str, on: date, now: datetime
) -> Programme:  # fmt: skip
    """Write down that it was held; everybody of the house in its cast gets the hours, once however many items.

    Refuses one that lies ahead, and one without a cast.
    """
    _must_be_planned(programme)
    if programme.held_on > on:
        raise Refused(_("还没有到举办的日期。"), remedy=_("如果提前办了，请先修改日期。"))
    cast = CastMember.objects.filter(item__programme=programme)
    if not cast.exists():
        raise Refused(_("还没有登记节目和演职人员。"), remedy=_("请先登记，再确认举办。"))
    programme.state, programme.held_at = ProgrammeState.HELD, now
    programme.audience, programme.summary = audience, summary
    programme.save(update_fields=["state", "held_at", "audience", "summary"])
    people = sorted(set(cast.exclude(person=None).values_list("person_id", flat=True)))
    note(cast=len(people), audience=audience)
    if people and programme.class_hours:
        ledger.enter(
            actor=actor, tenant_id=programme.tenant_id,
            source=ledger.Source(SOURCE_PROGRAMME, programme.pk, programme.title),
            lines=[
                ledger.Line(
                    kind=LEDGER_PERFORMED, occurred_on=programme.held_on, person_id=ident,
                    class_hours=programme.class_hours,
                )
                for ident in people
            ],
            now=now,
        )  # fmt: skip
    return programme


@action("culture.programme.reopened", may=rules.may_keep_programme, locks=("programme",), about="programme")
def reopen_programme(*, actor: Actor, programme: Programme, reason: str, now: datetime) -> Programme:
    """Correct one that was held: the hours are taken back by reversing entries.

    Refuses an empty reason.
    """
    if programme.state != ProgrammeState.HELD:
        raise Refused(_("这个活动还没有确认举办，可以直接修改。"))
    if not reason.strip():
        raise Refused(_("请写明更正的原因。"))
    programme.state, programme.held_at = ProgrammeState.PLANNED, None
    programme.save(update_fields=["state", "held_at"])
    note(reason_length=len(reason))
    entries = list(entries_from(source_kind=SOURCE_PROGRAMME, source_id=programme.pk))
    if entries:
        ledger.reverse(actor=actor, entries=entries, now=now)
    return programme


@action("culture.programme.cancelled", may=rules.may_keep_programme, locks=("programme",), about="programme")
def cancel_programme(*, actor: Actor, programme: Programme, reason: str) -> Programme:
    """Call it off; it stays in the list with its reason."""
    _must_be_planned(programme)
    if not reason.strip():
        raise Refused(_("请写明取消的原因。"))
    programme.state, programme.summary = ProgrammeState.CANCELLED, reason.strip()
    programme.save(update_fields=["state", "summary"])
    return programme


def _must_be_planned(programme: Programme) -> None:
    if programme.state != ProgrammeState.PLANNED:
        raise Refused(
            _("这个活动已%(state)s，不能修改。") % {"state": ProgrammeState(programme.state).label[1:]},
            remedy=_("已举办的请用“更正”。"),
        )


def _must_educate(values: Mapping[str, Any]) -> None:
    if not values.get("educations"):
        raise Refused(_("请至少选一种教育形式。"))
