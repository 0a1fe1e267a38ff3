"""What was put on the stage on the days a hospital keeps: titles by occasion and year, items, purposes and summaries."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """One item: kind, title, minutes, how many play, what they do, and of which position (any if empty)."""

    kind: str
    title: str
    minutes: int
    players: int
    part: str
    position: str = ""
    guest: str = ""


@dataclass(frozen=True, slots=True)
class Show:
    """A programme of one occasion; `titles` one a year, the newest first."""

    occasion: str
    titles: tuple[str, ...]
    place: str
    desk: tuple[str, ...]
    educations: tuple[str, ...]
    purpose: str
    numbers: tuple[Number, ...]
    summary: str
    crowd: int


SHOWS: tuple[Show, ...] = (
    Show(
        "nurses_day", ("把帽子戴正", "一盏灯，一双手", "接过这顶帽子"), "学术报告厅", ("护理部", "工会", "党委办公室"),
        ("ritual", "feeling", "vocation"),
        "新护士由带教老师授帽（仪式教育），老护士讲自己的第一个夜班（情感教育），现场比一次静脉输液和心肺复苏（职业教育）。",
        (
            Number("rite", "授帽", 20, 8, "受帽", "nurse", "退休护士长代表"), Number("reading", "朗读：给九十床的信", 6, 2, "朗读", "nurse"),
            Number("story", "讲述：我的第一个夜班", 8, 1, "讲述", "nurse"), Number("skill", "心肺复苏现场比试", 15, 4, "选手", "nurse"),
            Number("music", "合唱：灯还亮着", 5, 10, "合唱"),
        ),
        "授帽改由带教老师来授，台上台下都安静。操作比试当场指出两处不规范，已交护理部补训。下次把讲述放在前面。", 320,
    ),
    Show(
        "doctors_day", ("一封二十六年前的信", "我为什么学医", "听诊器里的声音"), "学术报告厅", ("医务处", "工会", "党委办公室"),
        ("ritual", "vocation"),
        "新医师宣誓（仪式教育），主任讲一次误诊和后来的改变，青年医师现场读片（职业教育）。",
        (
            Number("rite", "新医师宣誓", 12, 10, "宣誓", "doctor"), Number("reading", "朗读：病人的来信", 6, 1, "朗读", "doctor"),
            Number("story", "讲述：我错过的一次诊断", 10, 1, "讲述", "doctor"), Number("skill", "读片擂台", 25, 6, "选手", "doctor"),
        ),
        "讲误诊的一段反响最大，年轻医师追问了四十分钟。读片擂台的病例已整理进科室教学。", 260,
    ),
    Show(
        "party_day", ("没有灭的窗", "党员的一天", "向党旗报告"), "大礼堂", ("党委办公室", "党群工作部"),
        ("ritual", "feeling"),
        "重温入党誓词（仪式教育），讲三位老党员的一天（情感教育），诗词大会由各支部出题。",
        (
            Number("rite", "重温入党誓词", 8, 6, "领誓、护旗"), Number("poem", "诗词大会决赛", 30, 9, "选手"),
            Number("play", "情景剧：没有灭的窗", 14, 7, "演出"), Number("story", "讲述：三位老党员的一天", 12, 3, "讲述", "", "离休干部代表"),
            Number("music", "合唱", 6, 12, "合唱"),
        ),
        "各支部都有人登台。诗词题库留在党群工作部，明年接着用。值夜班的同志看了回放，意见是再短一些。", 420,
    ),
    Show(
        "youth_day", ("只说自己说过的话", "二十六个人的一天", "青年讲给青年听"), "多功能厅", ("团委", "工会", "党委办公室"),
        ("feeling", "vocation"),
        "青年职工写自己的一天，演自己的话（情感教育），并和带教老师结对（职业教育）。",
        (
            Number("play", "情景剧：一天", 18, 8, "演出"), Number("reading", "朗读：第一百期电台稿", 6, 2, "朗读"),
            Number("story", "讲述：数三下再接电话", 7, 1, "讲述", "doctor"), Number("rite", "师徒结对", 10, 8, "结对"),
        ),
        "没有请编剧，台词都是青年自己的话。结对的八对师徒，半年后回来讲一次。", 180,
    ),
)  # fmt: skip

COMING = Show(
    "other", ("迎新年朗读会：念给夜班的人",), "门诊大厅", ("工会", "党委办公室"), ("feeling",),
    "请夜班岗位的同志读自己写的一段话，全程直播给在岗的人听。",
    (Number("reading", "朗读：配电房的一夜", 5, 1, "朗读"), Number("poem", "诗：不能盖过呼叫铃", 4, 2, "朗诵"),
     Number("music", "合唱：看太阳", 5, 8, "合唱")),
    "", 0,
)  # fmt: skip

# What people wrote after an episode.
THOUGHTS = (
    "看到换班让椅子那一段，想起自己刚来时，也有人替我留过一盏灯。明天我提前十分钟到。",
    "以前觉得交接是写给检查的，看完明白是写给下一个人的。我把交接本上的缩写都改成了全称。",
    "病人记住的不是药名，是谁在夜里来过。这周查房我多留两分钟，听他们把话说完。",
    "那句“今天什么也不做，只陪三号床说话”，我准备用在带教第一天。",
    "数纱布那一集让我脸红，有一次我只在心里数。规矩是大家一起守的，要出声。",
    "我们科的白板也画了一棵树，出院一位添一片叶子，病人自己来贴。",
    "做后勤十几年，第一次看见配电房被写进片子。看完又去把应急灯检查了一遍。",
    "他把出院小结改到奶奶能看懂。我试着改了一份，删掉一半的字，家属没有再打电话来问。",
)
