"""What a page of the desk repeats many times, drawn by hand: a template takes four times as long."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rongpei.ground.ui.addresses import address
from rongpei.ground.ui.dates import day, day_full, moment
from rongpei.ground.ui.marks import Status, icon, safely
from rongpei.kernel.procedures.codes import RecordKind

if TYPE_CHECKING:
    from rongpei.pipelines.membership.queries import First
    from rongpei.pipelines.membership.web.board import Card
    from rongpei.pipelines.membership.web.caseview import StepRow
    from rongpei.pipelines.membership.web.history import Line

_KINDS = dict(RecordKind.choices)
_LEVELS = {"block": "rp-badc", "warn": "rp-warnc"}


def card(one: "Card", today: date) -> SafeString:
    """A case on the board: name, branch, the step that waits and until when."""
    waits = ""
    if one.first is not None:
        waits = f'<span class="d-block rp-s mt-1">{safely(one.step_label)}</span>{_due(one.first, today)}'
    return mark_safe(  # noqa: S308 - every part went through `safely`
        f'<a class="ms-card" href="{address("membership:case", one.pk)}"><b>{safely(one.person or "")}</b>'
        f'<span class="rp-s rp-2">{safely(one.unit)}</span>{waits}</a>'
    )


def _due(first: "First", today: date) -> str:
    on = day(first.due_on, today)
    if first.due_on < today:
        return str(Status("bad" if first.by_rule else "warn", _("应在 %(on)s前") % {"on": on}, "clock"))
    return f'<span class="rp-xs rp-2">{safely(_("%(on)s前") % {"on": on})}</span>'


def step(row: "StepRow") -> SafeString:
    """A step that is done or not reached, in one line."""
    label = safely(row.step.label)
    if row.state == "ok":
        pin = f'<span class="pin ok">{icon("check")}</span>'
        label = f'<b>{label}</b><span class="visually-hidden">{safely(_("，已完成"))}</span>'
    else:
        pin, label = f'<span class="pin no">{row.step.number}</span>', f'<span class="rp-2">{label}</span>'
    return mark_safe(  # noqa: S308 - every part went through `safely`
        f'<div class="ms-row{"" if row.state else " todo"}">{pin}<span>{label}</span>'
        f'<span class="e rp-s rp-2">{_when(row)}</span></div>'
    )


def _law(said: Mapping[str, Any]) -> str:
    """Where the rule of a finding stands."""
    article = said.get("article") or ""
    if not article:
        return ""
    return _("（第%(n)s条）") % {"n": article} if article.isdigit() else f"（{article}）"


def _when(row: "StepRow") -> str:
    if row.last is None:
        return safely(_("台账没有记载") if row.behind else row.actor)
    failed = "" if row.state == "ok" else f"{Status('warn', _('没有通过'))} "
    times = _("，共 %(n)d 次") % {"n": len(row.done)} if len(row.done) > 1 else ""
    return f"{failed}{safely(day_full(row.last.on))}{safely(times)}"


def line(one: "Line", *, case_id: int, may_run: bool) -> SafeString:
    """A record of the history: what, when, what was told and found, who wrote it down."""
    record = one.record
    gone = "" if one.stands else ' class="gone"'
    told = "".join(f"<dt>{safely(label)}</dt><dd>{_lines(words)}</dd>" for label, words in one.told)
    if told:
        told = f'<dl class="dl rp-s mt-1">{told}</dl>'
    reason = (
        f'<p class="rp-s ms-why">{safely(_("原因："))}{safely(record.reason)}</p>' if record.reason else ""
    )
    found = "".join(
        f'<p class="rp-s {_LEVELS[said["level"]]}">{safely(said["message"])}{safely(_law(said))}</p>'
        for said in one.findings
    )
    again = ""
    if may_run and one.stands and record.step and record.kind != RecordKind.TRANSFERRED:
        hidden = f'<span class="visually-hidden">{safely(one.label)}</span>'
        url = reverse("membership:correct", args=[case_id, record.pk])
        again = f'　<a href="{url}">{safely(_("更正"))}{hidden}</a>'
    return mark_safe(  # noqa: S308 - every part went through `safely`
        f'<li{gone}><div class="ms-head">{_head(one)}</div>{told}{reason}{found}'
        f'<p class="rp-xs rp-2">{safely(_written(one))}{again}</p></li>'
    )


def _lines(words: str) -> str:
    return "<br>".join(safely(one) for one in words.splitlines())


def _head(one: "Line") -> str:
    record = one.record
    kind = str(_KINDS[record.kind])
    marked = str(Status("line", kind)) if one.label and record.kind != RecordKind.DONE else ""
    gone = "" if one.stands else str(Status("", _("不再有效")))
    on = safely(day_full(record.done_on))
    return f'<b>{safely(one.label or kind)}</b>{marked}{gone}<span class="e rp-s rp-2">{on}</span>'


def _written(one: "Line") -> str:
    """甲，6月12日 16:30 登记，按2026年《细则》，一支部."""
    record = one.record
    by = f"{one.by}，" if one.by else ""
    edition = _("，按%(edition)s年《细则》") % {"edition": record.edition} if record.edition else ""
    words = _("%(by)s%(when)s 登记%(edition)s，%(unit)s")
    return words % {
        "by": by,
        "when": moment(record.recorded_at),
        "edition": edition,
        "unit": record.unit.name,
    }
