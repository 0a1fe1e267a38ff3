"""Invented titles, agendas, minutes and resolutions of meetings."""

import random
from datetime import date

from rongpei.activities.partydays.codes import MeetingKind

_READ, _TALK, _DRILL = "理论课堂", "研讨交流", "岗位练兵"
# Field, topic and form of the monthly theme day, by calendar month, three years in turn.
_TOPICS = {
    1: (("思想建设", "开年学习，立足岗位定目标", _READ), ("建章立制", "把去年的好做法写成规矩", _TALK), ("医院管理", "全年重点任务怎么落到科室", _TALK)),
    2: (("人文关怀", "节日值守，把温暖送到病床前", _TALK), ("思想建设", "初心从哪里来", _READ), ("服务保障", "春节前后的保障没有缝隙", _TALK)),
    3: (("服务保障", "便民一小步", _TALK), ("医疗救治", "疑难病例党员会诊", _DRILL), ("人文关怀", "倾听患者的一句话", _TALK)),
    4: (("院感防控", "手卫生与隔离，人人过关", _DRILL), ("思想建设", "读书分享：医者的底线", _READ), ("院感防控", "消毒隔离流程再走一遍", _DRILL)),
    5: (("人文关怀", "护理情，白衣心", _TALK), ("医院管理", "护理质量党员先行", _TALK), ("医疗救治", "护理急救技能比武", _DRILL)),
    6: (("医疗救治", "危重患者救治党员突击", _DRILL), ("思想建设", "重温入党志愿", _READ), ("服务保障", "雨季应急保障演练", _DRILL)),
    7: (("思想建设", "亮身份，担使命", _READ), ("思想建设", "讲一个身边党员的故事", _TALK), ("思想建设", "支部里的光荣榜", _TALK)),
    8: (("医疗救治", "医师的责任与本领", _READ), ("医院管理", "青年医师成长座谈", _TALK), ("建章立制", "从一份病历看质量", _TALK)),
    9: (("建章立制", "制度上墙更要上心", _READ), ("院感防控", "秋冬季呼吸道疾病防控准备", _DRILL), ("医院管理", "一线提问，职能部门答题", _TALK)),
    10: (("服务保障", "假期值守党员岗", _TALK), ("人文关怀", "给老党员的一封信", _TALK), ("医疗救治", "多学科联合查房", _DRILL)),
    11: (("院感防控", "穿脱防护用品", _DRILL), ("医疗救治", "冬季救治流程推演", _DRILL), ("院感防控", "医废管理找漏洞", _TALK)),
    12: (("医院管理", "晒成绩，找差距", _TALK), ("建章立制", "为明年提一条建议", _TALK), ("服务保障", "一年服务患者的实事清单", _TALK)),
}  # fmt: skip
_LECTURES = (
    "在急难险重任务中锤炼党性", "从院史看担当", "清正行医，廉洁从业", "怎样当好支部的明白人", "读懂党章中的义务与权利",
    "把群众路线走到病房里", "做政治过硬、业务精湛的医务人员", "学习党员教育管理的基本规矩", "纪律是防线也是保护", "传承与创新：一个学科的成长",
)  # fmt: skip
_OPENINGS = (
    "书记介绍了本次活动的安排，",
    "会前集体学习了近期文件摘要，",
    "主持人说明了议题，",
    "先通报了上月工作的落实情况，",
)
# What was said, and what was decided.
_THEME_BODIES = {
    _READ: (
        ("领学人讲解了“{topic}”的要点，三位同志结合岗位谈了体会。", ""),
        ("集体学习后围绕“{topic}”交流，青年党员先发言。", "请各党小组会后继续学习。"),
        ("观看资料片，围绕“{topic}”书写并分享学习心得。", "心得由宣传委员汇总。"),
    ),
    _TALK: (
        ("大家围绕“{topic}”逐一发言，有三位同志结合夜班经历谈了体会。", ""),
        ("分两组讨论“{topic}”，各组派代表汇报。", "形成改进意见两条，由支委跟进。"),
        ("结合科室近期的工作讨论“{topic}”，提出的问题由专人登记。", "问题清单一个月内答复。"),
    ),
    _DRILL: (
        ("先示范再练习，党员与青年职工结对完成“{topic}”的实操，人人过关。", ""),
        ("按预案进行“{topic}”，两名党员担任观察员，当场点评。", "梳理出三处需要改进的环节，由专人跟进。"),
    ),
}  # fmt: skip
_BODIES = {
    MeetingKind.MEMBERS: (
        ("审议了本季度支部工作小结，讨论了下季度学习安排。", "通过本季度支部工作小结。"),
        ("听取支委会工作报告，通报了党费收缴情况，党员提出意见四条。", "同意支委会工作报告，意见由支委逐条答复。"),
        ("讨论了入党积极分子的培养情况，培养联系人作了说明。", "同意下季度培养教育安排。"),
    ),
    MeetingKind.COMMITTEE: (
        ("研究了本月主题党日方案，明确了分工。", "同意本月主题党日方案。"),
        ("分析了党员思想动态，商定与两名同志谈心。", "同意谈心谈话安排。"),
        ("研究了积极分子考察意见，检查了学时完成情况。", "同意本季度考察意见。"),
        ("讨论了科室急难任务中的党员分工，安排了值守名单。", "同意值守名单。"),
    ),
    MeetingKind.LECTURE: (
        ("授课人结合本院工作讲了三个问题，课后有交流。", ""),
        ("授课人从身边事例讲起，大家就两个问题作了讨论。", ""),
    ),
    MeetingKind.LIFE: (
        ("通报了征求到的意见，支委和党员依次作了批评与自我批评，态度诚恳。", "形成整改清单五项，支委分工负责。"),
    ),
}  # fmt: skip
_CLOSINGS = (
    "书记作了小结。",
    "会后由宣传委员整理材料归档。",
    "请假的同志由组织委员安排补学。",
    "下次活动时间另行通知。",
)
LEAVE_REASONS = ("夜班", "夜班", "外出进修", "病假", "手术未结束", "会诊", "年休假", "外出开会")


def topic_of(on: date) -> tuple[str, str, str]:
    """Field, topic and form of the theme day of a month; the same in every branch of every hospital."""
    choices = _TOPICS[on.month]
    return choices[on.year % len(choices)]


def title_of(kind: MeetingKind, on: date, chance: random.Random) -> str:
    """What a meeting is called."""
    if kind == MeetingKind.THEME_DAY:
        return f"{on.month}月主题党日：{topic_of(on)[1]}"
    if kind == MeetingKind.LECTURE:
        return f"党课：{chance.choice(_LECTURES)}"
    if kind == MeetingKind.MEMBERS:
        return f"第{'一二三四'[(on.month - 1) // 3]}季度支部党员大会"
    return f"{on.month}月支委会" if kind == MeetingKind.COMMITTEE else f"{on.year - 1}年度组织生活会"


def agenda_of(kind: MeetingKind, on: date) -> str:
    """The agenda, one item a line."""
    field, topic, form = topic_of(on)
    lines = {
        MeetingKind.THEME_DAY: f"1. 学习近期文件摘要\n2. {form}：{topic}（{field}）\n3. 交纳党费，通报学时",
        MeetingKind.MEMBERS: "1. 支委会工作报告\n2. 讨论下季度安排\n3. 听取意见",
        MeetingKind.COMMITTEE: "1. 上月工作落实情况\n2. 本月主题党日方案\n3. 发展党员工作",
        MeetingKind.LECTURE: "1. 授课\n2. 讨论",
        MeetingKind.LIFE: "1. 通报征求意见情况\n2. 批评与自我批评\n3. 整改清单",
    }
    return lines[kind]


def minutes_of(kind: MeetingKind, on: date, chance: random.Random) -> tuple[str, str]:
    """Minutes and resolution, which belong together."""
    _, topic, form = topic_of(on)
    said, decided = chance.choice(_THEME_BODIES[form] if kind == MeetingKind.THEME_DAY else _BODIES[kind])
    return f"{chance.choice(_OPENINGS)}{said.format(topic=topic)}{chance.choice(_CLOSINGS)}", decided
