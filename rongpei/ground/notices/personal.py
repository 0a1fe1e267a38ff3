"""Notices in somebody's inbox."""

from django.utils.translation import gettext_lazy as _

from rongpei.ground.personal import Erase, Field, Held, Keep

HELD = (
    Held(
        model="notices.Notice", title=_("收到的通知"), purpose=_("告知本人"), persons=("reader_id",), ends=Erase(),
        fields=(
            Field("created_at", _("时间")), Field("batch__title", _("标题")), Field("batch__body", _("内容")),
            Field("read_at", _("阅读时间")),
        ),
    ),
    Held(
        model="notices.Batch", title=_("发出的通知"), purpose=_("留存通知"), persons=("sender_id",),
        ends=Keep(_("通知已发给别人，属于收件人的记录。"), _("《个人信息保护法》第十三条第一款第二项")),
        fields=(Field("created_at", _("时间")), Field("title", _("标题")), Field("readers", _("人数"))),
    ),
)  # fmt: skip
