"""Roles held."""

from django.utils.translation import gettext_lazy as _

from rongpei.ground.personal import Field, Held, Keep

HELD = (
    Held(
        model="access.Holding", title=_("担任的角色"), purpose=_("决定能看什么、能做什么"), persons=("person",),
        ends=Keep(_("权限的授予和收回须能追溯。"), _("《个人信息保护法》第五十一条")),
        fields=(
            Field("role", _("角色")), Field("unit__name", _("范围")), Field("starts_on", _("起")), Field("ends_on", _("止")),
        ),
    ),
)  # fmt: skip
