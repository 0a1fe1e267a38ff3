"""Publishing texts and answering them. Neither a published text nor an answer is ever edited."""

import hashlib
from datetime import datetime

from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.accounts.models import User
from rongpei.ground.audit import Refused, action, note
from rongpei.ground.tenancy.models import Tenant
from rongpei.org.consent import rules
from rongpei.org.consent.codes import Answer, TextKind
from rongpei.org.consent.models import ConsentAnswer, ConsentText
from rongpei.org.consent.queries import current_text, has_agreed


def digest_of(body: str) -> str:
    """SHA-256 of a text, hex."""
    return hashlib.sha256(body.encode()).hexdigest()


@action("consent.text.published", may=rules.may_publish)
def publish_text(*, actor: Actor, tenant_id: int, kind: TextKind, body: str, now: datetime) -> ConsentText:
    """Publish the next version of a text; everybody is asked again.

    Refuses an empty text and one that equals the version in force.
    """
    body = body.strip().replace("\r\n", "\n")
    if not body:
        raise Refused(_("正文是空的，没有发布。"))
    Tenant.objects.select_for_update().get(
        pk=tenant_id
    )  # two publishers get two versions, one after the other
    before = current_text(tenant_id, kind)
    digest = digest_of(body)
    if before is not None and before.digest == digest:
        raise Refused(_("正文和现行第 %(version)d 版一样，没有发布。") % {"version": before.version})
    version = before.version + 1 if before else 1
    note(kind=kind, version=version, digest=digest)
    return ConsentText.objects.create(
        tenant_id=tenant_id, kind=kind, version=version, body=body, digest=digest, published_at=now
    )


@action("consent.text.answered", may=rules.may_answer, about="text")
def answer(
    *, actor: Actor, user: User, text: ConsentText, choice: Answer, channel: str, now: datetime
) -> ConsentAnswer:
    """Record what an account answered, when and through which channel (`web`, `wecom`, `paper`…).

    Refuses an answer to a version no longer in force, and the withdrawal of what was not agreed to.
    """
    kind = TextKind(text.kind)
    current = current_text(text.tenant_id, kind)
    if choice == Answer.WITHDRAW:
        if not _agreed_to(user, text):
            raise Refused(_("您没有同意过这一份，不用撤回。"))
    elif current is None or current.pk != text.pk:
        raise Refused(_("这一份已有新版本，请看过新版本再回答。"))
    note(kind=kind, version=text.version, answer=choice, channel=channel)
    return ConsentAnswer.objects.create(
        tenant_id=text.tenant_id, text=text, user=user, answer=choice, channel=channel, answered_at=now
    )


def _agreed_to(user: User, text: ConsentText) -> bool:
    if has_agreed(user, TextKind(text.kind)):
        return True
    latest = ConsentAnswer.objects.filter(user=user, text=text).order_by("-id").first()
    return latest is not None and latest.answer == Answer.AGREE
