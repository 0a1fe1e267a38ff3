"""Development of members: files of the party, kept by its own rules."""

from django.utils.translation import gettext_lazy as _

from rongpei.ground.personal import Field, Held, Keep

FILED = Keep(
    _("属于党员档案和发展党员工作档案，由党组织归档保存，不能因本人要求删除。"),
    _("《中国共产党发展党员工作细则》第三十六条、《个人信息保护法》第四十七条第二款"),
)
_SEALED = _("政治审查材料依规保密，不向本人提供。《个人信息保护法》第十八条、第四十五条")

HELD = (
    Held(
        model="membership.Application", title=_("入党申请"), purpose=_("发展党员"), persons=("person",), ends=FILED, sensitive=True,
        fields=(
            Field("written_on", _("落款日期")), Field("body", _("申请书")), Field("state", _("状态")),
            Field("handed_in_at", _("提交时间")), Field("received_on", _("收到日期")),
        ),
    ),
    Held(
        model="membership.Contact", title=_("联系谈话"), purpose=_("发展党员"), persons=("person",), others=("contact",), ends=FILED,
        fields=(
            Field("contact__name", _("联系人")), Field("starts_on", _("开始联系")), Field("talks", _("已谈")),
            Field("last_on", _("最近谈话")), Field("outcome", _("结果")),
        ),
    ),
    Held(
        model="membership.ContactTalk", title=_("谈话情况"), purpose=_("发展党员"), persons=("contact__person",), ends=FILED,
        fields=(Field("talked_on", _("谈话日期")), Field("summary", _("谈话情况"))),
    ),
    Held(
        model="membership.ThoughtReport", title=_("思想汇报"), purpose=_("发展党员"), persons=("case__person",), ends=FILED,
        sensitive=True,
        fields=(Field("written_on", _("落款日期")), Field("received_on", _("收到日期")), Field("body", _("内容"))),
    ),
    Held(
        model="membership.RelationLetter", title=_("组织关系介绍信"), purpose=_("转接组织关系"), persons=("person",), ends=FILED,
        fields=(
            Field("number", _("编号")), Field("from_unit__name", _("转出")), Field("to_unit__name", _("转入")),
            Field("outside", _("外单位党组织")), Field("issued_on", _("开出日期")), Field("received_on", _("接收日期")),
            Field("state", _("状态")),
        ),
    ),
    Held(
        model="membership.Helper", title=_("担任培养联系人、入党介绍人"), purpose=_("发展党员"), persons=("person",), ends=FILED,
        fields=(Field("kind", _("身份")), Field("case__person__name", _("对象")), Field("starts_on", _("起"))),
    ),
    Held(
        model="membership.Candidate", title=_("支部大会讨论"), purpose=_("发展党员"), persons=("case__person",), ends=FILED,
        sensitive=True, fields=(Field("kit__held_on", _("会议日期")), Field("outcome", _("结果"))),
    ),
    Held(
        model="membership.ReviewMaterial", title=_("政治审查材料"), purpose=_("发展党员"), persons=("case__person",), ends=FILED,
        sensitive=True, withheld=_SEALED,
    ),
    Held(
        model="membership.IssuedDocument", title=_("编号公文"), purpose=_("发展党员"), persons=("case__person",), ends=FILED,
        fields=(
            Field("shown", _("文号")), Field("title", _("标题")), Field("issued_on", _("成文日期")), Field("state", _("状态")),
        ),
    ),
    Held(
        model="membership.RegisterImport", title=_("导入台账的记录"), purpose=_("可以撤销导入"), persons=("uploaded_by",), ends=FILED,
        fields=(Field("created_at", _("导入时间")), Field("filename", _("文件名"))),
    ),
    Held(
        model="membership.AdmissionBook", title=_("入党志愿书"), purpose=_("发展党员"), persons=("case__person",), ends=FILED,
        sensitive=True, fields=(Field("number", _("编号")), Field("issued_on", _("发放日期")), Field("state", _("状态"))),
    ),
)  # fmt: skip
