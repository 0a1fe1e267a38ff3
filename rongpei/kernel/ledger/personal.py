"""The growth record."""

from django.utils.translation import gettext_lazy as _

from rongpei.ground.personal import Field, Held, Keep
from rongpei.kernel.ledger.kinds import kind_of

_KEPT = Keep(
    _("成长档案是统计和考核的依据，只增不改；有误用冲正更正。"),
    _("《党员教育管理工作条例》第二十条、《个人信息保护法》第四十七条第二款"),
)

HELD = (
    Held(
        model="ledger.Entry", title=_("成长档案"), purpose=_("学时和服务时长的记录"), persons=("person",), ends=_KEPT,
        fields=(
            Field("occurred_on", _("日期")), Field("kind", _("类别"), lambda code: str(kind_of(code).label)), Field("source_label", _("来源")),
            Field("class_hours", _("学时")), Field("service_hours", _("服务时长")),
            Field("branch__name", _("当时的支部")), Field("department__name", _("当时的科室")),
            Field("recorded_at", _("记录时间")),
        ),
    ),
    Held(
        model="ledger.PersonMonth", title=_("成长档案的月计"), purpose=_("成长档案的合计"), persons=("person",), ends=_KEPT,
        withheld=_("只是上一项的合计，没有另外的信息。"),
    ),
)  # fmt: skip
