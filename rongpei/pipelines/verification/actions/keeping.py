"""Limits and templates."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.pipelines.verification import rules
from rongpei.pipelines.verification.codes import Reason
from rongpei.pipelines.verification.models import AnswerTemplate, Policy


@action("verification.policy.kept", may=rules.may_keep)
def keep_policy(*, actor: Actor, tenant_id: int, values: Mapping[str, int]) -> Policy:
    """Set tries, days images are kept, months a credential holds, working days until the answer."""
    policy, _new = Policy.objects.update_or_create(tenant_id=tenant_id, defaults=dict(values))
    note(**values)
    return policy


@action("verification.template.kept", may=rules.may_keep_templates)
def keep_template(
    *, actor: Actor, tenant_id: int, title: str, body: str, reasons: Sequence[str]
) -> AnswerTemplate:
    """Add a sentence, or change the one of this name."""
    if not title.strip() or not body.strip():
        raise Refused(_("请填写名称和正文。"))
    kept = [str(code) for code in Reason if code in reasons]
    template, _new = AnswerTemplate.objects.update_or_create(
        tenant_id=tenant_id, title=title.strip()[:40], defaults={"body": body.strip()[:500], "reasons": kept}
    )
    return template


@action("verification.template.removed", may=rules.may_keep_templates)
def remove_template(*, actor: Actor, tenant_id: int, template: AnswerTemplate) -> None:
    """Take a sentence off the list."""
    note(template=template.pk)
    AnswerTemplate.objects.filter(pk=template.pk, tenant_id=tenant_id).delete()
