"""Invented content for the gallery: neutral people, places and dates."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from rongpei.ground.ui import marks, parts
from rongpei.ground.ui.listing import (
    BulkAct,
    ChoiceFilter,
    Column,
    FlagFilter,
    Listing,
    PeriodFilter,
    Rows,
    SearchFilter,
)

TODAY = date(2026, 6, 12)
_FAMILY = "周赵王林何唐邓沈蒋钱韩贺邱葛梅戴顾石江陶"
_GIVEN = ("文静", "明远", "梓涵", "晓燕", "丽君", "立群", "佳", "梦洁", "志强", "国平", "雨桐", "思远")
_PLACES = ("东楼一组", "东楼二组", "西楼组", "夜班组")


@dataclass(frozen=True)
class SamplePerson:
    """A row of the sample list."""

    pk: int
    name: str
    place: str
    joined_on: date | None
    hours: Decimal
    quota: int

    @property
    def behind(self) -> bool:
        return self.hours < Decimal("14.3")


def people(number: int = 63) -> list[SamplePerson]:
    """The same people at every call."""
    return [
        SamplePerson(
            pk=at + 1,
            name=_FAMILY[at % len(_FAMILY)] + _GIVEN[(at * 5) % len(_GIVEN)],
            place=_PLACES[at % len(_PLACES)],
            joined_on=None if at % 11 == 10 else date(2005, 1, 9) + timedelta(days=97 * at % 7600),
            hours=Decimal((at * 7) % 64) / 2,
            quota=56 if at % 9 == 0 else 32,
        )
        for at in range(number)
    ]


def _standing(row: SamplePerson) -> marks.Status:
    return marks.Status("warn", _("落后")) if row.behind else marks.Status("ok", _("正常"))


def _measure(row: SamplePerson) -> marks.Measure:
    label = f"{row.name} {marks.hours(row.hours)} / {row.quota}"
    return marks.Measure(row.hours, row.quota, "warn" if row.behind else "", label)


class SampleList(Listing):
    """A list with everything a list can have."""

    noun = _("人员")
    measure = _("人")
    default_sort = "-hours"
    per_page = 10
    columns = (
        Column("name", _("姓名"), sort="name", main=True, link=lambda row: f"#person-{row.pk}"),
        Column("place", _("小组"), sort="place", phone="second"),
        Column("joined_on", _("加入时间"), sort="joined_on", kind="day", nulls_last=True, phone="second"),
        Column("hours", _("本年时长"), value=_measure, sort="hours", export=lambda row: row.hours, width=10),
        Column("standing", _("进度"), value=_standing, phone="side"),
    )
    filters = (
        SearchFilter("q", _("姓名"), apply=lambda rows, text: rows.where(lambda row: text in row.name)),
        ChoiceFilter(
            "place",
            _("小组"),
            choices=[(name, name) for name in _PLACES],
            apply=lambda rows, place: rows.where(lambda row: row.place == place),
        ),
        FlagFilter("behind", _("只看落后"), apply=lambda rows, _on: rows.where(lambda row: row.behind)),
        PeriodFilter(
            "joined",
            _("加入时间"),
            apply=lambda rows, span: rows.where(lambda row: _inside(row, span)),
            more=True,
        ),
    )
    acts = (
        BulkAct(_("发提醒"), "/ui/list/", "bell", confirm=_("给所选的人发提醒")),
        BulkAct(_("导出所选"), "/ui/list/", "download"),
    )


def _inside(row: SamplePerson, span: tuple[date | None, date | None]) -> bool:
    first, last = span
    joined = row.joined_on
    return joined is not None and (first is None or joined >= first) and (last is None or joined <= last)


def sample_rows() -> Rows:
    return Rows(people())


TODOS = [
    parts.Todo(
        _("补记 5月的会议"),
        date(2026, 5, 31),
        _("一般每月一次，5月没有记录，可以补录。"),
        parts.Law(_("《工作条例》第十二条"), "#"),
        "#",
        _("补录"),
    ),
    parts.Todo(
        _("16:30 的大会"),
        TODAY,
        _("须在 6月18日前开会。"),
        parts.Law(_("《细则》第十九条"), "#"),
        "#",
        _("打开"),
        primary=True,
        time="16:30",
    ),
    parts.Todo(
        _("确认 6月10日的签到"),
        date(2026, 6, 15),
        _("3 人到场但没扫码，确认后才会计入。"),
        None,
        "#",
        _("去确认"),
    ),
    parts.Todo(
        _("请写一份小结"), date(2026, 6, 21), _("建议提前一至两周提交。"), None, "#", tag=_("本地惯例")
    ),
    parts.Todo(_("半年盘点"), date(2026, 7, 13), _("下个月的事，也先列在这里。"), None, "#", _("看一看")),
]
ENTRIES = [
    parts.Entry(_("岗位练兵"), _("6月10日，实操，到场"), "flag", measure="+2.0 学时"),
    parts.Entry(
        _("更正：线上课程"),
        _("5月22日，原记 1.5，实际学完 1 讲，冲销后重记"),
        "arrow-back-up",
        "bad",
        "−1.0 学时",
        link_text=_("看原记录和更正理由"),
        link_url="#",
    ),
    parts.Entry(_("年度表扬"), _("5月12日"), "award", "gold"),
    parts.Entry(_("听讲座"), _("5月8日，听讲"), "school", measure="+1.5 学时"),
]
STEPS = [
    parts.Step(_("上传文件"), _("已识别 24 列"), "ok"),
    parts.Step(_("核对列名"), _("3 列用了别名"), "ok"),
    parts.Step(_("检查并预览"), _("5 处错误待改"), "now"),
    parts.Step(_("导入"), _("可整批撤销")),
]
KPIS = [
    parts.Kpi(_("今日记录"), "4,318", _("条"), _("比昨天多 12 条"), "#"),
    parts.Kpi(_("今日拒绝"), "27", _("条"), _("3 人超过 5 次"), "#", "red"),
    parts.Kpi(_("查阅"), "12", _("次"), _("均有理由"), "#"),
    parts.Kpi(_("尚未封存"), "9", _("条"), _("约 4 秒内封存")),
]
DAYS = [
    parts.CalendarDay(date(2026, 6, 3), "#", "done", label=_("已办一件")),
    parts.CalendarDay(TODAY, "#", "plan", label=_("今天，大会")),
    parts.CalendarDay(date(2026, 6, 18), "#", "due", label=_("期限")),
    parts.CalendarDay(date(2026, 6, 19), rest=True),
    parts.CalendarDay(date(2026, 6, 20), "#", "due", rest=True, label=_("期限")),
    parts.CalendarDay(date(2026, 6, 21), rest=True),
    parts.CalendarDay(date(2026, 6, 26), "#", "plan", label=_("讲座")),
]


def matrix() -> parts.Matrix:
    """Two groups of units over six months."""

    def row(name: str, head: str, cells: list[parts.Cell], share: int) -> parts.MatrixRow:
        label = f"{name} {share}%"
        side = format_html(
            '<div class="pb">{}{}%</div>', marks.bar(share, 100, "warn" if share < 70 else "", label), share
        )
        return parts.MatrixRow(name, cells, head, "#", side)

    fine = [parts.Cell(f"{number}%") for number in (86, 91, 92, 95, 93)]
    missing = parts.Cell(_("未开展"), "missing", "#", _("2月未开展"))
    return parts.Matrix(
        head=_("小组"),
        second_head=_("负责人"),
        columns=[_("1月"), _("2月"), _("3月"), _("4月"), _("5月"), _("6月")],
        groups=[
            parts.MatrixGroup(
                [
                    row("东楼一组", "江志明", [*fine, parts.Cell("91%")], 81),
                    row("东楼二组", "顾晴", [fine[0], missing, *fine[2:], parts.Cell(_("18日"), "plan")], 58),
                ],
                _("东楼"),
                _("2 个小组"),
            ),
            parts.MatrixGroup(
                [row("西楼组", "陶冉", [fine[0], parts.Cell("81%", "low"), *fine[2:], fine[1]], 91)],
                _("西楼"),
            ),
        ],
        last_head=_("进度正常"),
        current=5,
        label=_("小组与月份"),
    )


CHARTS: dict[str, dict[str, Any]] = {
    "column": {
        "kind": "column",
        "x": ["1月", "2月", "3月", "4月", "5月", "6月"],
        "series": [{"name": "出勤率", "data": [91, 87, 94, 96, 92, 95]}],
        "min": 0,
        "max": 110,
        "noaxis": True,
        "suffix": "%",
    },
    "line": {
        "kind": "line",
        "x": ["1月", "2月", "3月", "4月", "5月", "6月"],
        "series": [
            {"name": "今年", "data": [2, 5, 9, 14, 18, 21]},
            {"name": "去年", "data": [1, 4, 7, 11, 15, 19], "dash": True},
        ],
        "min": 0,
        "legend": True,
    },
    "stacked": {
        "kind": "stacked",
        "x": ["东楼", "西楼"],
        "series": [
            {"name": "达标", "data": [30, 12]},
            {"name": "正常", "data": [22, 18], "ink": "#23201d"},
            {"name": "落后", "data": [6, 9], "ink": "#23201d"},
        ],
        "colors": ["#2f5d4c", "#a9c3b5", "#c2952f"],
    },
}
