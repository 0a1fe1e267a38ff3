"""The meeting kit: attendance, written opinions, counts; settling a candidate performs the step."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.kernel.procedures import actions as procedures
from rongpei.kernel.procedures.models import Case
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.codes import Exclusion, KitKind, Mark
from rongpei.pipelines.membership.models import Candidate, MeetingKit
from rongpei.pipelines.membership.roll import voters_roll
from rongpei.pipelines.membership.statutes.admission import MEETING
from rongpei.pipelines.membership.statutes.probation import CONVERSION

STEP_OF = {KitKind.ADMISSION: MEETING, KitKind.CONVERSION: CONVERSION}


@action("membership.kit.opened", may=rules.may_meet)
def open_kit(
    *, actor: Actor, unit: Unit, kind: KitKind, held_on: date, cases: Sequence[Case], place: str = "",
    host: str = "", recorder: str = "", tellers: str = "",
) -> MeetingKit:  # fmt: skip
    """Prepare a members' meeting for one or several candidates of the branch, who are taken one by one."""
    if not cases:
        raise Refused(_("请选择要讨论的人。"))
    if any(case.unit_id != unit.pk for case in cases):
        raise Refused(_("只能讨论本支部的人。"))
    kit = MeetingKit.objects.create(
        tenant_id=unit.tenant_id, unit=unit, kind=kind, held_on=held_on, place=place, host=host, recorder=recorder,
        tellers=tellers,
    )  # fmt: skip
    Candidate.objects.bulk_create(
        Candidate(tenant_id=unit.tenant_id, kit=kit, case=case, place=number)
        for number, case in enumerate(cases, start=1)
    )
    return kit


@action("membership.kit.attended", may=rules.may_run_kit, locks=("kit",), about="kit")
def keep_attendance(
    *, actor: Actor, kit: MeetingKit, marks: Mapping[int, Mark], stated: Mapping[int, Exclusion]
) -> MeetingKit:
    """Keep who came, who gave a written opinion before the meeting, and who is excluded for a stated reason.

    Marks of people who may not vote are left out. Refuses changes once a candidate is settled.
    """
    if kit.candidates.exclude(record=None).exists():
        raise Refused(_("已有人的结果确认，到会名单不能再改。"))
    voters = {person.pk for person in voters_roll(kit.unit, kit.held_on, stated).voters}
    kit.marks = {str(ident): str(mark) for ident, mark in marks.items() if ident in voters}
    kit.stated = {str(ident): str(reason) for ident, reason in stated.items()}
    kit.save(update_fields=["marks", "stated"])
    note(marked=len(kit.marks), stated=len(kit.stated))
    return kit


@action("membership.kit.online_allowed", may=rules.may_allow_online, locks=("kit",), about="kit")
def allow_online(*, actor: Actor, kit: MeetingKit, counts: bool) -> MeetingKit:
    """The party office says whether those online count as present at this meeting."""
    if kit.candidates.exclude(record=None).exists():
        raise Refused(_("已有人的结果确认，不能再改。"))
    kit.online_counts = counts
    kit.save(update_fields=["online_counts"])
    return kit


@action("membership.kit.counted", may=rules.may_count, locks=("candidate",), about="candidate")
def keep_ballots(
    *, actor: Actor, candidate: Candidate, counts: Mapping[str, int], performance: str, outcome: str = ""
) -> Candidate:
    """Keep the counts of a candidate before they are confirmed; counts only, never who voted how."""
    if candidate.record_id is not None:
        raise Refused(_("这个人的结果已经确认，只能在案卷里另记更正。"))
    candidate.counts, candidate.performance, candidate.outcome = dict(counts), performance, outcome
    candidate.save(update_fields=["counts", "performance", "outcome"])
    return candidate


@action("membership.kit.settled", may=rules.may_count, locks=("candidate",), about="candidate")
def settle_candidate(
    *, actor: Actor, candidate: Candidate, data: Mapping[str, Any], reason: str, today: date, now: datetime
) -> Candidate:
    """Confirm the result: performs the step of the case with the counts of the kit."""
    if candidate.record_id is not None:
        raise Refused(_("这个人的结果已经确认。"))
    candidate.record = procedures.perform(
        actor=actor, case=candidate.case, step=STEP_OF[KitKind(candidate.kit.kind)], on=candidate.kit.held_on,
        data=dict(data), reason=reason, today=today, now=now,
    )  # fmt: skip
    candidate.save(update_fields=["record"])
    note(case=candidate.case_id)
    return candidate
