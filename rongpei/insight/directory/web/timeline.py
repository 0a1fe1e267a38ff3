"""A growth record as months of timeline entries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.ui import parts
from rongpei.ground.ui.addresses import address
from rongpei.ground.ui.dates import day, month_full
from rongpei.ground.ui.marks import count, hours
from rongpei.insight.directory.links import addresses
from rongpei.insight.directory.queries.entries import Line, month_sums
from rongpei.kernel.ledger.kinds import kind_of
from rongpei.kernel.ledger.models import Entry
from rongpei.kernel.ledger.queries import Measures

HONOUR_ICON = "award"


@dataclass(frozen=True)
class MonthCard:
    """One month: its heading, the sums of the whole month, and the entries of this page."""

    title: str
    sums: str
    entries: Sequence[parts.Entry]


def month_cards(actor: Actor, person_id: int, entries: Sequence[Line]) -> list[MonthCard]:
    """Entries grouped by month in the order given (newest first); two queries."""
    if not entries:
        return []
    urls = addresses(actor, entries)
    sums = month_sums(person_id, entries[-1].occurred_on, entries[0].occurred_on)
    found: dict[date, list[parts.Entry]] = {}
    for entry in entries:
        found.setdefault(entry.occurred_on.replace(day=1), []).append(_shown(entry, urls))
    return [MonthCard(month_full(first), _sum_words(sums.get(first)), held) for first, held in found.items()]


def _shown(entry: Line, urls: Mapping[tuple[str, int], str]) -> parts.Entry:
    kind = kind_of(entry.kind)
    measure = measure_words(entry)
    if entry.reverses_id is not None:
        record = f"{address('directory:ledger')}?person={entry.person_id}&source={entry.source_kind}:{entry.source_id}"
        return parts.Entry(
            title=_("更正：%(what)s") % {"what": entry.source_label},
            text=_("%(on)s的这一笔已冲销，重新确认后另记") % {"on": day(entry.occurred_on)},
            icon="arrow-back-up", kind="bad", measure=measure, link_text=_("看原记录"), link_url=record,
        )  # fmt: skip
    return parts.Entry(
        title=entry.source_label,
        text=f"{day(entry.occurred_on)}，{kind.label}",
        icon=kind.icon,
        kind="gold" if kind.icon == HONOUR_ICON else "",
        measure=measure,
        url=urls.get((entry.source_kind, entry.source_id), ""),
    )


def measure_words(entry: Entry | Line) -> str:
    """+2.0 学时; several measures side by side, never added."""
    found = []
    if entry.class_hours:
        found.append(f"{_sign(entry.class_hours)}{hours(abs(entry.class_hours))} {_('学时')}")
    if entry.service_hours:
        found.append(f"{_sign(entry.service_hours)}{hours(abs(entry.service_hours))} {_('小时')}")
    if entry.person_times:
        found.append(f"{_sign(entry.person_times)}{count(abs(entry.person_times))} {_('人次')}")
    return "，".join(found)


def _sign(value: Decimal | int) -> str:
    return "+" if value > 0 else "−"


def _sum_words(sums: Measures | None) -> str:
    if sums is None:
        return ""
    words = []
    if sums.class_hours:
        words.append(_("学时 %s") % hours(sums.class_hours))
    if sums.service_hours:
        words.append(_("服务 %s 小时") % hours(sums.service_hours))
    if sums.person_times:
        words.append(_("%s 人次") % count(sums.person_times))
    return "，".join(words)
