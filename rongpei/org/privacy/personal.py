"""Requests about personal data are personal data too."""

from django.utils.translation import gettext_lazy as _

from rongpei.ground.personal import Field, Held, Keep

HELD = (
    Held(
        model="privacy.Request", title=_("个人信息申请"), purpose=_("办理和证明已经答复"), persons=("person",),
        ends=Keep(_("申请和答复须留存，证明已按时办理。"), _("《个人信息保护法》第五十条、第六十九条")),
        fields=(
            Field("asked_at", _("提出时间")), Field("kind", _("要求")), Field("wish", _("说明")), Field("due_on", _("答复期限")),
            Field("extension_reason", _("延长原因")), Field("state", _("状态")), Field("outcome", _("结果")),
            Field("answer", _("答复")), Field("answered_at", _("答复时间")),
        ),
    ),
)  # fmt: skip
