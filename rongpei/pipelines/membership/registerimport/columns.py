"""The columns of the register (DOMAIN J), in and out: what they are called, and which step each belongs to."""

from collections.abc import Sequence
from typing import Final

from rongpei.org.people.roster.columns import Column, Kind, normal_title
from rongpei.org.people.roster.headers import Book, Heading, check_once
from rongpei.org.people.roster.limits import RosterRefusedError

REVIEWS: Final = 6
REVIEW_KEYS: Final = tuple(f"review{number}_on" for number in range(1, REVIEWS + 1))
_DATE = "写成 2019-05-12。只知道年月时写 2019-05，按 1 日读入。"
_HELPER = "写姓名；有同名的写成“姓名（工号）”。"
_ROSTER = "以花名册为准，不导入。"
_DERIVED = "由系统算出，不导入。"


def _column(key: str, title: str, also: str = "", about: str = "", kind: Kind = "text", width: int = 14, limit: int = 60) -> Column:  # fmt: skip
    return Column(key, title, kind, tuple(also.split()), key in ("name", "applied_on"), about, limit, width)


def _day(key: str, title: str, also: str = "", about: str = "") -> Column:
    return _column(key, title, also, f"{about}{_DATE}", "date", 16)


# About the person: the roster says it better; shown in the book and read only to find the person and the branch.
_PERSON: Final = (
    _column("staff_number", "工号", "工作证号 职工号 员工编号 职工编号 人员编号", "工号、身份证号、出生日期至少填一项，用来认人。", width=12),
    _column("name", "姓名", "名字 人员姓名", "必填。", width=10, limit=50),
    _column("sex", "性别", about=_ROSTER, width=6),
    _column("ethnicity", "民族", about=_ROSTER, width=8),
    _day("born_on", "出生日期", "出生年月 出生年月日", "没有工号时用来认人。"),
    _column("education", "学历", about=_ROSTER),
    _column("degree", "学位", about=_ROSTER),
    _column("department", "科室", "部门 所在科室", _ROSTER, limit=100),
    _column("post", "职务", about=_ROSTER),
    _column("title", "职称", about=_ROSTER),
    _column("position_type", "岗位类别", about=_ROSTER),
    _column("branch", "党支部", "所在党支部 所属党支部 支部", "系统里党支部的名称或简称；不填时按花名册。", width=18, limit=100),
    _column("status", "人员类别", "政治面貌", _ROSTER),
)  # fmt: skip
_STEPS: Final = (
    _day("applied_on", "申请入党时间", "递交入党申请书时间 入党申请时间 申请时间 申请日期 递交申请书时间", "必填，收到本人签名的申请书的日期。"),
    _day("talked_on", "谈话时间", "派人谈话时间 谈话日期"),
    _column("talker", "谈话人"),
    _day("activist_on", "确定积极分子时间", "列为积极分子时间 确定入党积极分子时间 确定为积极分子时间"),
    _day("filed_on", "备案时间", "积极分子备案时间 上级党委备案时间"),
    _column("mentor1", "培养联系人1", "培养联系人", _HELPER),
    _column("mentor2", "培养联系人2", about=_HELPER),
    *(_day(key, f"第{number}次考察时间", f"考察时间{number}") for number, key in enumerate(REVIEW_KEYS, start=1)),
    _day("target_on", "确定发展对象时间", "支委会确定发展对象时间 拟列为发展对象时间"),
    _day("posted_on", "公示开始", "公示开始时间 公示张贴时间"),
    _day("ended_on", "公示期满", "公示结束 公示结束时间 公示期满时间"),
    _day("listed_on", "列为发展对象时间", "发展对象备案时间"),
    _day("reviewed_on", "政审时间", "政治审查时间"),
    _day("trained_on", "培训时间", "集中培训时间"),
    _column("hours", "培训学时", "集中培训学时 学时"),
    _day("pre_reviewed_on", "预审时间", "上级党委预审时间"),
    _column("introducer1", "入党介绍人1", "介绍人1 入党介绍人", _HELPER),
    _column("introducer2", "入党介绍人2", "介绍人2", _HELPER),
    _day("met_on", "支部大会时间", "接收大会时间 支部大会讨论时间 支部大会通过时间"),
    _column("eligible", "应到", "应到会人数 应到人数", "有表决权的正式党员。", width=8),
    _column("present", "实到", "实到会人数 实到人数", width=8),
    _column("yes", "赞成", "赞成票 同意 同意票", "含会前书面意见。", width=8),
    _day("approved_on", "审批时间", "党委审批时间 上级党委审批时间"),
    _day("sworn_on", "入党宣誓时间", "宣誓时间"),
    _day("expires_on", "预备期满", "预备期满时间 预备期止", "比支部大会晚一年以上时按延长预备期登记。"),
    _day("conversion_met_on", "转正大会时间", "讨论转正时间 转正支部大会时间"),
    _day("conversion_approved_on", "转正审批时间"),
    _day("converted_on", "转正时间", "转正日期 转为正式党员时间", "党龄起算的日期。"),
)  # fmt: skip
_ENDS: Final = (
    _column("highly", "高知", about=_DERIVED, width=6),
    _column("front", "一线", about=_DERIVED, width=6),
)
EXPORTED: Final = (*_PERSON, *_STEPS, *_ENDS)
STEP_KEYS: Final = tuple(column.key for column in _STEPS)
_ID: Final = _column(
    "id_number", "身份证号", "身份证号码 公民身份号码", "没有工号时可以填。", "id_number", 20
)
COLUMNS: Final = (*EXPORTED, _ID)
BY_KEY: Final = {column.key: column for column in COLUMNS}
NUMBER: Final = "序号"
_TITLES = {normal_title(name): column for column in COLUMNS for name in (column.title, *column.synonyms)}
_PASSED_OVER = frozenset({NUMBER, "编号", "序", "错误", "备注", "籍贯", "联系电话"})

# The step a column dates, and back: where a finding about a step is shown.
DATES: Final = {
    "submit_application": "applied_on", "initial_talk": "talked_on", "recommend_and_confirm_activist": "activist_on",
    "file_activist": "filed_on", "assign_mentors": "mentor1", "cultivate_and_review": "review1_on",
    "propose_development_target": "target_on", "committee_consent_and_public_notice": "listed_on",
    "assign_introducers": "introducer1", "political_review": "reviewed_on", "concentrated_training": "trained_on",
    "committee_pre_review": "pre_reviewed_on", "branch_admission_meeting": "met_on",
    "committee_admission_approval": "approved_on", "oath_ceremony": "sworn_on", "extend_probation": "expires_on",
    "branch_conversion_meeting": "conversion_met_on", "committee_conversion_approval": "conversion_approved_on",
}  # fmt: skip
# Numbered steps of which the register never speaks.
SILENT: Final = (
    "branch_committee_review", "complete_admission_form", "pre_approval_talk", "file_with_higher_org_dept",
    "assign_to_branch_and_group", "probation_education", "apply_conversion", "archive_materials",
)  # fmt: skip


def _check(headings: Sequence[Heading]) -> None:
    found = check_once(headings)
    for key in ("name", "applied_on"):
        if key not in found:
            raise RosterRefusedError(f"没有“{BY_KEY[key].title}”这一列。请补上后再上传，或下载空白模板。")
    if not found & {"staff_number", "id_number", "born_on"}:
        raise RosterRefusedError(
            "没有“工号”“身份证号”“出生日期”中的任何一列，分不清谁是谁。请至少补上一列，再上传一次。"
        )


BOOK: Final = Book(
    named=lambda title: _TITLES.get(normal_title(title)),
    ignored=lambda title: normal_title(title) in _PASSED_OVER,
    check=_check,
)
