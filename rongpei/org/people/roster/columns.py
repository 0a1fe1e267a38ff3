"""The roster's columns: what they are called, what they hold, what a writer should know.

Source: shared/DOMAIN J (花名册), with 工号 as the hospital's own key and 用工性质 from K2.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

Kind = Literal["text", "date", "choice", "id_number", "phone", "unit"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the roster. `synonyms` are other titles understood; `limit` is the longest text in characters."""

    key: str
    title: str
    kind: Kind = "text"
    synonyms: tuple[str, ...] = ()
    required: bool = False
    help: str = ""
    limit: int = 200
    width: int = 12


_DATE_HELP = "写成 2019-05-12。只知道年月时写 2019-05，按 1 日读入。"


def _column(
    key: str,
    title: str,
    synonyms: str = "",
    *,
    kind: Kind = "text",
    required: bool = False,
    help: str = "",  # noqa: A002 - reads best at the call
    limit: int = 200,
    width: int = 12,
) -> Column:
    if kind == "date" and not help:
        help = _DATE_HELP  # noqa: A001
    return Column(key, title, kind, tuple(synonyms.split()), required, help, limit, width)


COLUMNS: Final[tuple[Column, ...]] = (
    _column(
        "staff_number",
        "工号",
        "工作证号 职工号 员工编号 职工编号 员工号 员工工号 职工工号 人员编号 工作编号",
        help="每人一个，不能重复。没有工号时必须填身份证号。",
        limit=30,
    ),
    _column(
        "name", "姓名", "名字 员工姓名 职工姓名 党员姓名 人员姓名", required=True, help="必填。", limit=50
    ),
    _column("sex", "性别", kind="choice", help="男、女。", width=7),
    _column("ethnicity", "民族", "民族成份 民族成分", limit=30, width=9),
    _column("native_place", "籍贯", "籍贯地 祖籍", limit=100, width=14),
    _column("born_on", "出生日期", "出生年月 出生年月日 出生时间 生日", kind="date"),
    _column(
        "id_number",
        "身份证号",
        "证件号码 身份证号码 公民身份号码 身份证 证件号 居民身份证号 居民身份证号码 公民身份证号",
        kind="id_number",
        help="18 位，请先把这一列设为文本。校验码会逐个核对。",
        limit=18,
        width=21,
    ),
    _column("education", "学历", "最高学历 文化程度 学历层次", limit=30, width=11),
    _column("degree", "学位", "最高学位", limit=30, width=9),
    _column(
        "school",
        "毕业院校及专业",
        "毕业院校 毕业学校 毕业院校与专业 毕业院校系及专业 毕业学校及专业",
        width=26,
    ),
    _column("work_started_on", "参加工作时间", "参加工作日期 参加工作年月 工作时间 参工时间", kind="date"),
    _column(
        "department",
        "科室",
        "部门 所在科室 所在部门 所属科室 所属部门 工作科室 科室名称 部门名称",
        kind="unit",
        help="写系统里的科室名称或简称。",
        limit=100,
        width=16,
    ),
    _column("post", "职务", "行政职务 现任职务 岗位职务", limit=100),
    _column("title", "职称", "专业技术职务 专业技术职称 技术职称 专业技术资格 现任职称", limit=100),
    _column(
        "position_type",
        "岗位类别",
        "岗位类型 人员岗位 岗位性质 岗位",
        kind="choice",
        help="医、护、技、药、管、工勤。",
    ),
    _column(
        "employment_kind",
        "用工性质",
        "用工形式 编制类型 人员性质 编制性质 聘用形式 用工类型 编制情况",
        kind="choice",
        help="编制、合同、派遣、规培、返聘、退休。",
    ),
    _column(
        "phone",
        "联系电话",
        "手机 手机号码 手机号 电话 联系方式 电话号码 移动电话",
        kind="phone",
        help="请先把这一列设为文本。",
        limit=30,
        width=15,
    ),
    _column(
        "branch",
        "党支部",
        "所在支部 所属党支部 所在党支部 所属支部 支部 支部名称 党支部名称 所在党组织",
        kind="unit",
        help="写系统里的党支部名称或简称。党员必填。",
        limit=100,
        width=18,
    ),
    _column(
        "party_group", "党小组", "所在党小组 所属党小组 小组", kind="unit", help="要先填党支部。", limit=100
    ),
    _column(
        "party_status",
        "人员类别",
        "政治面貌 党员类别 党员类型 人员类型",
        kind="choice",
        help="正式党员、预备党员、发展对象、入党积极分子、入党申请人、群众。共青团员按群众读入。",
    ),
    _column("joined_on", "入党时间", "入党日期 入党年月 加入党组织时间 加入党组织日期", kind="date"),
    _column(
        "converted_on", "转正时间", "转正日期 转为正式党员时间 转为正式党员日期 预备党员转正时间", kind="date"
    ),
    _column("party_post", "党内职务", "党务职务 党组织职务", limit=100),
    _column(
        "affiliated_on",
        "组织关系转入时间",
        "组织关系转入日期 转入时间 关系转入时间 转入日期",
        kind="date",
        width=16,
    ),
    _column("remarks", "备注", "说明 附注", help="请勿填写患者信息。", limit=1000, width=24),
)

BY_KEY: Final = {column.key: column for column in COLUMNS}
KEYS: Final = tuple(BY_KEY)
IGNORED_TITLES: Final = frozenset({"序号", "编号", "序", "行号", "错误"})

_HINT = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|（[^（）]*）")
_NOISE = re.compile(r"[\s*:：#_\-/、．.·•'\"“”]+")


@lru_cache(maxsize=2048)
def normal_title(title: str) -> str:
    """Return a column title without spaces, full-width forms, line breaks, asterisks and bracketed hints."""
    plain = unicodedata.normalize("NFKC", title)
    stripped = _NOISE.sub("", _HINT.sub("", plain))
    return stripped.removesuffix("必填").removesuffix("选填")


_TITLES: Final = {
    normal_title(name): column for column in COLUMNS for name in (column.title, *column.synonyms)
}


def column_for(title: str) -> Column | None:
    """Return the column that a title or one of its synonyms names, or None when it is unknown."""
    return _TITLES.get(normal_title(title))


def is_ignored(title: str) -> bool:
    """Tell whether a title is known and deliberately not read (序号 and the 错误 column of a marked workbook)."""
    return normal_title(title) in IGNORED_TITLES
