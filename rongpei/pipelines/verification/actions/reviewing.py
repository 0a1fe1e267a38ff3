"""The decision: by a person who has claimed the submission, with reasons and words that say what to mend."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.audit import Refused, action, note
from rongpei.ground.notices.actions import send
from rongpei.ground.notices.codes import Channel, NoticeKind
from rongpei.kernel.procedures import actions as procedures
from rongpei.pipelines.verification import rules
from rongpei.pipelines.verification.codes import Reason, State
from rongpei.pipelines.verification.models import Application, Submission
from rongpei.pipelines.verification.standing import flow_url


@action(
    "verification.submission.decided",
    may=rules.may_decide,
    locks=("application", "submission"),
    about="submission",
)
def decide(
    *, actor: Actor, application: Application, submission: Submission, passed: bool, reasons: Sequence[str], message: str,
    today: date, now: datetime,
) -> Submission:  # fmt: skip
    """Decide once. The person is told that there is a result, never by text message what it is.

    Refuses what is over, what the actor has not claimed, and a no without a reason.
    """
    _must_be_at_hand(actor, submission)
    kept = [str(code) for code in Reason if code in reasons]
    if passed and kept:
        raise Refused(
            _("勾了不通过的原因，不能按通过。"), remedy=_("请先去掉原因，或按退回修改。"), code="reasons"
        )
    if not passed and not kept:
        raise Refused(_("请选择不通过的原因，可多选。"), code="reasons")
    submission.decided_by_id, submission.decided_at = actor.person_id, now
    submission.passed, submission.reasons, submission.message = passed, kept, message.strip()[:500]
    submission.save()
    data = {
        "submission": submission.pk, "digest": submission.digest, "passed": passed, "reasons": kept,
        "appealed": bool(submission.appealed),
    }  # fmt: skip
    procedures.perform(
        actor=actor, case=application.case, step="review", on=today, data=data, today=today, now=now
    )
    application.state, application.changed_at = State.APPROVED if passed else State.REJECTED, now
    application.save(update_fields=["state", "changed_at"])
    note(passed=passed, reasons=kept)
    _tell(submission, now)
    return submission


def _must_be_at_hand(actor: Actor, submission: Submission) -> None:
    if not submission.waits:
        raise Refused(_("这一份已经有结论，或已被本人撤回。"), code="over")
    if submission.claimed_by_id != actor.person_id:
        raise Refused(_("请先领取，再作结论。"), code="unclaimed")


def _tell(submission: Submission, now: datetime) -> None:
    send(
        actor=System(submission.tenant_id), tenant_id=submission.tenant_id, reader_ids=[submission.person_id],
        title=_("您的身份认证有结果了"), body=_("请登录后在“我的认证”里查看。"), url=flow_url(), kind=NoticeKind.RESULT,
        channels=(Channel.SMS,), urgent=True, now=now,
    )  # fmt: skip
