"""What people write down at each step, as data: pages make their forms of it, documents take their words from it.

Keys that the regulation judges are those of `casedata.FIELDS`; the others are kept with the record and never judged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rongpei.ground.ui.dates import day_full

Words = str | Promise
Kind = Literal["text", "lines", "date", "count", "flag", "choice", "people"]


@dataclass(frozen=True, slots=True)
class Told:
    """One thing told. `choices` are (stored value, words); a flag is stored as true or false."""

    key: str
    label: Words
    kind: Kind = "text"
    required: bool = False
    choices: Sequence[tuple[str, Words]] = ()
    hint: Words = ""


PLACE = Told("place", _("地点"))
NOTE = Told("note", _("说明"), "lines")
MINUTES = Told("minutes", _("会议记录摘要"), "lines")
_YES_NO = (("yes", _("同意")), ("no", _("不同意")))
_PASSED = (("yes", _("合格")), ("no", _("不合格")))
_BODIES = (
    ("party_committee", _("党委")), ("general_branch", _("党总支（只能审议）")), ("party_group", _("党组")),
    ("temporary_committee", _("临时党委")),
)  # fmt: skip
_CONCLUSIONS = (("qualified", _("合格")), ("unqualified", _("不合格")))
OUTCOMES = (("convert", _("按期转正")), ("extend", _("延长预备期")), ("cancel", _("取消预备党员资格")))

VOTES = (
    Told("present", _("实到"), "count", True, hint=_("到会有表决权的正式党员；线上参加的按党委规定计。")),
    Told("issued", _("发出票"), "count"),
    Told("returned", _("收回票"), "count"),
    Told("valid", _("有效票"), "count"),
    Told("yes", _("同意"), "count", True),
    Told("no", _("反对"), "count", True),
    Told("abstain", _("弃权"), "count", True),
    Told("written_yes", _("书面同意"), "count", hint=_("会前正式提交；计入票数，不计入到会人数。")),
    Told("written_no", _("书面反对"), "count"),
)
APPROVAL = (
    Told("approved", _("审批结果"), "choice", True, _YES_NO),
    Told("body", _("审批机关"), "choice", True, _BODIES),
    Told("reply_number", _("批复文号")),
    Told("extension_reason", _("超过三个月审批的原因")),
    Told("opinion", _("审批意见"), "lines"),
)

TOLD: dict[str, tuple[Told, ...]] = {
    "submit_application": (
        Told("written_on", _("申请书落款日期"), "date"),
        Told("paper_received", _("已收到本人签名的纸质申请书"), "flag", True),
        NOTE,
    ),
    "initial_talk": (
        Told("talker", _("谈话人"), required=True, hint=_("党支部书记、副书记或组织委员。")),
        PLACE,
        Told("summary", _("谈话情况"), "lines", True),
    ),
    "recommend_and_confirm_activist": (
        Told("recommended_by", _("推荐方式"), "choice", True, (
            ("members", _("党员推荐")), ("league", _("群团组织推优")), ("both", _("党员推荐和群团推优")))),
        Told("recommendation", _("推荐情况"), "lines"),
        MINUTES,
    ),
    "file_activist": (Told("reply_number", _("备案文号")), NOTE),
    "assign_mentors": (Told("mentors", _("培养联系人"), "people", True, hint=_("一至两名正式党员。")), NOTE),
    "cultivate_and_review": (
        Told("self_report", _("本人表现"), "lines"),
        Told("mentors_opinion", _("培养联系人意见"), "lines", True),
        Told("branch_opinion", _("党支部意见"), "lines", True),
    ),
    "propose_development_target": (
        Told("group_opinion", _("党小组意见"), "lines"),
        Told("mentors_opinion", _("培养联系人意见"), "lines", True),
        Told("members_opinion", _("党员意见"), "lines", True),
        Told("masses_opinion", _("群众意见"), "lines", True),
        MINUTES,
    ),
    "committee_consent_and_public_notice": (
        Told("approved", _("上级党委意见"), "choice", True, _YES_NO),
        Told("consented_on", _("党委同意日期"), "date"),
        Told("reply_number", _("批复文号")),
        Told("posted_on", _("公示张贴日期"), "date", hint=_("2026年5月11日起须公示，满五个工作日；张贴当天不算。")),
        Told("ended_on", _("公示期满日期"), "date"),
        Told("notice_place", _("公示地点")),
        Told("objections", _("公示异议和核查结果"), "lines", hint=_("没有异议就不填。")),
    ),
    "assign_introducers": (
        Told("introducers", _("入党介绍人"), "people", True, hint=_("两名正式党员，一般由培养联系人担任。")), NOTE,
    ),
    "political_review": (
        Told("conclusion", _("政治审查结论"), "choice", True, _CONCLUSIONS, _("材料另在“政审材料”中登记，只有有权的人能看。")),
        Told("reviewers", _("审查人")),
    ),
    "concentrated_training": (
        Told("passed", _("培训结果"), "choice", True, _PASSED, _("天数和学时取自学时台账，不用填。")),
        Told("certificate_number", _("结业证编号")),
    ),
    "branch_committee_review": (MINUTES,),
    "committee_pre_review": (
        Told("passed", _("预审结果"), "choice", True, _PASSED), Told("reply_number", _("预审文号")),
        Told("opinion", _("预审意见"), "lines"),
    ),
    "complete_admission_form": (
        Told("form_number", _("入党志愿书编号"), required=True),
        Told("introducers_opinion", _("介绍人意见"), "lines"),
    ),
    "branch_admission_meeting": (
        *VOTES, PLACE, Told("host", _("主持人")), Told("recorder", _("记录人")), Told("tellers", _("监票计票人")),
        Told("performance", _("主要表现"), "lines"), MINUTES,
    ),
    "pre_approval_talk": (
        Told("talker", _("谈话人"), required=True, hint=_("党委委员或组织员。")), Told("summary", _("谈话意见"), "lines", True),
    ),
    "committee_admission_approval": APPROVAL,
    "file_with_higher_org_dept": (Told("reply_number", _("备案文号")), NOTE),
    "assign_to_branch_and_group": (Told("group", _("编入的党小组")),),
    "oath_ceremony": (PLACE, Told("host", _("主持人")), Told("leader", _("领誓人"))),
    "probation_education": (
        Told("introducers_opinion", _("介绍人意见"), "lines", True), Told("branch_opinion", _("党支部意见"), "lines", True),
    ),
    "apply_conversion": (Told("body", _("转正申请"), "lines"), Told("paper_received", _("已收到本人签名的纸质申请书"), "flag")),
    "branch_conversion_meeting": (
        Told("outcome", _("讨论的决议"), "choice", True, OUTCOMES), *VOTES, PLACE, Told("host", _("主持人")),
        Told("recorder", _("记录人")), Told("tellers", _("监票计票人")), Told("performance", _("主要表现"), "lines"), MINUTES,
    ),
    "committee_conversion_approval": APPROVAL,
    "archive_materials": (Told("archive_place", _("存放处"), "choice", True, (
        ("personnel", _("本人人事档案")), ("party", _("党员档案")))), NOTE),
    "leave_unit": (Told("on_or_before", _("最迟离开日期"), "date", True), NOTE),
    "postpone_conversion": (Told("until", _("推迟到"), "date", True), NOTE),
    "extend_probation": (Told("months", _("延长的月数"), "count", True, hint=_("六至十二个月，只能延长一次。")), *VOTES, NOTE),
    "cancel_probation": (*VOTES, NOTE),
}  # fmt: skip
# Choices that are stored as true or false.
FLAGS = {"yes": True, "no": False}
# Acts that cannot be undone by sending the case back: the page asks twice.
GRAVE = (
    "branch_admission_meeting", "committee_admission_approval", "branch_conversion_meeting",
    "committee_conversion_approval", "archive_materials", "extend_probation", "cancel_probation",
)  # fmt: skip
EVENTS = ("leave_unit", "postpone_conversion", "extend_probation", "cancel_probation")


def told_of(step: str) -> tuple[Told, ...]:
    """What is told at a step; a note where nothing is declared."""
    return TOLD.get(step, (NOTE,))


def words_of(told: Told, value: Any, names: Mapping[int, str]) -> str:
    """One thing told, for people to read; `names` of people by id."""
    if told.kind == "people":
        return "、".join(names.get(row.get("person_id", 0), "") for row in value)
    if told.kind == "choice":
        flags = {True: "yes", False: "no"}
        key = flags[value] if isinstance(value, bool) else value
        return str(dict(told.choices).get(key, value))
    if told.kind == "date":
        return day_full(value if isinstance(value, date) else date.fromisoformat(value))
    return str(_("是")) if value is True else str(value)
