"""Taking back, withdrawing, revoking; and what the night does: images deleted, reminders, old codes forgotten."""

from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.accounts.models import User
from rongpei.ground.audit import Refused, action, note
from rongpei.ground.notices.actions import send
from rongpei.ground.notices.codes import Channel, NoticeKind
from rongpei.org.consent.actions import answer
from rongpei.org.consent.codes import Answer, TextKind
from rongpei.org.consent.queries import latest_answer
from rongpei.org.people.actions import rename_person
from rongpei.org.people.models import Person
from rongpei.pipelines.verification import rules
from rongpei.pipelines.verification.actions.joining import alias
from rongpei.pipelines.verification.codes import CHANNEL, OPEN, RENEW_BEFORE, State
from rongpei.pipelines.verification.models import Application, Credential, PhoneCode
from rongpei.pipelines.verification.queries import policy_of
from rongpei.pipelines.verification.standing import flow_url
from rongpei.pipelines.verification.stopping import drop_images, erase, stop_application

# A draft nobody touches holds personal data for nothing.
_IDLE = timedelta(days=90)


@action(
    "verification.application.taken_back", may=rules.may_fill, locks=("application",), about="application"
)
def take_back(*, actor: Actor, application: Application, today: date, now: datetime) -> Application:
    """The person stops an application: images and what was stated are deleted. The consent itself stays."""
    if application.state not in OPEN:
        raise Refused(_("这份申请已经结束。"))
    stop_application(actor=actor, application=application, reason="taken_back", today=today, now=now)
    application.refresh_from_db()
    return application


@action("verification.consent.withdrawn", may=rules.may_answer, locks=("person",), about="person")
def withdraw_consent(
    *, actor: Actor, person: Person, user: User, kind: TextKind, today: date, now: datetime
) -> None:
    """Take a consent back. Of the identity agreement: the gate closes, images and statements are deleted at once.

    What was done before stays lawful (PIPL 15); decisions, dates and digests stay as evidence.
    """
    latest = latest_answer(user, kind)
    if latest is None or latest.answer != Answer.AGREE:
        raise Refused(_("您没有同意过这一份，不用撤回。"))
    answer(actor=actor, user=user, text=latest.text, choice=Answer.WITHDRAW, channel=CHANNEL, now=now)
    note(kind=kind)
    if kind != TextKind.IDENTITY_AGREEMENT:
        return
    for application in (
        Application.objects.filter(person=person).exclude(state=State.WITHDRAWN).order_by("id")
    ):
        if application.state == State.APPROVED:
            erase(application=application, now=now)
        else:
            stop_application(actor=actor, application=application, reason="withdrawn", today=today, now=now)
    Credential.objects.filter(person=person, stopped_on=None).update(stopped_on=today)
    if person.staff_number == "":
        rename_person(actor=System(person.tenant_id), person=person, name=alias(user.phone or "0000"))


@action("verification.credential.revoked", may=rules.may_revoke, locks=("credential",), about="credential")
def revoke(*, actor: Actor, credential: Credential, why: str, today: date, now: datetime) -> Credential:
    """A reviewer takes a credential back, with a reason the person reads."""
    if credential.stopped_on is not None:
        raise Refused(_("这个认证已经停止。"))
    if not why.strip():
        raise Refused(_("请写明撤销的原因。"), code="why")
    credential.stopped_on, credential.revoked, credential.why = today, True, why.strip()[:200]
    credential.save(update_fields=["stopped_on", "revoked", "why"])
    send(
        actor=System(credential.tenant_id), tenant_id=credential.tenant_id, reader_ids=[credential.person_id],
        title=_("您的身份认证有变动"), body=_("请登录后在“我的认证”里查看。"), url=flow_url(), kind=NoticeKind.RESULT, now=now,
    )  # fmt: skip
    return credential


@action("verification.images.deleted", may=rules.is_platform)
def delete_images(*, actor: Actor, tenant_id: int, today: date, now: datetime) -> int:
    """Delete images whose last decision is older than the policy keeps them, and drafts left for ninety days.

    Gives how many applications were tidied. Doing it twice changes nothing.
    """
    before = now - timedelta(days=policy_of(tenant_id).keep_days)
    rows = Application.objects.filter(tenant_id=tenant_id)
    decided = rows.filter(submissions__images_deleted_at=None, submissions__decided_at__isnull=False).exclude(
        state=State.PENDING
    )
    old = decided.annotate(last=Max("submissions__decided_at")).filter(last__lt=before, changed_at__lt=before)
    # What was stated has been erased at the person's wish: its images go the same night.
    erased = rows.filter(submissions__images_deleted_at=None, submissions__name="", submissions__isnull=False)
    idle = rows.filter(state=State.DRAFT, changed_at__lt=now - _IDLE)
    tidied = 0
    for ended in {one.pk: one for one in (*old, *erased)}.values():
        drop_images(application=ended, now=now)
        tidied += 1
    for application in list(idle):
        stop_application(actor=actor, application=application, reason="idle", today=today, now=now)
        tidied += 1
    note(tidied=tidied)
    return tidied


@action("verification.expiry.reminded", may=rules.is_platform)
def remind_expiring(*, actor: Actor, tenant_id: int, today: date, now: datetime) -> int:
    """Tell once those whose credential ends within a month."""
    rows = Credential.objects.filter(
        tenant_id=tenant_id,
        stopped_on=None,
        reminded_on=None,
        ends_on__gt=today,
        ends_on__lte=today + RENEW_BEFORE,
    )
    people = sorted(set(rows.values_list("person_id", flat=True)))
    if people:
        send(
            actor=actor, tenant_id=tenant_id, reader_ids=people, title=_("您的身份认证一个月内到期"),
            body=_("到期前重新认证，阅读不会中断。"), url=flow_url(), kind=NoticeKind.REMINDER, channels=(Channel.SMS,), now=now,
        )  # fmt: skip
        rows.update(reminded_on=today)
    note(reminded=len(people))
    return len(people)


@action("verification.codes.forgotten", may=rules.is_platform)
def forget_codes(*, actor: Actor, tenant_id: int, now: datetime) -> int:
    """Forget codes two days after they were sent."""
    count, _kinds = PhoneCode.objects.filter(
        tenant_id=tenant_id, expires_at__lt=now - timedelta(days=2)
    ).delete()
    note(count=count)
    return count
