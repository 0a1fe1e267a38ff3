"""Accounts: what is needed to sign in."""

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from rongpei.ground.personal import Blank, Erase, Field, Held, Keep

_WHY = _("登录用")
_IN_USE = Keep(_("账号还在使用；停用由本单位系统管理员办理。"), _("《个人信息保护法》第十三条第一款第二项"))
_LOGS = Keep(_("登录记录须留存不少于六个月。"), _("《网络安全法》关于留存网络日志的规定"))

HELD = (
    Held(
        model="accounts.User", title=_("账号"), purpose=_WHY, users=("pk",), ends=_IN_USE,
        outside=Blank({
            "username": Concat(Value("erased-"), Cast("pk", CharField())), "number": "", "phone": None, "email": "",
            "password": "!", "is_active": False,
        }),
        fields=(
            Field("username", _("用户名")), Field("number", _("编号")), Field("phone", _("手机号")), Field("email", _("邮箱")),
            Field("joined_at", _("开通时间")), Field("last_login", _("最近登录")),
        ),
    ),
    Held(
        model="account.EmailAddress", title=_("登录邮箱"), purpose=_WHY, users=("user",), ends=Erase(),
        fields=(Field("email", _("邮箱")), Field("verified", _("已验证"))),
    ),
    Held(
        model="socialaccount.SocialAccount", title=_("绑定的外部账号"), purpose=_WHY, users=("user",), ends=Erase(),
        fields=(Field("provider", _("平台")), Field("uid", _("平台上的编号")), Field("date_joined", _("绑定时间"))),
    ),
    Held(
        model="mfa.Authenticator", title=_("二次验证"), purpose=_("保护账号"), users=("user",), ends=_IN_USE,
        outside=Erase(), fields=(Field("type", _("方式")), Field("created_at", _("设置时间")), Field("last_used_at", _("最近使用"))),
    ),
    Held(
        model="usersessions.UserSession", title=_("登录的设备"), purpose=_("保护账号"), users=("user",), ends=_LOGS,
        fields=(
            Field("created_at", _("登录时间")), Field("last_seen_at", _("最近活动")), Field("ip", _("网络地址")),
            Field("user_agent", _("浏览器")),
        ),
    ),
)  # fmt: skip
