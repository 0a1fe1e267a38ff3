"""What people call actions, tables and facts in the audit trail. Rooms above register theirs; a missing one shows its code."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

_codes: dict[str, Words] = {
    "insert": _("新增数据"),
    "update": _("修改数据"),
    "delete": _("删除数据"),
    "clock.holiday.added": _("登记节假日"),
    "clock.holiday.changed": _("修改节假日"),
    "clock.holiday.removed": _("删除节假日"),
    "clock.holidays.imported": _("导入年度节假日"),
    "files.file.stored": _("上传文件"),
    "files.file.viewed": _("查看文件"),
    "files.blob.deleted": _("删除文件"),
    "notices.notice.read": _("读消息"),
    "notices.inbox.read": _("全部标为已读"),
    "notices.batch.sent": _("发送通知"),
    "notices.batch.recalled": _("撤回通知"),
    "notices.delivery.claimed": _("领取发送任务"),
    "notices.delivery.recorded": _("登记发送结果"),
    "notices.delivery.closed": _("结束发送任务"),
    "audit.trail.viewed": _("查看审计记录"),
    "audit.trail.exported": _("导出审计记录"),
    "audit.chain.verified": _("校验封存链"),
}
_tables: dict[str, Words] = {
    "clock_holiday": _("节假日"),
    "accounts_user": _("账号"),
    "audit_event": _("审计记录"),
}
_facts: dict[str, Words] = {
    "kind": _("类别"),
    "name": _("名称"),
    "value": _("内容"),
    "on": _("日期"),
    "day_on": _("日期"),
    "starts_on": _("开始日期"),
    "ends_on": _("结束日期"),
    "year": _("年份"),
    "days": _("天数"),
    "count": _("数量"),
    "removed": _("去掉"),
    "flaws": _("问题"),
    "links": _("已封存"),
    "reason": _("原因"),
    "was": _("之前"),
    "filters": _("条件"),
}
_values: dict[str, dict[str, Words]] = {}


def register(
    *,
    codes: Mapping[str, Words] | None = None,
    tables: Mapping[str, Words] | None = None,
    facts: Mapping[str, Words] | None = None,
    values: Mapping[str, Mapping[str, Words]] | None = None,
) -> None:
    """Add the words of a room: its actions, tables, names of facts and codes that facts hold."""
    _codes.update(codes or {})
    _tables.update(tables or {})
    _facts.update(facts or {})
    for name, words in (values or {}).items():
        _values.setdefault(name, {}).update(words)


def label_of(code: str) -> str:
    """What an action is called; its code when nobody said."""
    return str(_codes.get(code, code))


def code_choices() -> list[tuple[str, str]]:
    """Every known action, for the filter."""
    return [(code, str(words)) for code, words in _codes.items()]


def table_label(table: str) -> str:
    """What the rows of a table are called."""
    return str(_tables.get(table, table))


def fact_label(name: str, table: str = "") -> str:
    """What a fact or a column is called: the registry, else the model's own word, else the name."""
    known = _facts.get(name)
    return str(known if known is not None else _columns(table).get(name, name))


def shown_value(name: str, value: Any, table: str = "") -> str:
    """A value as people read it: choices by their label, nothing as a dash."""
    if value in (None, "", {}, []):
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "，".join(f"{fact_label(key)}：{shown_value(key, one, table)}" for key, one in value.items())
    if isinstance(value, list):
        return "、".join(shown_value(name, one, table) for one in value)
    known = _choices(table).get((name, str(value)))
    return str(known if known is not None else _values.get(name, {}).get(str(value), value))


@cache
def _columns(table: str) -> dict[str, str]:
    return _of_model(table, lambda model: {
        field.column: str(field.verbose_name)
        for field in model._meta.concrete_fields
        if not str(field.verbose_name).isascii()
    })  # fmt: skip


@cache
def _choices(table: str) -> dict[tuple[str, str], str]:
    return _of_model(table, lambda model: {
        (field.column, str(code)): str(label)
        for field in model._meta.concrete_fields
        for code, label in field.flatchoices
    })  # fmt: skip


def _of_model(table: str, read: Callable[[type[models.Model]], dict[Any, str]]) -> dict[Any, str]:
    model = next((one for one in apps.get_models() if one._meta.db_table == table), None)
    return read(model) if model is not None else {}
