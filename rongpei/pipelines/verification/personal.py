"""Identity verification: what was stated and proved, and who looked at it."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from rongpei.ground.files.cipher import decipher
from rongpei.ground.personal import Blank, Field, Held, Keep, Subject
from rongpei.ground.personal.registry import Look
from rongpei.org.access.queries import people_by_actor
from rongpei.org.people.models import Person
from rongpei.pipelines.verification.models.applying import PERSONAL
from rongpei.pipelines.verification.queries import looks_at

_WHY = _("判断是不是医疗卫生专业人士")
_PROOF = Keep(
    _("认证结论和期限须留存，以证明当时的开放是合法的；其中没有证件信息。"),
    _("《个人信息保护法》第四十七条第二款、第五十五条"),
)
_BLANK = dict.fromkeys(PERSONAL, "")
_STATED = (
    Field("name", _("姓名")), Field("id_cipher", _("身份证号"), decipher), Field("workplace", _("工作单位")),
    Field("department", _("科室")), Field("title", _("职称")), Field("profession", _("专业类别")),
    Field("certificate", _("证书种类")), Field("number_cipher", _("证书编号"), decipher),
)  # fmt: skip

HELD = (
    Held(
        model="verification.Application", title=_("身份认证申请"), purpose=_WHY, persons=("person",), ends=Blank(_BLANK), sensitive=True,
        fields=(Field("begun_at", _("开始时间")), *_STATED, Field("state", _("状态"))),
    ),
    Held(
        model="verification.Submission", title=_("提交的认证材料"), purpose=_WHY, persons=("person",), sensitive=True,
        others=("claimed_by", "decided_by"), ends=Blank({**_BLANK, "appealed": "", "message": ""}),
        fields=(
            Field("submitted_at", _("提交时间")), *_STATED, Field("appealed", _("复核理由")), Field("decided_at", _("结论时间")),
            Field("passed", _("是否通过")), Field("message", _("审核员的话")), Field("digest", _("材料摘要")),
        ),
    ),
    Held(
        model="verification.Credential", title=_("身份认证"), purpose=_("开放专业内容"), persons=("person",), ends=_PROOF,
        fields=(
            Field("method", _("依据")), Field("profession", _("专业类别")), Field("starts_on", _("开始日期")),
            Field("ends_on", _("到期日期")), Field("stopped_on", _("停止日期")),
        ),
    ),
)  # fmt: skip


def document_looks(subject: Subject) -> Iterator[Look]:
    """Who looked at the subject's certificates, newest first."""
    person = Person.objects.filter(pk=subject.person_id or 0).first()
    found = looks_at(person) if person is not None else []
    names = people_by_actor({one.actor for one in found})
    for one in found:
        who = names.get(one.actor)
        if who == person:
            yield Look(one.at, _("您自己"), _("证书图片"))
        else:
            yield Look(one.at, who.name if who else _("审核员"), _("证书图片"), _("身份认证审核"))
