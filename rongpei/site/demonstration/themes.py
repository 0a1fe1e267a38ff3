"""Themes in the making: one a month for the whole hospital, with a kit; and the rule of hours."""

from datetime import date, timedelta
from typing import Any

from rongpei.activities.partydays.codes import Field, InquiryRole, MeetingKind, ThemeForm, ThemeState
from rongpei.activities.partydays.models import HoursRule, Theme
from rongpei.activities.partydays.standard import TEXTS
from rongpei.ground.clock.calendar import add_months, add_years
from rongpei.ground.tenancy.bulk import insert_rows, next_ids
from rongpei.kernel.gatherings.codes import Mode
from rongpei.site.demonstration.meetings import at
from rongpei.site.demonstration.programme import YEARS
from rongpei.site.demonstration.someone import House
from rongpei.site.demonstration.texts import agenda_of, topic_of

FIELDS = {str(field.label): field.value for field in Field}
FORMS = {str(form.label): form.value for form in ThemeForm}
_SLOGANS = ("亮身份，担使命", "一名党员一面旗", "把支部建在一线", "学在前，干在先")
# One quiz question a field, so that learning is seen beside liking.
QUIZ = {
    "思想建设": "主题党日一般多久一次？[单选]\n- 每月一次 *\n- 每季度一次\n- 每年一次",
    "医疗救治": "发现心跳呼吸停止，首先做什么？[单选]\n- 立即胸外按压并呼救 *\n- 先写记录\n- 等待会诊",
    "院感防控": "手卫生的时刻有几个？[单选]\n- 三个\n- 五个 *\n- 七个",
    "人文关怀": "告知坏消息时，先做什么？[单选]\n- 找安静的地方，请家属坐下 *\n- 在走廊里说完\n- 发短信",
    "建章立制": "支部委员会会议一般多久一次？[单选]\n- 每周一次\n- 每月一次 *\n- 每年一次",
    "服务保障": "停电时先保障哪里？[单选]\n- 手术室和重症病房 *\n- 会议室\n- 停车场",
    "医院管理": "不良事件应当怎样处理？[单选]\n- 主动上报，分析原因 *\n- 自己消化\n- 等人来问",
}


def after_text(on: date) -> str:
    """The survey after the theme day of a month, with its quiz."""
    return f"{TEXTS[InquiryRole.AFTER]}\n{QUIZ[topic_of(on)[0]]}"


def store_themes(house: House) -> dict[tuple[int, int], int]:
    """Store the themes of three years and of this month and the next; gives their ids by year and month."""
    months = [add_months(house.anchor.replace(day=1), offset) for offset in range(-YEARS * 12, 2)]
    ids = next_ids(Theme, len(months))
    columns = (
        "id", "tenant_id", "unit_id", "title", "slogan", "starts_on", "ends_on", "plan_by_on", "record_by_on", "fields",
        "forms", "mode", "brief", "kit_agenda", "kit_minutes", "kit_needs", "kit_after", "kit_change", "state",
        "issued_at", "created_at",
    )  # fmt: skip
    insert_rows(Theme, columns, (_row(house, ident, first) for ident, first in zip(ids, months, strict=True)))
    return {(first.year, first.month): ident for ident, first in zip(ids, months, strict=True)}


def _row(house: House, ident: int, first: date) -> tuple[Any, ...]:
    field, topic, form = topic_of(first)
    last = add_months(first, 1) - timedelta(days=1)
    state, issued = ThemeState.CLOSED, at(first - timedelta(days=6), 9)
    if last + timedelta(days=5) >= house.anchor:
        state = ThemeState.ISSUED
    # Next month's theme is given out when this month is nearly over, as its first meetings are planned then.
    if first > house.anchor and (house.anchor + timedelta(days=3)).month == house.anchor.month:
        state = ThemeState.DRAFT
    return (
        ident, house.tenant.pk, house.party_root.pk, f"{first.month}月主题：{topic}", _SLOGANS[first.month % len(_SLOGANS)],
        first, last, first + timedelta(days=6), last + timedelta(days=5), [FIELDS[field]], [FORMS[form]], Mode.ON_SITE,
        f"各支部结合岗位围绕“{topic}”开展，以{form}为主，注意照顾夜班和倒班的同志。",
        agenda_of(MeetingKind.THEME_DAY, first), 150, str(TEXTS[InquiryRole.NEEDS]), after_text(first),
        str(TEXTS[InquiryRole.CHANGE]), state, None if state == ThemeState.DRAFT else min(issued, at(house.anchor, 8)),
        min(at(first - timedelta(days=10), 9), at(house.anchor, 7)),
    )  # fmt: skip


def store_hours_rule(house: House) -> None:
    """The rule in force since before everything else."""
    HoursRule.objects.create(
        tenant=house.tenant, starts_on=add_years(house.anchor.replace(month=1, day=1), -YEARS),
        basis="本院党员教育培训学时管理办法", created_at=at(add_years(house.anchor, -YEARS), 9),
    )  # fmt: skip
