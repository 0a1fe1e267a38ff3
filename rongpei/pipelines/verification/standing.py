"""Where somebody stands today: one statement, asked by the gate and by every page of the flow."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.asking import ask
from rongpei.org.consent.codes import Answer, TextKind
from rongpei.pipelines.verification.codes import State, Where

_ASKED = """
SELECT c.starts_on, c.ends_on, c.stopped_on, c.revoked, c.why, a.answer, a.is_current, p.state
FROM (SELECT 1) AS one
LEFT JOIN LATERAL (SELECT starts_on, ends_on, stopped_on, revoked, why FROM verification_credential
  WHERE person_id = %(person)s AND starts_on <= %(on)s ORDER BY (stopped_on IS NULL) DESC, ends_on DESC LIMIT 1) c ON true
LEFT JOIN LATERAL (SELECT a.answer, t.id = (SELECT n.id FROM consent_consenttext n
    WHERE n.tenant_id = t.tenant_id AND n.kind = t.kind ORDER BY n.version DESC LIMIT 1) AS is_current
  FROM consent_consentanswer a JOIN consent_consenttext t ON t.id = a.text_id
  WHERE a.user_id = %(user)s AND t.kind = %(kind)s ORDER BY a.id DESC LIMIT 1) a ON true
LEFT JOIN LATERAL (SELECT state FROM verification_application
  WHERE person_id = %(person)s ORDER BY id DESC LIMIT 1) p ON true
"""
_OPEN_STATES = {State.DRAFT: Where.DRAFT, State.PENDING: Where.PENDING, State.REJECTED: Where.REJECTED}


@dataclass(frozen=True, slots=True)
class Stand:
    """Where somebody stands. `renewing`: what an application beside a credential has come to."""

    where: Where
    starts_on: date | None = None
    ends_on: date | None = None
    why: str = ""
    renewing: str = ""

    @property
    def verified(self) -> bool:
        """Whether the gate is open."""
        return self.where == Where.VERIFIED


def stand_of(actor: Actor, on: date) -> Stand:
    """Where the actor stands on a date; one query."""
    if actor.person_id is None or actor.user_id is None:
        return Stand(Where.NONE)
    asked = {
        "person": actor.person_id,
        "user": actor.user_id,
        "on": on,
        "kind": TextKind.IDENTITY_AGREEMENT.value,
    }
    return _told(*ask(_ASKED, asked)[0], on=on)


def _told(
    starts_on: date | None, ends_on: date | None, stopped_on: date | None, revoked: bool | None, why: str | None,
    answer: str | None, is_current: bool | None, state: str | None, *, on: date,
) -> Stand:  # fmt: skip
    renewing = state if state in _OPEN_STATES else ""
    if starts_on is not None and ends_on is not None and stopped_on is None and on < ends_on:
        if answer == Answer.AGREE and is_current:
            return Stand(Where.VERIFIED, starts_on, ends_on, renewing=renewing or "")
        refused = answer == Answer.REFUSE and is_current
        return Stand(Where.REFUSED if refused else Where.ASKED_AGAIN, starts_on, ends_on)
    if renewing and answer == Answer.AGREE:
        return Stand(_OPEN_STATES[State(renewing)] if is_current else Where.ASKED_AGAIN)
    if answer == Answer.WITHDRAW:
        return Stand(Where.WITHDRAWN)
    if answer == Answer.REFUSE:
        return Stand(Where.REFUSED)
    if stopped_on is not None and revoked:
        return Stand(Where.REVOKED, why=why or "")
    if ends_on is not None and stopped_on is None:
        return Stand(Where.EXPIRED, starts_on, ends_on)
    return Stand(Where.NONE)


# What a closed article says, by where the reader stands: why, and the words of the button.
CLOSED = {
    Where.NONE: (_("文章涉及专业内容，只对通过认证的医疗卫生专业人士开放。认证大约要 5 分钟。"), _("去认证")),
    Where.REFUSED: (_("您没有同意身份认证协议，专业内容没有开放，其他内容照常可看。"), _("再看看协议")),
    Where.DRAFT: (_("您的认证材料还没有提交。"), _("接着填写")),
    Where.PENDING: (_("您的认证材料正在审核，有结果会通知您。"), _("看审核进度")),
    Where.REJECTED: (_("您的认证这次没有通过，改好后可以重新提交。"), _("看要改什么")),
    Where.ASKED_AGAIN: (_("身份认证协议有了新版本，要您看过、同意后才能接着看。"), _("看新版协议")),
    Where.EXPIRED: (_("您的认证已经到期，重新认证后接着看。"), _("重新认证")),
    Where.REVOKED: (_("您的认证已被撤销。"), _("看原因")),
    Where.WITHDRAWN: (_("您撤回了身份认证的同意，专业内容已关闭，其他内容照常可看。"), _("重新认证")),
}


def flow_url() -> str:
    """Where the flow begins."""
    return reverse("verification:mine")
