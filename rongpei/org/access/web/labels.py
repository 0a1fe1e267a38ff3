"""The words of floor 1 for the audit browser; rooms above register theirs in the wiring."""

from django.utils.translation import gettext_lazy as _

from rongpei.ground.audit import labels
from rongpei.ground.clock.codes import DayKind
from rongpei.org.consent.codes import Answer, TextKind
from rongpei.org.people.codes import DisciplineEffect, EmploymentKind, FactKind, PartyStatus, PositionType
from rongpei.org.units.codes import Tree

CODES = {
    "access.role.granted": _("授予角色"),
    "access.role.ended": _("结束角色"),
    "access.activation.issued": _("发放激活码"),
    "access.account.activated": _("激活账号"),
    "access.session.ended": _("退出设备"),
    "consent.text.published": _("发布协议"),
    "consent.text.answered": _("回答协议"),
    "people.person.registered": _("登记人员"),
    "people.fact.recorded": _("记录人员信息"),
    "people.fact.withdrawn": _("撤回人员信息"),
    "people.facts.replaced": _("批量记录人员信息"),
    "people.facts.revived": _("批量恢复人员信息"),
    "people.joining.marked": _("记录入党和转正时间"),
    "people.joinings.marked": _("批量记录入党和转正时间"),
    "people.account.bound": _("绑定账号"),
    "units.unit.opened": _("成立组织"),
    "units.unit.renamed": _("组织更名"),
    "units.unit.closed": _("撤销组织"),
    "units.person.posted": _("调整所在组织"),
    "units.person.affiliated": _("编入临时组织"),
    "units.officer.appointed": _("任职"),
    "units.officer.ended": _("免职"),
    "units.roster.uploaded": _("上传名册"),
    "units.roster.queued": _("排队导入名册"),
    "units.roster.imported": _("导入名册"),
    "units.roster.undone": _("撤销名册导入"),
    "units.roster.marked": _("登记名册检查结果"),
}
TABLES = {
    "access_holding": _("授权"),
    "consent_consenttext": _("协议"),
    "consent_consentanswer": _("协议回答"),
    "people_person": _("人员"),
    "people_fact": _("人员信息"),
    "units_unit": _("组织"),
    "units_posting": _("所在组织"),
    "units_affiliation": _("临时组织关系"),
    "units_appointment": _("任职"),
    "units_rosterimport": _("名册导入"),
}
FACTS = {
    "person": _("人员"),
    "person_id": _("人员"),
    "unit": _("组织"),
    "unit_id": _("组织"),
    "parent_id": _("上级组织"),
    "department_id": _("科室"),
    "branch_id": _("党支部"),
    "user_id": _("账号"),
    "role": _("角色"),
    "tree": _("组织类别"),
    "version": _("版本"),
    "answer": _("回答"),
    "channel": _("渠道"),
    "digest": _("摘要"),
    "filename": _("文件名"),
    "tenant_id": _("所属单位"),
    "state": _("状态"),
    "superseded_at": _("被替代时间"),
    "closed_on": _("撤销日期"),
}

VALUES: dict[str, dict[str, labels.Words]] = {
    "kind": {**dict(FactKind.choices), **dict(TextKind.choices), **dict(DayKind.choices)},
    "value": {
        code: label
        for known in (PartyStatus, PositionType, EmploymentKind, DisciplineEffect)
        for code, label in known.choices
    },
    "tree": dict(Tree.choices),
    "answer": dict(Answer.choices),
}

labels.register(codes=CODES, tables=TABLES, facts=FACTS, values=VALUES)
