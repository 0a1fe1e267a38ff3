"""Taking submissions onto one's desk and putting them back."""

from datetime import datetime

from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.pipelines.verification import rules
from rongpei.pipelines.verification.codes import CLAIM_LASTS
from rongpei.pipelines.verification.models import Submission
from rongpei.pipelines.verification.queries import free, queue_for


@action("verification.submission.claimed", may=rules.may_claim, locks=("submission",), about="submission")
def claim(*, actor: Actor, submission: Submission, now: datetime) -> Submission:
    """Take one. Of two who take it at once, the second is told who has it."""
    _must_be_free(actor, submission, now)
    submission.claimed_by_id, submission.claimed_at = actor.person_id, now
    submission.save(update_fields=["claimed_by", "claimed_at"])
    return submission


def _must_be_free(actor: Actor, submission: Submission, now: datetime) -> None:
    if not submission.waits:
        raise Refused(_("这一份已经有结论，或已被本人撤回。"), code="over")
    held = submission.claimed_by
    lapsed = submission.claimed_at is None or now - submission.claimed_at > CLAIM_LASTS
    if held is not None and held.pk != actor.person_id and not lapsed:
        raise Refused(
            _("这一份 %(name)s 已经领取。") % {"name": held.name}, remedy=_("请另领一份。"), code="held"
        )


@action("verification.queue.claimed", may=rules.may_claim_next)
def claim_next(*, actor: Actor, tenant_id: int, count: int, now: datetime) -> list[Submission]:
    """Take the oldest so many that nobody has; rows another reviewer is just taking are passed over."""
    rows = free(queue_for(actor).select_related(None), now).exclude(barred_id=actor.person_id)
    taken = list(rows.select_for_update(skip_locked=True)[:count])
    Submission.objects.filter(pk__in=[one.pk for one in taken]).update(
        claimed_by_id=actor.person_id, claimed_at=now
    )
    note(count=len(taken))
    return taken


@action("verification.submission.released", may=rules.may_claim, locks=("submission",), about="submission")
def release(*, actor: Actor, submission: Submission) -> Submission:
    """Put one's own back into the queue; its age runs on."""
    if submission.claimed_by_id != actor.person_id:
        raise Refused(_("这一份不在您名下。"))
    submission.claimed_by, submission.claimed_at = None, None
    submission.save(update_fields=["claimed_by", "claimed_at"])
    return submission
