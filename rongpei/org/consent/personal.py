"""What accounts answered to the texts."""

from django.utils.translation import gettext_lazy as _

from rongpei.ground.personal import Field, Held, Keep

HELD = (
    Held(
        model="consent.ConsentAnswer", title=_("同意和拒绝的记录"), purpose=_("证明取得过同意"), users=("user",),
        ends=Keep(_("是处理个人信息合法的证明；可以撤回同意，记录留存。"), _("《个人信息保护法》第十五条、第六十九条")),
        fields=(
            Field("text__kind", _("文本")), Field("text__version", _("版本")), Field("text__digest", _("文本摘要")),
            Field("answer", _("回答")), Field("channel", _("渠道")), Field("answered_at", _("时间")),
        ),
    ),
)  # fmt: skip
