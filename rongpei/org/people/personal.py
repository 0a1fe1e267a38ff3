"""The roster: who works here, and the facts of each."""

from django.utils.translation import gettext_lazy as _

from rongpei.ground.files.cipher import decipher
from rongpei.ground.personal import Blank, Field, Held, Keep
from rongpei.org.people.codes import DisciplineEffect, EmploymentKind, PartyStatus, PositionType

ROSTER = Keep(
    _("用人单位须建立职工名册备查，在职期间和法定保存期内不能删除；有误可以要求更正。"),
    _("《劳动合同法》第七条、《个人信息保护法》第四十七条第二款"),
)
_FACTS = (
    Field("staff_number", _("工号")), Field("name", _("姓名")), Field("sex", _("性别")), Field("ethnicity", _("民族")),
    Field("native_place", _("籍贯")), Field("born_on", _("出生日期")), Field("id_cipher", _("身份证号"), decipher),
    Field("phone", _("联系电话")), Field("school", _("毕业院校及专业")), Field("work_started_on", _("参加工作时间")),
    Field("remarks", _("备注")), Field("standing", _("在册情况")), Field("party_status", _("人员类别")),
    Field("joined_on", _("入党时间")), Field("converted_on", _("转正时间")), Field("title", _("职称")),
    Field("title_level", _("职称级别")), Field("education", _("学历")), Field("degree", _("学位")),
    Field("position_type", _("岗位类别")), Field("employment_kind", _("用工性质")), Field("post", _("职务")),
    Field("party_post", _("党内职务")),
)  # fmt: skip

# A value of a dated fact is one of these codes, or free text.
_WORDS = {
    str(code): str(label)
    for codes in (PartyStatus, PositionType, EmploymentKind, DisciplineEffect)
    for code, label in codes.choices
}


def _in_words(value: str) -> str:
    return _WORDS.get(value, value)


HELD = (
    Held(
        model="people.Person", title=_("基本信息"), purpose=_("人事和党员管理"), persons=("pk",), others=("moved_from",),
        users=("user",), ends=ROSTER, sensitive=True, fields=_FACTS,
        outside=Blank({
            "name": "已注销", "sort_key": "", "initials": "", "sex": "", "ethnicity": "", "native_place": "", "born_on": None,
            "id_cipher": "", "id_index": "", "phone": "", "school": "", "remarks": "",
        }),
    ),
    Held(
        model="people.Fact", title=_("身份、职称、学历等的变化"), purpose=_("按日期判断资格"), persons=("person",), ends=ROSTER,
        fields=(
            Field("kind", _("事项")), Field("value", _("内容"), _in_words), Field("starts_on", _("起始日期")), Field("source", _("来源")),
            Field("superseded_at", _("更正时间")),
        ),
    ),
)  # fmt: skip
