"""What membership does beside the steps themselves, which are done by `kernel.procedures.actions`."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.kernel.ledger import actions as ledger
from rongpei.kernel.procedures.codes import State
from rongpei.kernel.procedures.models import Case
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.codes import LEDGER_TRAINING, TRAINING_SOURCE, Waivable
from rongpei.pipelines.membership.models import SpecialRule, ThoughtReport


@action("membership.rule.recorded", may=rules.may_keep_rules)
def record_special_rule(
    *, actor: Actor, tenant_id: int, document: str, issuer: str, issued_on: date, valid_from: date,
    valid_to: date | None, waives: Collection[Waivable], now: datetime, number: str = "",
    allows_temporary_org: bool = False, quota_exempt: bool = False,
) -> SpecialRule:  # fmt: skip
    """Record a document that lifts something for a time; without such a record nothing is ever lifted.

    Refuses a period that ends before it begins, and a document that lifts nothing.
    """
    if valid_to is not None and valid_to < valid_from:
        raise Refused(_("适用期的结束不能早于开始。"))
    if not waives and not allows_temporary_org:
        raise Refused(_("请选择这份文件放宽了什么。"))
    return SpecialRule.objects.create(
        tenant_id=tenant_id, document=document, number=number, issuer=issuer, issued_on=issued_on,
        valid_from=valid_from, valid_to=valid_to, waives=sorted(str(one) for one in waives),
        allows_temporary_org=allows_temporary_org, quota_exempt=quota_exempt, recorded_at=now,
    )  # fmt: skip


@action("membership.report.received", may=rules.may_report, locks=("case",), about="case")
def receive_thought_report(
    *, actor: Actor, case: Case, written_on: date, received_on: date, body: str, paper: bool, today: date,
    now: datetime,
) -> ThoughtReport:  # fmt: skip
    """Take a thought report, typed by the person or on paper.

    Refuses an ended case, a date in the future, and a report that is neither on paper nor has a text.
    """
    if case.state == State.ENDED:
        raise Refused(_("案卷已经结束，不再接收思想汇报。"))
    if max(written_on, received_on) > today:
        raise Refused(_("汇报日期不能晚于今天。"))
    if not paper and not body.strip():
        raise Refused(_("请填写汇报内容，或注明交了纸质原件。"))
    return ThoughtReport.objects.create(
        tenant_id=case.tenant_id, case=case, written_on=written_on, received_on=received_on, body=body.strip(),
        paper=paper, recorded_by=actor.person_id, recorded_at=now,
    )  # fmt: skip


@action("membership.training.entered", may=rules.may_enter_training, locks=("case",), about="case")
def enter_training(
    *,
    actor: Actor,
    case: Case,
    label: str,
    sessions: Sequence[tuple[date, Decimal]],
    today: date,
    now: datetime,
) -> int:
    """Enter days of concentrated training held outside the platform in the ledger, from which the step counts them.

    sessions: (day, class hours). Refuses none, future days, and more than eight hours on one day.
    """
    if not sessions or any(day > today for day, _hours in sessions):
        raise Refused(_("请填写已经举办的培训日期。"))
    if any(not 0 < hours <= 8 for _day, hours in sessions):
        raise Refused(_("每天的学时应在 0 到 8 之间。"))
    note(days=len(sessions))
    return ledger.enter(
        actor=actor, tenant_id=case.tenant_id, source=ledger.Source(TRAINING_SOURCE, case.pk, label),
        lines=[
            ledger.Line(LEDGER_TRAINING, day, person_id=case.person_id, class_hours=hours)
            for day, hours in sessions
        ],
        now=now,
    )  # fmt: skip
