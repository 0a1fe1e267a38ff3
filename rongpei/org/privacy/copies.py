"""The copy of one's own data (art. 45): plain values, then as JSON or as a workbook."""

import json
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.personal import Held, Subject, registry
from rongpei.ground.personal.copying import Copied, copy_of
from rongpei.ground.personal.erasing import Planned, plan_for
from rongpei.ground.ui.listing.sheet import LONGEST, sheet_name
from rongpei.ground.ui.marks import count
from rongpei.ground.ui.sending import unnamed_file
from rongpei.org.privacy.codes import COPY
from rongpei.org.privacy.queries import everywhere, readable_tables


def make(actor: Actor, subject: Subject, now: datetime) -> dict[str, Any]:
    """Everything handed over, in order, and what is not, with the reason."""
    kinds = _readable()
    with everywhere(actor):
        parts = [_part(one) for one in copy_of(subject, kinds)]
    return {
        "made_at": timezone.localtime(now).isoformat(timespec="seconds"),
        "article": str(COPY),
        "parts": parts,
        "withheld": [
            *({"title": str(one.title), "reason": str(one.withheld)} for one in kinds if one.withheld),
            *([] if len(kinds) == len(registry.everything()) else [_apart()]),
        ],
    }


def _apart() -> dict[str, str]:
    """What the copy made at the portal, run apart, says of everything kept inside the hospital."""
    return {
        "title": _("院内平台保存的内容"),
        "reason": _("门户不读取院内平台；有院内账号的，请在那里的“我的个人信息”下载。"),
    }


def _readable() -> list[Held]:
    tables = readable_tables()
    return [one for one in registry.everything() if one.table in tables]


def _part(one: Copied) -> dict[str, Any]:
    told = _("本副本只含最早的 %(n)s 条，另有 %(left)s 条；要全部内容，请提出“解释说明”申请，由单位补给。") % {
        "n": count(len(one.rows)), "left": count(one.left),
    }  # fmt: skip
    return {
        "title": str(one.held.title),
        "purpose": str(one.held.purpose),
        "sensitive": one.held.sensitive,
        "columns": [str(field.heading) for field in one.held.fields],
        "rows": one.rows,
        "left_out": one.left,
        "note": told if one.left else "",
    }


def overview(actor: Actor, subject: Subject, models: frozenset[str] | None = None) -> list[Planned]:
    """What is held, how many rows, and what erasure would do to each, of all kinds or of those given.

    Kinds without a row are left out, and those that are not handed over: that there is one is told by nobody.
    """
    kinds = [one for one in _readable() if not one.withheld and (models is None or one.model in models)]
    with everywhere(actor):
        return plan_for(subject, kinds)


def as_json(made: dict[str, Any]) -> bytes:
    """The copy for a machine: UTF-8, dates as in ISO 8601."""
    return json.dumps(made, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def as_workbook(made: dict[str, Any]) -> IO[bytes]:
    """The copy for a person: a sheet of contents, then one for each kind; every text is written as text."""
    target = unnamed_file()
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bottom": 1})
    cover = book.add_worksheet(_("目录"))
    cover.set_column(0, 0, 28)
    cover.set_column(1, 2, 40)
    lines = [[_("内容"), _("用途"), _("条数")]]
    lines += [
        [part["title"], part["purpose"], part["note"] or str(len(part["rows"]))] for part in made["parts"]
    ]
    lines += [[""] * 3, [_("不提供的内容"), _("原因"), ""]]
    lines += [[one["title"], one["reason"], ""] for one in made["withheld"]]
    for number, line in enumerate(lines):
        for at, text in enumerate(line):
            cover.write_string(number, at, text, bold if number == 0 else None)
    for number, part in enumerate(made["parts"], 1):
        sheet = book.add_worksheet(sheet_name(f"{number}.{part['title']}"))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(part["columns"]), 22)
        for at, heading in enumerate(part["columns"]):
            sheet.write_string(0, at, heading, bold)
        for line_number, row in enumerate(part["rows"], 1):
            for at, value in enumerate(row):
                sheet.write_string(line_number, at, _text(value))
    book.close()
    target.seek(0)
    return target


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return str(value)[:LONGEST]
