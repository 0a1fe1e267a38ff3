"""Who came to what."""

from django.utils.translation import gettext_lazy as _

from rongpei.ground.personal import Blank, Field, Held, Keep

_KEPT = Keep(_("出勤是会议和学时记录的一部分，随记录保存。"), _("《个人信息保护法》第四十七条第二款"))
_ACTIVITY = (Field("gathering__held_on", _("日期")), Field("gathering__title", _("活动")))

HELD = (
    Held(
        model="gatherings.Attendance", title=_("出勤"), purpose=_("会议和学时记录"), persons=("person",), ends=_KEPT,
        fields=(
            *_ACTIVITY, Field("part", _("身份")), Field("presence", _("出勤")), Field("reason", _("请假原因")),
            Field("marked_at", _("签到时间")), Field("left_at", _("签退时间")), Field("online", _("线上")),
        ),
    ),
    Held(
        model="gatherings.Registration", title=_("报名"), purpose=_("安排名额"), persons=("person",), ends=Blank({"reason": ""}),
        fields=(
            *_ACTIVITY, Field("state", _("报名")), Field("asked_at", _("报名时间")), Field("withdrawn_at", _("取消时间")),
            Field("reason", _("取消原因")),
        ),
    ),
    Held(
        model="gatherings.Guest", title=_("会议的来宾"), purpose=_("会议记录"), ends=_KEPT,
        withheld=_("来宾只记姓名，不和任何账号相连；请向承办单位提出。"),
    ),
)  # fmt: skip
