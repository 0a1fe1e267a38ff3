"""What a page of the desk repeats many times, drawn by hand: a template takes four times as long."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rongpei.ground.ui.addresses import address
from rongpei.ground.ui.dates import day, day_full, moment
from rongpei.ground.ui.marks import Status, icon, joined, markup
from rongpei.kernel.procedures.codes import RecordKind

if TYPE_CHECKING:
    from rongpei.pipelines.membership.queries import First
    from rongpei.pipelines.membership.web.board import Card
    from rongpei.pipelines.membership.web.caseview import StepRow
    from rongpei.pipelines.membership.web.history import Line

_KINDS = dict(RecordKind.choices)
_LEVELS = {"block": "rp-badc", "warn": "rp-warnc"}
_HERE, _GONE = markup(' aria-current="page"'), markup(' class="gone"')


def tabs(shown: Iterable[tuple[str, str, str, bool]]) -> SafeString:
    """Links of the desk: address, label, number in words or nothing, whether it is this page."""
    return joined(
        markup('<a href="{}"{}>{}{}</a>', url, _HERE if here else "", label, f" {number}" if number else "")
        for url, label, number, here in shown
    )


def card(one: "Card", today: date) -> SafeString:
    """A case on the board: name, branch, the step that waits and until when."""
    waits = ""
    if one.first is not None:
        due = _due(one.first, today)
        waits = markup('<span class="d-block rp-s mt-1">{}</span>{}', one.step_label, due)
    return markup(
        '<a class="ms-card" href="{}"><b>{}</b><span class="rp-s rp-2">{}</span>{}</a>',
        address("membership:case", one.pk), one.person or "", one.unit, waits,
    )  # fmt: skip


def _due(first: "First", today: date) -> SafeString:
    on = day(first.due_on, today)
    if first.due_on < today:
        return Status("bad" if first.by_rule else "warn", _("应在 %(on)s前") % {"on": on}, "clock").__html__()
    return markup('<span class="rp-xs rp-2">{}</span>', _("%(on)s前") % {"on": on})


def step(row: "StepRow") -> SafeString:
    """A step that is done or not reached, in one line."""
    if row.state == "ok":
        pin = markup('<span class="pin ok">{}</span>', icon("check"))
        label = markup('<b>{}</b><span class="visually-hidden">{}</span>', row.step.label, _("，已完成"))
    else:
        pin = markup('<span class="pin no">{}</span>', row.step.number)
        label = markup('<span class="rp-2">{}</span>', row.step.label)
    return markup(
        '<div class="ms-row{}">{}<span>{}</span><span class="e rp-s rp-2">{}</span></div>',
        "" if row.state else " todo", pin, label, _when(row),
    )  # fmt: skip


def _law(said: Mapping[str, Any]) -> str:
    """Where the rule of a finding stands."""
    article = said.get("article") or ""
    if not article:
        return ""
    return _("（第%(n)s条）") % {"n": article} if article.isdigit() else f"（{article}）"


def _when(row: "StepRow") -> SafeString:
    if row.last is None:
        return markup("{}", _("台账没有记载") if row.behind else row.actor)
    failed = "" if row.state == "ok" else markup("{} ", Status("warn", _("没有通过")))
    times = _("，共 %(n)d 次") % {"n": len(row.done)} if len(row.done) > 1 else ""
    return markup("{}{}{}", failed, day_full(row.last.on), times)


def line(one: "Line", *, case_id: int, may_run: bool) -> SafeString:
    """A record of the history: what, when, what was told and found, who wrote it down."""
    record = one.record
    told = reason = again = ""
    if one.told:
        pairs = joined(markup("<dt>{}</dt><dd>{}</dd>", label, _lines(words)) for label, words in one.told)
        told = markup('<dl class="dl rp-s mt-1">{}</dl>', pairs)
    if record.reason:
        reason = markup('<p class="rp-s ms-why">{}{}</p>', _("原因："), record.reason)
    found = joined(
        markup('<p class="rp-s {}">{}{}</p>', _LEVELS[said["level"]], said["message"], _law(said))
        for said in one.findings
    )
    if may_run and one.stands and record.step and record.kind != RecordKind.TRANSFERRED:
        url = reverse("membership:correct", args=[case_id, record.pk])
        again = markup(
            '　<a href="{}">{}<span class="visually-hidden">{}</span></a>', url, _("更正"), one.label
        )
    return markup(
        '<li{}><div class="ms-head">{}</div>{}{}{}<p class="rp-xs rp-2">{}{}</p></li>',
        "" if one.stands else _GONE, _head(one), told, reason, found, _written(one), again,
    )  # fmt: skip


def _lines(words: str) -> SafeString:
    first, *others = words.splitlines() or [""]
    return joined([first, *(markup("<br>{}", other) for other in others)])


def _head(one: "Line") -> SafeString:
    record = one.record
    kind = str(_KINDS[record.kind])
    marked = Status("line", kind) if one.label and record.kind != RecordKind.DONE else ""
    gone = "" if one.stands else Status("", _("不再有效"))
    on = day_full(record.done_on)
    return markup('<b>{}</b>{}{}<span class="e rp-s rp-2">{}</span>', one.label or kind, marked, gone, on)


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
