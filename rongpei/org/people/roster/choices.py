"""Words a roster uses for a closed set, the codes they mean, and levels derived from free text.

Source: shared/DOMAIN J (人员类别, 岗位类别, 高知), K2 (staff kinds).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Choice:
    """A closed set: `labels` maps code to the Chinese word written out; `words` maps every accepted word to its code."""

    labels: Mapping[str, str]
    words: Mapping[str, str]


def _choice(labels: dict[str, str], synonyms: dict[str, str]) -> Choice:
    words = {label: code for code, label in labels.items()}
    for code, listed in synonyms.items():
        words |= dict.fromkeys(listed.split(), code)
    return Choice(labels, words)


SEX: Final = _choice({"male": "男", "female": "女"}, {"male": "男性 M m 1", "female": "女性 F f 2"})

POSITION_TYPE: Final = _choice(
    {
        "doctor": "医",
        "nurse": "护",
        "technician": "技",
        "pharmacist": "药",
        "administration": "管",
        "support": "工勤",
    },
    {
        "doctor": "医师 医生 医疗 临床 医师岗 医生岗 医疗岗 临床医师",
        "nurse": "护理 护士 护理岗 护士岗",
        "technician": "医技 技师 技术 医技岗 技师岗 检验 技术岗",
        "pharmacist": "药师 药剂 药学 药师岗 药剂岗",
        "administration": "管理 行政 行政管理 管理岗 行政岗 职能 行政后勤",
        "support": "后勤 工勤岗 工人 工勤技能 后勤岗",
    },
)

EMPLOYMENT_KIND: Final = _choice(
    {
        "established": "编制",
        "contract": "合同",
        "dispatched": "派遣",
        "resident_training": "规培",
        "rehired": "返聘",
        "retired": "退休",
    },
    {
        "established": "在编 事业编制 事业编 编内 正式在编 在编在岗",
        "contract": "合同制 编外 聘用 编外聘用 合同聘用 备案制 人事代理",
        "dispatched": "劳务派遣 派遣制 第三方派遣",
        "resident_training": "规培生 住培 住院医师规范化培训 规范化培训 规培学员",
        "rehired": "退休返聘 返聘人员",
        "retired": "离退休 已退休 退休人员 离休",
    },
)

PARTY_STATUS: Final = _choice(
    {
        "full": "正式党员",
        "probationary": "预备党员",
        "development_target": "发展对象",
        "activist": "入党积极分子",
        "applicant": "入党申请人",
        "none": "群众",
    },
    {
        "full": "正式 党员 中共党员 中国共产党党员 中共正式党员",
        "probationary": "预备 中共预备党员 中国共产党预备党员",
        "development_target": "入党发展对象 重点发展对象",
        "activist": "积极分子",
        "applicant": "申请人 已申请入党 入党申请者",
        # League and democratic-party membership are facts of other trees: here they mean "not a member".
        "none": "共青团员 团员 普通群众 无 非党员 无党派 无党派人士 民主党派 民主党派成员 一般群众 非中共党员 "
        "民革党员 民盟盟员 民建会员 民进会员 农工党党员 致公党党员 九三学社社员 台盟盟员",
    },
)

CHOICES: Final[Mapping[str, Choice]] = {
    "sex": SEX,
    "position_type": POSITION_TYPE,
    "employment_kind": EMPLOYMENT_KIND,
    "party_status": PARTY_STATUS,
}

_SENIOR_ENDINGS: Final = ("教授", "研究员", "编审", "译审", "研究馆员", "正高级工程师", "教授级高级工程师")
_TITLE_WORDS: Final = ("医师", "护师", "技师", "药师", "护士", "中药师", "检验师", "技术师")
_ASSOCIATE_OTHERS: Final = ("高级工程师", "高级会计师", "高级统计师", "高级经济师", "高级政工师", "副编审")
_INTERMEDIATE_OTHERS: Final = (
    "讲师",
    "助理研究员",
    "工程师",
    "会计师",
    "经济师",
    "统计师",
    "审计师",
    "政工师",
    "馆员",
    "编辑",
)
_JUNIOR_OTHERS: Final = (
    "助教",
    "研究实习员",
    "技术员",
    "会计员",
    "医士",
    "药士",
    "技士",
    "助理馆员",
    "实习研究员",
)


@lru_cache(maxsize=4096)
def title_level(title: str) -> str:
    """Return the level of a professional title: senior (正高), associate (副高), intermediate, junior or none.

    Read from the title's words; unknown titles are `none`. Several titles joined by 、 or / count as the highest.
    """
    for mark in "/，,;；":
        title = title.replace(mark, "、")
    if "、" in title:
        order = ("senior", "associate", "intermediate", "junior", "none")
        return min((title_level(part) for part in title.split("、")), key=order.index)
    return _single_title_level(title.strip())


def _single_title_level(title: str) -> str:
    named = {"正高": "senior", "副高": "associate", "中级": "intermediate", "初级": "junior"}
    for word, level in named.items():
        if title.startswith(word) and "工程师" not in title:
            return level
    if title.startswith(("副主任", "副教授", "副研究", *_ASSOCIATE_OTHERS)):
        return "associate"
    if title.startswith(("主治", "主管")) or title in _INTERMEDIATE_OTHERS:
        return "intermediate"
    if title.startswith(("助理", "见习", "实习")) or title in _JUNIOR_OTHERS:
        return "junior"
    if title.startswith("主任") and title.endswith(_TITLE_WORDS):
        return "senior"
    if title.endswith(_SENIOR_ENDINGS):
        return "senior"
    return "junior" if title.endswith((*_TITLE_WORDS, "住院医")) else "none"


@lru_cache(maxsize=1024)
def degree_level(degree: str) -> str:
    """Return doctor, master, bachelor or none for the text of 学位, or of 学历 where it names one (博士研究生, 硕士).

    本科 alone is `none`: it is schooling, the degree may not have been given.
    """
    if "博士" in degree:  # 博士后 is work after the degree, so it is a doctor's too
        return "doctor"
    if "硕士" in degree or degree == "研究生":
        return "master"
    return "bachelor" if "学士" in degree else "none"
