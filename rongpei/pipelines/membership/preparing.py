"""Completing an act from the house's own facts before it is judged: nothing is typed that is already known."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.functional import SimpleLazyObject

from rongpei.ground.tenancy.prepared import prepared_models
from rongpei.kernel.ledger.models import Entry
from rongpei.kernel.procedures.facts import Waiver
from rongpei.kernel.procedures.models import Case
from rongpei.kernel.procedures.queries import standing_of
from rongpei.kernel.procedures.registry import Around
from rongpei.org.people.codes import FactKind, PartyStatus
from rongpei.org.people.models import Fact
from rongpei.org.people.queries import facts_as_of
from rongpei.org.units.codes import COMMITTEE_OFFICES, UnitKind
from rongpei.org.units.models import Appointment, Unit
from rongpei.org.units.queries import in_force
from rongpei.pipelines.membership.casefile import waiver
from rongpei.pipelines.membership.codes import LEDGER_TRAINING, Exclusion
from rongpei.pipelines.membership.models import SpecialRule
from rongpei.pipelines.membership.roll import full_members_on, voters_roll

_COMMITTEE_LEAST = 3
# Kinds of ledger entries that are concentrated training of development targets.
TRAINING_KINDS = (LEDGER_TRAINING,)


def around(case: Case, on: date) -> Around:
    """The person's birthday, the branch as it is on the day, and the special documents of the tenant."""
    born = case.person.born_on if case.person else None
    return Around(
        subject={"born_on": born},
        # Counted when a rule first asks: the meetings do, of twenty-five steps.
        unit=cast(Mapping[str, Any], SimpleLazyObject(partial(_branch_on, case.unit, on))),
        waivers=tuple(waiver_of(rule) for rule in _special_rules(tenant_id=case.tenant_id)),
    )


def _branch_on(unit: Unit, on: date) -> Mapping[str, Any]:
    officers = Appointment.objects.filter(in_force(on), unit_id=unit.pk, office__in=COMMITTEE_OFFICES)
    temporary = unit.kind in (UnitKind.TEMPORARY_BRANCH, UnitKind.TEMPORARY_GENERAL_BRANCH)
    found: dict[str, Any] = {"temporary": temporary, "has_committee": officers.count() >= _COMMITTEE_LEAST}
    if unit.kind == UnitKind.BRANCH:
        found["full_members"] = full_members_on(unit, on)
    return found


@prepared_models
def _special_rules(*, tenant_id: int) -> QuerySet[SpecialRule]:
    return SpecialRule.objects.filter(tenant_id=tenant_id).order_by("id")


def waiver_of(rule: SpecialRule) -> Waiver:
    """A special document as the engine reads it."""
    return waiver(
        document=rule.document, waives=rule.waives, allows_temporary_org=rule.allows_temporary_org,
        valid_from=rule.valid_from, valid_to=rule.valid_to,
    )  # fmt: skip


def prepare(case: Case, step: str, on: date, data: dict[str, Any]) -> dict[str, Any]:
    """Fill in what the house knows: standing and sanctions of helpers, training from the ledger."""
    for key in ("mentors", "introducers"):
        if key in data:
            data = {**data, key: _helpers(data[key], on)}
    if step == "concentrated_training" and case.person_id is not None:
        return {**data, **_training(case.person_id, case, on)}
    if "present" in data and "eligible" not in data:
        return {**data, "eligible": voters_roll(case.unit, on, _stated(data)).eligible}
    return data


def _stated(data: dict[str, Any]) -> dict[int, Exclusion]:
    """Exclusions stated at the meeting: `stated: [{"person_id", "reason"}]`."""
    return {int(one["person_id"]): Exclusion(one["reason"]) for one in data.get("stated", ())}


def _helpers(named: list[dict[str, Any]], on: date) -> list[dict[str, Any]]:
    known = helper_facts([one["person_id"] for one in named if one.get("person_id")], on)
    return [{**one, **known.get(one.get("person_id", 0), {})} for one in named]


def helper_facts(person_ids: Collection[int], on: date) -> dict[int, dict[str, Any]]:
    """Standing and sanction of people on a day, as the judge reads them; two queries."""
    facts = facts_as_of(person_ids, on, [FactKind.PARTY_STATUS, FactKind.DISCIPLINE])
    later = Fact.objects.filter(
        person_id__in=person_ids, kind=FactKind.DISCIPLINE, starts_on__gt=on, superseded_at=None
    )
    ends = dict(later.order_by("-starts_on").values_list("person_id", "starts_on"))
    found: dict[int, dict[str, Any]] = {}
    for person_id in person_ids:
        held = facts.get(person_id, {})
        found[person_id] = {
            "status": "full" if held.get(FactKind.PARTY_STATUS) == PartyStatus.FULL else "probationary"
        }
        if sanction := held.get(FactKind.DISCIPLINE):
            ended = ends.get(person_id)
            found[person_id] |= {
                "sanction": sanction,
                "effect_until": ended - timedelta(days=1) if ended else on,
                "rights_restored": False,
            }
    return found


def training_entries(case: Case, on: date) -> list[Entry]:
    """Ledger entries that prove the concentrated training: since the person was proposed, until the day."""
    proposed = [one.done.on for one in standing_of(case) if one.done.step == "propose_development_target"]
    rows = Entry.objects.filter(person=case.person, kind__in=TRAINING_KINDS, occurred_on__lte=on)
    if proposed:
        rows = rows.filter(occurred_on__gte=proposed[-1])
    return list(rows.filter(reverses=None, reversed_by=None).order_by("occurred_on", "id"))


def _training(person_id: int, case: Case, on: date) -> dict[str, Any]:
    entries = training_entries(case, on)
    hours = sum((entry.class_hours for entry in entries), Decimal(0))
    return {
        "days": len({entry.occurred_on for entry in entries}),
        "class_hours": float(hours),
        "entries": [entry.pk for entry in entries],
    }
