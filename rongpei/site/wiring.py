"""Where rooms are joined: ledger kinds, to-dos, file owners, addresses. Explicit, and in one place."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from rongpei.activities.columns import gate
from rongpei.activities.columns import labels as column_labels
from rongpei.activities.columns.codes import FILE_OWNER
from rongpei.activities.columns.registering import REGISTERED as EDITORIAL
from rongpei.activities.columns.rules import DESK, MODERATORS, files_changed_by, files_read_by
from rongpei.activities.columns.todos import desk_todos
from rongpei.activities.culture import codes as culture
from rongpei.activities.culture import events as week_events
from rongpei.activities.culture import labels as culture_labels
from rongpei.activities.culture.queries import (
    piece_events,
    programme_addresses,
    programme_events,
    study_addresses,
)
from rongpei.activities.culture.rules import KEEPERS as CULTURE_KEEPERS
from rongpei.activities.culture.todos import culture_asks, culture_todos, memorial_todos
from rongpei.activities.partydays.codes import (
    LEDGER_ATTENDED,
    LEDGER_MADE_UP,
    LEDGER_TAUGHT,
    MEETING_OWNER,
    SOURCE_MAKE_UP,
    THEME_OWNER,
)
from rongpei.activities.partydays.gaps import closing_of
from rongpei.activities.partydays.queries import make_up_addresses
from rongpei.activities.partydays.rules import (
    RUNNERS,
    may_change_files,
    may_change_theme_files,
    may_read_files,
    may_read_theme_files,
)
from rongpei.activities.partydays.todos import meeting_todos, own_asks, own_todos
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import labels
from rongpei.ground.files import owners
from rongpei.ground.notices import addresses, todos
from rongpei.insight.directory import links, panels
from rongpei.kernel.ledger import kinds
from rongpei.kernel.procedures import registry
from rongpei.kernel.procedures.todos import procedure_todos
from rongpei.org.access.rules import sees_party_status
from rongpei.org.access.web import abilities
from rongpei.org.people.models import Person
from rongpei.org.privacy import labels as privacy_labels
from rongpei.org.privacy.rules import OFFICE as PRIVACY_OFFICE
from rongpei.org.privacy.todos import privacy_asks, privacy_todos
from rongpei.pipelines.membership import files as membership_files
from rongpei.pipelines.membership.codes import LEDGER_TRAINING
from rongpei.pipelines.membership.panels import membership_panel
from rongpei.pipelines.membership.registering import REGISTERED as MEMBERSHIP
from rongpei.pipelines.membership.todos import membership_asks, membership_todos
from rongpei.pipelines.verification import labels as verification_labels
from rongpei.pipelines.verification import rules as verification_rules
from rongpei.pipelines.verification.asked import form_todos
from rongpei.pipelines.verification.codes import FILE_OWNER as CERTIFICATE_OWNER
from rongpei.pipelines.verification.registering import REGISTERED as VERIFICATION
from rongpei.pipelines.verification.registering import images_seen_by
from rongpei.pipelines.verification.standing import CLOSED, flow_url, stand_of
from rongpei.pipelines.verification.todos import review_todos
from rongpei.site.personal_data import register_personal_data
from rongpei.site.week_events import article_events, meeting_events

# What the auditor reads instead of codes.
_ACTION_WORDS = {
    "partydays.meeting.planned": _("安排会议"),
    "partydays.sign_in.done": _("签到"),
    "partydays.attendance.ticked": _("名单勾选"),
    "partydays.attendance.handed_over": _("同步离线名单"),
    "partydays.meeting.replanned": _("修改会议安排"),
    "partydays.place.asked": _("报名"),
    "partydays.place.given_back": _("取消报名"),
    "partydays.leave.asked": _("请假"),
    "partydays.leave.taken_back": _("撤回请假"),
    "partydays.observer.added": _("添加列席或授课人"),
    "partydays.people.chosen": _("选参加的人"),
    "partydays.guest.added": _("添加来宾"),
    "partydays.guest.removed": _("移除来宾"),
    "partydays.meeting.entered_later": _("补录会议"),
    "partydays.theme.set": _("编写主题"),
    "partydays.theme.issued": _("下发主题"),
    "partydays.theme.closed": _("结束主题"),
    "partydays.theme.reminded": _("提醒支部"),
    "partydays.theme.planned": _("按方案安排"),
    "partydays.inquiry.attached": _("发问卷"),
    "partydays.inquiry.rewritten": _("修改问卷"),
    "partydays.inquiry.answered": _("答问卷"),
    "partydays.inquiry.reminded": _("提醒答问卷"),
    "partydays.hours_rule.set": _("设学时规则"),
    "partydays.make_up.logged": _("登记补学"),
    "partydays.make_up.accepted": _("补学计学时"),
    "partydays.make_up.returned": _("退回补学"),
    "partydays.reflection.written": _("写心得"),
    "partydays.reflection.removed": _("删除心得"),
    "partydays.nomination.put_forward": _("推荐优秀主题党日"),
    "partydays.nomination.withdrawn": _("撤回推荐"),
    "partydays.minutes.recorded": _("填写会议记录"),
    "partydays.meeting.confirmed": _("确认会议"),
    "partydays.meeting.reopened": _("更正会议"),
    "partydays.meeting.cancelled": _("取消会议"),
    "procedures.case.opened": _("立案"),
    "procedures.step.done": _("办理步骤"),
    "procedures.case.returned": _("退回"),
    "procedures.record.corrected": _("更正"),
    "procedures.case.suspended": _("中止"),
    "procedures.case.resumed": _("恢复"),
    "procedures.case.transferred": _("转接"),
    "procedures.case.ended": _("结束"),
    "procedures.case.reopened": _("重新办理"),
    "procedures.histories.recorded": _("据台账补录案卷"),
    "procedures.histories.taken_back": _("撤销补录的案卷"),
    "procedures.deadlines.run": _("到期提醒"),
    "membership.rule.recorded": _("登记专项规定"),
    "membership.report.received": _("接收思想汇报"),
    "membership.training.entered": _("登记集中培训"),
    "membership.application.handed_in": _("提交入党申请"),
    "membership.application.received": _("收到入党申请"),
    "membership.application.withdrawn": _("撤回入党申请"),
    "membership.contact.opened": _("安排联系谈话"),
    "membership.contact.talked": _("登记联系谈话"),
    "membership.contact.closed": _("结束联系谈话"),
    "membership.kit.opened": _("准备支部大会"),
    "membership.kit.attended": _("登记到会名单"),
    "membership.kit.online_allowed": _("决定线上是否计入到会"),
    "membership.kit.counted": _("登记票数"),
    "membership.kit.settled": _("确认支部大会结果"),
    "membership.letter.issued": _("开出组织关系介绍信"),
    "membership.letter.received": _("收到组织关系回执"),
    "membership.letter.cancelled": _("作废组织关系介绍信"),
    "membership.plan.set": _("下达发展党员名额"),
    "membership.review.kept": _("登记政审材料"),
    "membership.review.viewed": _("查看政审材料"),
    "membership.list.exported": _("导出培养发展名单"),
    "membership.document.issued": _("编文号"),
    "membership.document.voided": _("作废文号"),
    "membership.document.scanned": _("附盖章扫描件"),
    "membership.document.printed": _("下载发展党员材料"),
    "membership.review.printed": _("下载政审表格"),
    "membership.series.named": _("设机关代字"),
    "membership.template.replaced": _("更换表格模板"),
    "membership.template.restored": _("换回平台模板"),
    "membership.register.uploaded": _("上传积极分子和发展对象册"),
    "membership.register.queued": _("开始导入积极分子和发展对象册"),
    "membership.register.imported": _("导入积极分子和发展对象册"),
    "membership.register.undone": _("撤销导入积极分子和发展对象册"),
    "membership.register.marked": _("登记积极分子和发展对象册的导入结果"),
    "membership.highly.set": _("设高知口径"),
    "membership.details.set": _("设表格里的本院信息"),
    "membership.books.received": _("登记领到的志愿书"),
    "membership.book.issued": _("发放志愿书"),
    "membership.book.closed": _("收回或报废志愿书"),
    "membership.book.scanned": _("附志愿书扫描件"),
}
_TABLE_WORDS = {
    "partydays_meeting": _("会议"),
    "gatherings_gathering": _("活动"),
    "gatherings_sitting": _("场次"),
    "gatherings_guest": _("来宾"),
    "procedures_case": _("案卷"),
    "membership_registerimport": _("积极分子和发展对象册的导入"),
    "membership_specialrule": _("专项规定"),
    "membership_helper": _("培养联系人和介绍人"),
    "partydays_theme": _("主题"),
    "partydays_hoursrule": _("学时规则"),
    "partydays_makeup": _("补学"),
    "partydays_reflection": _("心得"),
    "partydays_nomination": _("优秀主题党日推荐"),
    "papers_paper": _("问卷"),
    "membership_application": _("入党申请"),
    "membership_contact": _("联系谈话"),
    "membership_meetingkit": _("支部大会"),
    "membership_candidate": _("支部大会讨论的人"),
    "membership_relationletter": _("组织关系介绍信"),
    "membership_yearplan": _("发展党员名额"),
    "membership_series": _("文号"),
    "membership_issueddocument": _("编号公文"),
    "membership_officedetails": _("表格里的本院信息"),
    "membership_admissionbook": _("入党志愿书"),
}


def wire() -> None:
    """Join the rooms; called once when Django is ready."""
    kinds.register(
        kinds.Kind(LEDGER_ATTENDED, _("会议与党日"), "calendar-event"),
        kinds.Kind(LEDGER_TAUGHT, _("授课"), "chalkboard"),
        kinds.Kind(culture.LEDGER_STUDIED, _("学习文化作品"), "book"),
        kinds.Kind(culture.LEDGER_PERFORMED, _("参演文化活动"), "masks-theater"),
        kinds.Kind(LEDGER_TRAINING, _("发展对象集中培训"), "school"),
        kinds.Kind(LEDGER_MADE_UP, _("补学"), "book"),
    )
    register_personal_data()
    registry.register(MEMBERSHIP)
    registry.register(EDITORIAL)
    todos.register(meeting_todos)
    todos.register(procedure_todos)
    todos.register(membership_todos, membership_asks)
    todos.register(privacy_todos, privacy_asks)
    panels.register("membership", _("入党进程"), _membership_panel)
    todos.register(desk_todos)
    todos.register(memorial_todos)
    todos.register(culture_todos, culture_asks)
    for provider in (programme_events, piece_events, meeting_events, article_events):
        week_events.register(provider)
    owners.register(FILE_OWNER, files_read_by, files_changed_by)
    todos.register(own_todos, own_asks)
    owners.register(MEETING_OWNER, may_read_files, may_change_files)
    owners.register(THEME_OWNER, may_read_theme_files, may_change_theme_files)
    for kind, may_read, may_change in membership_files.OWNERS:
        owners.register(kind, may_read, may_change)
    panels.register("partydays.gap", _("补齐学时"), _gap_panel)
    links.register(SOURCE_MAKE_UP, make_up_addresses)
    links.register(culture.SOURCE_STUDY, study_addresses)
    links.register(culture.SOURCE_PROGRAMME, programme_addresses)
    addresses.register(_addresses)
    labels.register(codes=_ACTION_WORDS, tables=_TABLE_WORDS)
    labels.register(codes=column_labels.CODES, tables=column_labels.TABLES)
    labels.register(codes=culture_labels.CODES, tables=culture_labels.TABLES)
    labels.register(codes=privacy_labels.CODES, tables=privacy_labels.TABLES)
    abilities.register([abilities.Ability(_("办会议"), _("安排、记录、确认所管支部的会议"), RUNNERS)])
    abilities.register([abilities.Ability(_("编稿件"), _("编辑、终审专栏的稿件"), DESK)])
    abilities.register([abilities.Ability(_("办文化"), _("安排节日活动，管理作品和科普"), CULTURE_KEEPERS)])
    registry.register(VERIFICATION)
    gate.register(_passage)
    todos.register(review_todos)
    todos.register(form_todos)
    owners.register(CERTIFICATE_OWNER, images_seen_by, verification_rules.may_change_images)
    labels.register(codes=verification_labels.CODES, tables=verification_labels.TABLES)
    abilities.register(
        [abilities.Ability(_("审资格"), _("审核证书，作出认证结论"), verification_rules.REVIEWERS)]
    )
    abilities.register([abilities.Ability(_("办个人信息申请"), _("答复更正、删除等申请"), PRIVACY_OFFICE)])
    abilities.register([abilities.Ability(_("审评论"), _("审核评论，管理敏感词"), MODERATORS)])


def _passage(actor: Actor | None, on: date) -> gate.Passage:
    """Professional content is open to verified professionals; what is closed says why and leads on."""
    if actor is None:
        why = _(
            "文章涉及专业内容，只对通过认证的医疗卫生专业人士开放。请先登录；没有账号的，可以在登录页注册。"
        )
        return gate.Passage(False, _("这篇文章认证后可看"), why, "/accounts/login/", _("登录"))
    stand = stand_of(actor, on)
    if stand.verified:
        return gate.OPEN
    return gate.Passage(
        False, _("这篇文章认证后可看"), CLOSED[stand.where][0], flow_url(), CLOSED[stand.where][1]
    )


def _gap_panel(actor: Actor, person: Person, on: date) -> panels.Drawn | None:
    """What would close the gap to the year's hours, for oneself and those who read the branch."""
    closing = closing_of(person, on) if person.is_member and sees_party_status(actor, person) else None
    return panels.Drawn("partydays/_gap_panel.html", closing._asdict()) if closing else None


def _membership_panel(actor: Actor, person: Person, on: date) -> panels.Drawn | None:
    """The room stands below the person page, so it answers a plain pair."""
    drawn = membership_panel(actor, person, on)
    return panels.Drawn(*drawn) if drawn else None


def _addresses(reader_ids: Sequence[int], channel: str) -> dict[int, str]:
    """Where people are reached: what their own account says, never the roster's private numbers."""
    column = {"email": "user__email", "sms": "user__phone", "wecom": "user__number"}.get(channel)
    if column is None:
        return {}
    rows = Person.objects.filter(pk__in=reader_ids).exclude(user=None).values_list("pk", column)
    return {ident: address for ident, address in rows if address}
