"""What follows from a recorded step: party status, helpers, and going back to the branch after a refused approval.

Everything here is derived from what stands and may be done again at any time with the same result, so that a
correction or a return leads to the same facts as if it had been recorded right at once.
"""

from datetime import date

from rongpei.ground.accounts.actor import System
from rongpei.kernel.procedures.codes import RecordKind
from rongpei.kernel.procedures.facts import Facts
from rongpei.kernel.procedures.judging import stands
from rongpei.kernel.procedures.registry import Change
from rongpei.org.people.actions import mark_joining, record_fact, withdraw_fact
from rongpei.org.people.codes import FactKind, PartyStatus
from rongpei.org.people.models import Fact, Person
from rongpei.pipelines.membership.codes import HelperKind, Outcome
from rongpei.pipelines.membership.models import Helper
from rongpei.pipelines.membership.refusing import tell_of_refusal
from rongpei.pipelines.membership.statutes import MEMBERSHIP, terms
from rongpei.pipelines.membership.statutes.admission import APPROVAL, MEETING
from rongpei.pipelines.membership.statutes.cultivation import listed_on
from rongpei.pipelines.membership.statutes.probation import CONVERSION_APPROVAL, is_converted

_HELPERS = {
    "assign_mentors": (HelperKind.MENTOR, "mentors"),
    "assign_introducers": (HelperKind.INTRODUCER, "introducers"),
}
_OUT = (Outcome.WITHDRAWN, Outcome.REJECTED)


def changed(change: Change) -> None:
    """Bring org's facts up to the case; part of the action that changed it."""
    if change.case.person is None:
        return
    _sync_statuses(change)
    _sync_helpers(change)
    tell_of_refusal(change)


def statuses(facts: Facts) -> dict[date, PartyStatus]:
    """`{from this day: status}` as the steps that stand decide it.

    Probation runs from the meeting, once approved; full membership from the day probation expired.
    """
    found: dict[date, PartyStatus] = {}
    for step, status in (
        ("submit_application", PartyStatus.APPLICANT),
        ("recommend_and_confirm_activist", PartyStatus.ACTIVIST),
        ("committee_consent_and_public_notice", PartyStatus.TARGET),
    ):
        done = facts.last(step)
        if done is not None and stands(MEMBERSHIP, done):
            found[listed_on(done)] = status
    meeting = facts.last(MEETING)
    if meeting is not None and stands(MEMBERSHIP, facts.last(APPROVAL)):
        found[meeting.on] = PartyStatus.PROBATIONARY
    due = terms.probation_due_on(facts)
    if due is not None and is_converted(facts):
        found[due] = PartyStatus.FULL
    cancelled = facts.last("cancel_probation")
    if cancelled is not None:
        found[cancelled.on] = PartyStatus.NONE
    return found


def _sync_statuses(change: Change) -> None:
    case, person = change.case, change.case.person
    if person is None:
        return
    source = f"membership:{case.pk}"
    wanted = statuses(change.facts)
    if case.outcome in _OUT and case.ended_on is not None:
        wanted[case.ended_on] = PartyStatus.NONE
    system = System(case.tenant_id)
    there = Fact.objects.filter(person=person, kind=FactKind.PARTY_STATUS, source=source, superseded_at=None)
    kept: dict[date, str] = {}
    for fact in there:
        if wanted.get(fact.starts_on) == fact.value:
            kept[fact.starts_on] = fact.value
        else:
            withdraw_fact(actor=system, person=person, fact=fact, today=change.today, now=change.now)
    for day, status in sorted(wanted.items()):
        if day not in kept:
            record_fact(
                actor=system, person=person, kind=FactKind.PARTY_STATUS, value=status, starts_on=day,
                today=change.today, now=change.now, source=source,
            )  # fmt: skip
    _sync_joining(change, person, system)


def _sync_joining(change: Change, person: Person, system: System) -> None:
    meeting = change.facts.last(MEETING)
    admitted = meeting.on if meeting and stands(MEMBERSHIP, change.facts.last(APPROVAL)) else None
    converted = terms.probation_due_on(change.facts) if admitted and is_converted(change.facts) else None
    touched = change.record.step in (APPROVAL, CONVERSION_APPROVAL, MEETING, "cancel_probation") or (
        change.record.kind in (RecordKind.RETURNED, RecordKind.CORRECTED)
    )
    if touched:
        if change.case.outcome == Outcome.CANCELLED:
            admitted = converted = None
        mark_joining(actor=system, person=person, joined_on=admitted, converted_on=converted)


def helpers_of(facts: Facts) -> dict[tuple[str, int], date]:
    """`{(kind, person): from this day}` as the steps that stand name them."""
    wanted: dict[tuple[str, int], date] = {}
    for step, (kind, key) in _HELPERS.items():
        done = facts.last(step)
        if done is not None and stands(MEMBERSHIP, done):
            named = [one["person_id"] for one in done.data.get(key) or () if one.get("person_id")]
            wanted |= {(kind.value, person_id): done.on for person_id in named}
    return wanted


def _sync_helpers(change: Change) -> None:
    wanted = helpers_of(change.facts)
    rows = {(row.kind, row.person_id): row for row in Helper.objects.filter(case=change.case)}
    for known, row in rows.items():
        if wanted.get(known) != row.starts_on:
            row.delete()
    Helper.objects.bulk_create(
        Helper(
            tenant_id=change.case.tenant_id, case=change.case, kind=kind, person_id=person_id, starts_on=on
        )
        for (kind, person_id), on in wanted.items()
        if (kind, person_id) not in rows or rows[(kind, person_id)].starts_on != on
    )
