"""The fictional tenants: sizes, trees and the numbers that their histories must show."""

from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Department:
    """A department: `work` is c clinical, n nursing, t technical, p pharmacy, o office, s support, r retired."""

    name: str
    work: str
    weight: int
    wards: int = 0


@dataclass(frozen=True, slots=True)
class Branch:
    """A party branch and the departments it covers."""

    name: str
    departments: tuple[Department, ...]


@dataclass(frozen=True, slots=True)
class General:
    """A general branch; one without a name stands for branches directly under the root."""

    name: str
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Hospital:
    """What one hospital must look like on the anchor date.

    behind: branches without a theme day for two months. meets_today: the branch whose theme day is on the anchor date.
    developed: (years, new members, 高知 among them). applied_last_year: doctors and nurses who applied in the
    calendar year before the anchor's. on_the_way: (activists, 高知 among them, 高知 applicants, targets, applicants).
    """

    code: str
    name: str
    staff: int
    members: int
    generals: tuple[General, ...]
    league: tuple[tuple[str, str], ...]
    developed: tuple[int, int, int]
    applied_last_year: int = 0
    on_the_way: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    leavers: int = 0
    leaving_members: int = 0
    behind: tuple[str, ...] = ()
    temporary: str = ""
    meets_today: str = ""
    largest: int = 46
    small_branches: tuple[str, ...] = field(default=())


def _branch(line: str) -> Branch:
    name, _, rest = line.partition(":")
    found = []
    for part in rest.split():
        label, code, *wards = part.split("/")
        found.append(Department(label, code[0], int(code[1:]), int(wards[0]) if wards else 0))
    return Branch(name.strip() + "党支部", tuple(found))


def _generals(text: str) -> tuple[General, ...]:
    found: list[tuple[str, list[Branch]]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("#"):
            found.append((line[1:].strip(), []))
        else:
            found[-1][1].append(_branch(line))
    return tuple(General(name, tuple(branches)) for name, branches in found)


AUTHORITY: Final = ("YTYG", "云汀市医院管理中心")
OPERATOR: Final = ("RPXY", "融培学苑运营中心")

INFECTIOUS: Final = Hospital(
    code="YTCR",
    name="云汀市传染病医院",
    staff=2600,
    members=560,
    developed=(3, 46, 30),
    applied_last_year=97,
    leavers=34,
    leaving_members=8,
    temporary="援乡医疗队临时党支部",
    meets_today="感染二科党支部",
    generals=_generals("""
    # 门诊医技党总支
    门诊: 门诊部/c5 发热门诊/c5
    急诊: 急诊科/c8/2
    检验: 检验科/t8 输血科/t2
    放射超声: 放射科/t6 超声科/t4
    药学: 药学部/p8
    中医: 中医科/c4 康复医学科/c3
    口腔眼耳: 口腔科/c3 眼科/c3 耳鼻咽喉科/c2
    # 感染专科党总支
    感染一科: 感染一科/c9/2
    感染二科: 感染二科/c9/2
    感染三科: 感染三科/c9/2
    肝病一科: 肝病一科/c9/2
    肝病二科: 肝病二科/c8/2
    结核科: 结核科/c9/2
    重症医学科: 重症医学科/c8/2
    # 综合临床党总支
    外科: 普通外科/c5/1 骨科/c4/1 泌尿外科/c3
    妇产: 妇科/c4/1 产科/c5/2
    儿科: 儿科/c7/2
    呼吸科: 呼吸与危重症医学科/c8/2
    手术麻醉: 麻醉科/c5 手术室/n5
    护理部: 护理部/n2 血液透析中心/n5 消毒供应中心/n3 内镜中心/n3
    # 机关后勤党总支
    党务人事: 党委办公室/o4 纪检监察室/o2 人事处/o4 宣传处/o3 团委/o1 工会/o2
    医务院感: 医务处/o4 院感管理处/o3 质量管理处/o2 病案统计室/o3 医保处/o3
    财务审计: 财务处/o6 审计处/o2
    后勤保卫: 后勤保障处/s6 保卫处/s4 信息中心/o4 医学装备处/o3
    科研教学: 科研处/o3 教育培训处/o3 感染病研究所/t3
    离退休: 离退休办公室/r1
    """),
    league=(
        ("门急诊团支部", "门诊医技党总支"),
        ("感染专科团支部", "感染专科党总支"),
        ("综合临床团支部", "综合临床党总支"),
        ("机关后勤团支部", "机关后勤党总支"),
    ),
)

GENERAL: Final = Hospital(
    code="YTZH",
    name="云汀市综合医院",
    staff=3200,
    members=610,
    developed=(2, 67, 26),
    on_the_way=(63, 16, 7, 14, 70),
    leavers=40,
    leaving_members=9,
    behind=("泌尿外科党支部", "康复医学科党支部", "后勤保障党支部"),
    generals=_generals("""
    # 内科党总支
    心血管内科: 心血管内科/c9/2
    呼吸内科: 呼吸内科/c8/2
    消化内科: 消化内科/c8/2
    神经内科: 神经内科/c9/2
    肾脏内分泌: 肾脏内科/c5/1 内分泌科/c5/1
    血液肿瘤: 血液科/c4/1 肿瘤科/c6/2
    老年医学科: 老年医学科/c6/1
    # 外科党总支
    普通外科: 普通外科/c9/2
    骨科: 骨科/c8/2
    神经外科: 神经外科/c6/1
    泌尿外科: 泌尿外科/c6/1
    心胸外科: 心脏外科/c4/1 胸外科/c4/1
    手术麻醉: 麻醉科/c6 手术室/n6
    # 专科与门急诊党总支
    妇产科: 妇科/c5/1 产科/c6/2
    儿科: 儿科/c8/2
    急诊重症: 急诊科/c7/1 重症医学科/c6/1
    门诊: 门诊部/c6 体检中心/c3
    康复医学科: 康复医学科/c5/1 中医科/c3
    感官口腔: 眼科/c4 耳鼻咽喉科/c4 口腔科/c4
    # 医技药学党总支
    检验病理: 检验科/t9 病理科/t3
    医学影像: 放射科/t8 超声科/t4 核医学科/t2
    药学: 药学部/p9
    护理: 护理部/n2 消毒供应中心/n3 血液净化中心/n4
    # 机关后勤党总支
    党群: 党委办公室/o4 纪检监察室/o2 宣传处/o3 团委/o1 工会/o2 人事处/o4
    医教科研: 医务处/o4 科研处/o3 教育培训处/o3 院感管理处/o2
    财务医保: 财务处/o6 审计处/o2 医保处/o3
    后勤保障: 后勤保障处/s7 保卫处/s4 信息中心/o4 医学装备处/o3
    离退休: 离退休办公室/r1
    """),
    league=(
        ("内科团支部", "内科党总支"),
        ("外科团支部", "外科党总支"),
        ("专科门急诊团支部", "专科与门急诊党总支"),
        ("医技药学团支部", "医技药学党总支"),
        ("机关后勤团支部", "机关后勤党总支"),
    ),
)

SMALL: Final = Hospital(
    code="YTXK",
    name="云汀市溪口医院",
    staff=180,
    members=40,
    developed=(3, 4, 0),
    on_the_way=(4, 1, 1, 1, 5),
    leavers=3,
    leaving_members=1,
    small_branches=("行政后勤联合党支部",),
    generals=_generals("""
    #
    内科: 内科/c6/1 全科医学科/c3
    外科: 外科/c5/1 妇产科/c3
    护理医技: 护理部/n4 检验科/t2 放射科/t2 药房/p2
    行政后勤联合: 综合办公室/o3 财务科/o2 后勤科/s2
    """),
    league=(("溪口医院团支部", ""),),
)

HOSPITALS: Final = (INFECTIOUS, GENERAL, SMALL)
