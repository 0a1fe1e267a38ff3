"""Taking over what an old book tells: many cases at once, and back again while nothing was recorded after them.

What happened before the house was kept here is recorded as it is told. It is judged by the edition in force on its
own day, and whatever would have blocked it warns: a book is history. The cases then go on like all others.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.ground.clock.calendar import WorkCalendar
from rongpei.ground.tenancy.bulk import insert_rows, next_ids
from rongpei.kernel.procedures import opening, recording, rules
from rongpei.kernel.procedures.codes import ASIDE, UNDONE, RecordKind, State
from rongpei.kernel.procedures.facts import Facts
from rongpei.kernel.procedures.findings import Judgement
from rongpei.kernel.procedures.judging import judge_told
from rongpei.kernel.procedures.models import Case, Opening, Record
from rongpei.kernel.procedures.registry import Change, History, registered

_CASE = (
    "id", "tenant_id", "procedure", "person_id", "unit_id", "state", "stage", "outcome", "opened_on", "reached_on",
    "ended_on", "records",
)  # fmt: skip
_RECORD = (
    "tenant_id", "case_id", "sequence", "kind", "step", "done_on", "data", "edition", "findings", "sound", "reason",
    "unit_id", "recorded_by", "recorded_at",
)  # fmt: skip
_OPENING = (
    "tenant_id", "case_id", "procedure", "step", "holder", "person_id", "unit_id", "opens_on", "due_on", "by_rule",
)  # fmt: skip


def facts_told(history: History, silent: Collection[str], calendar: WorkCalendar) -> Facts:
    """The facts before the first act of a history."""
    around = history.around
    return Facts(
        subject=around.subject, unit=around.unit, waivers=around.waivers, calendar=calendar, ours=True,
        silent=frozenset(silent),
    )  # fmt: skip


@action("procedures.histories.recorded", may=rules.may_tell)
def record_histories(
    *, actor: Actor, procedure: str, histories: Sequence[History], silent: Collection[str], today: date, now: datetime
) -> list[Case]:  # fmt: skip
    """Open a case for each history with everything it tells, in a few statements however many there are.

    silent: steps of which the book never speaks. Refuses a person who has an open case, a history without acts, and
    days that have not come.
    """
    if any(not one.acts or rules.is_future(max(act.on for act in one.acts), today) for one in histories):
        raise Refused(_("不能登记将来的日期，也不能登记没有内容的经历。"))
    calendar = WorkCalendar.load()
    ids = next_ids(Case, len(histories)) if histories else []
    kept = [_Kept.of(*one, procedure, silent, calendar) for one in zip(ids, histories, strict=True)]
    try:
        with transaction.atomic():
            insert_rows(Case, _CASE, ([getattr(one.case, name) for name in _CASE] for one in kept))
    except IntegrityError as trouble:
        raise Refused(
            _("有人已有正在办理的同一程序，没有登记任何人。"), remedy=_("请重新检查后再办。")
        ) from trouble
    records = [_records(one, actor, silent, now) for one in kept]
    insert_rows(Record, _RECORD, (_row(record) for rows in records for record in rows))
    insert_rows(Opening, _OPENING, (row for one in kept for row in one.openings()))
    changes = [
        Change(actor, one.case, rows[-1], one.facts, today, now)
        for one, rows in zip(kept, records, strict=True)
    ]
    _carry_out(procedure, changes)
    note(cases=len(kept), records=sum(map(len, records)))
    return [one.case for one in kept]


@action("procedures.histories.taken_back", may=rules.may_take_back)
def take_back_histories(
    *, actor: Actor, procedure: str, cases: Sequence[Case], reason: str, today: date, now: datetime
) -> int:
    """Put cases aside that were opened by `record_histories`, and undo what followed from them; how many.

    Their records stay, and say so; nobody's lists find them any more. Refuses when anything was recorded in one since.
    """
    ids = [one.pk for one in cases]
    locked = list(Case.objects.filter(pk__in=ids).select_for_update(of=("self",)).order_by("pk"))
    own = (RecordKind.OPENED, RecordKind.TOLD)
    later = Record.objects.filter(case__in=ids).exclude(kind__in=own).values("case").distinct().count()
    if later or len(locked) != len(ids):
        raise Refused(
            _("这批案卷里有 %(n)d 个后来又办了事，不能撤销。") % {"n": later},
            remedy=_("请在案卷里逐个更正或结束。"),
        )
    ended = [
        Record(
            tenant_id=one.tenant_id, case=one, sequence=one.records + 1, kind=RecordKind.ENDED, done_on=today,
            data={"outcome": UNDONE}, reason=reason[:500], unit_id=one.unit_id, recorded_by=actor.person_id,
            recorded_at=now,
        )
        for one in locked
    ]  # fmt: skip
    insert_rows(Record, _RECORD, map(_row, ended))
    Opening.objects.filter(case__in=ids).delete()
    Case.objects.filter(pk__in=ids).update(
        procedure=ASIDE + procedure,
        state=State.ENDED,
        outcome=UNDONE,
        ended_on=today,
        records=F("records") + 1,
    )
    _carry_out(procedure, [Change(actor, one.case, one, Facts(), today, now) for one in ended])
    note(cases=len(ids))
    return len(ids)


def _carry_out(procedure: str, changes: Sequence[Change]) -> None:
    known = registered(procedure)
    if known.many_changed is not None:
        known.many_changed(changes)
        return
    for change in changes:
        known.changed(change)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A case in the making."""

    case: Case
    history: History
    judgements: list[Judgement]
    facts: Facts

    @classmethod
    def of(
        cls, ident: int, history: History, procedure: str, silent: Collection[str], calendar: WorkCalendar
    ) -> "_Kept":
        declared = registered(procedure).procedure
        before = facts_told(history, silent, calendar)
        judgements = judge_told(declared, before, history.acts)
        facts = replace(before, done=tuple(replace(act, told=True) for act in history.acts))
        days = [act.on for act in history.acts]
        outcome = recording.ending(declared, facts)
        case = Case(
            id=ident, tenant_id=history.unit.tenant_id, procedure=procedure, person=history.person, unit=history.unit,
            state=(State.ENDED if outcome else State.OPEN).value, outcome=outcome, opened_on=days[0],
            reached_on=max(days), ended_on=max(days) if outcome else None, records=len(days) + 1,
        )  # fmt: skip
        case.stage = opening.stage(case, facts)
        return cls(case, history, judgements, facts)

    def openings(self) -> Iterator[list[Any]]:
        if self.case.state == State.OPEN:
            for row in opening.wanted(self.case, self.facts).values():
                yield [getattr(row, name) for name in _OPENING]


def _records(one: _Kept, actor: Actor, silent: Collection[str], now: datetime) -> list[Record]:
    case = one.case
    said: dict[str, Any] = {
        "tenant_id": case.tenant_id, "case": case, "unit_id": case.unit_id, "recorded_by": actor.person_id,
        "recorded_at": now,
    }  # fmt: skip
    opened = {"partial": True, "silent": sorted(silent)}
    found = [Record(sequence=1, kind=RecordKind.OPENED, done_on=case.opened_on, data=opened, **said)]
    told = zip(one.history.acts, one.judgements, one.history.sources, strict=True)
    for number, (act, judgement, source) in enumerate(told, start=2):
        found.append(
            Record(
                sequence=number, kind=RecordKind.TOLD, step=act.step, done_on=act.on, data=recording.plain(dict(act.data)),
                edition=judgement.edition, findings=[finding.as_json() for finding in judgement.findings],
                reason=source[:500], **said,
            )
        )  # fmt: skip
    return found


def _row(record: Record) -> list[Any]:
    values = {name: getattr(record, name) for name in _RECORD}
    as_text = {name: json.dumps(values[name], ensure_ascii=False) for name in ("data", "findings")}
    return list((values | as_text | {"kind": str(record.kind)}).values())
