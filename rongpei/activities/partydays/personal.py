"""Meetings: who led, who wrote, what people made up and what they thought."""

from django.utils.translation import gettext_lazy as _

from rongpei.ground.personal import Erase, Field, Held, Keep

_KEPT = Keep(
    _("会议记录和学时由支部保存，不能因本人要求删除。"),
    _("《党员教育管理工作条例》第二十条、《个人信息保护法》第四十七条第二款"),
)
_MEETING = (Field("meeting__gathering__held_on", _("日期")), Field("meeting__gathering__title", _("会议")))

HELD = (
    Held(
        model="partydays.Meeting", title=_("主持和记录的会议"), purpose=_("会议记录"), persons=("host", "recorder"), ends=_KEPT,
        fields=(Field("gathering__held_on", _("日期")), Field("gathering__title", _("会议"))),
    ),
    Held(
        model="partydays.MakeUp", title=_("补学"), purpose=_("学时记录"), persons=("person",), ends=_KEPT,
        fields=(
            *_MEETING, Field("studied_on", _("补学日期")), Field("content", _("内容")), Field("hours", _("学时")),
            Field("state", _("状态")), Field("remark", _("意见")),
        ),
    ),
    Held(
        model="partydays.Reflection", title=_("心得"), purpose=_("交流"), persons=("person",), ends=Erase(),
        fields=(*_MEETING, Field("text", _("心得")), Field("audience", _("给谁看")), Field("written_at", _("时间"))),
    ),
)  # fmt: skip
