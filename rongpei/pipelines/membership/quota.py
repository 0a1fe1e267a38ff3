"""Who was admitted outside the year's places: by a special document that says so, and that the case really needed."""

from collections.abc import Collection
from dataclasses import replace

from django.db.models import QuerySet

from rongpei.ground.clock.calendar import WorkCalendar
from rongpei.kernel.procedures.facts import Facts
from rongpei.kernel.procedures.findings import Judgement
from rongpei.kernel.procedures.judging import judge_acts
from rongpei.kernel.procedures.models import Case, Record
from rongpei.kernel.procedures.replaying import standing
from rongpei.pipelines.membership.casedata import read_data
from rongpei.pipelines.membership.models import SpecialRule
from rongpei.pipelines.membership.preparing import waiver_of
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.pipelines.membership.statutes.admission import MEETING


def exempt_ids(rows: QuerySet[Case], tenant_id: int, year: int) -> set[int]:
    """Of these cases, those admitted in a year that do not use one of its places.

    The meeting lies in the period of a document with `quota_exempt`, and without that document an act of the case
    would have been found at fault. One query without such a document, three with one.
    """
    documents = [
        one
        for one in SpecialRule.objects.filter(tenant_id=tenant_id).order_by("id")
        if one.valid_from.year <= year and (one.valid_to is None or one.valid_to.year >= year)
    ]
    if not any(one.quota_exempt for one in documents):
        return set()
    met = Record.objects.filter(
        case__in=rows.order_by().values("id"), step=MEETING, done_on__year=year, sound=True
    )
    held: dict[int, list[Record]] = {}
    records = Record.objects.filter(case__in=met.values("case")).order_by("case_id", "sequence")
    for record in records.select_related("case__person"):
        held.setdefault(record.case_id, []).append(record)
    calendar = WorkCalendar.load()
    return {pk for pk, own in held.items() if _needed(own, documents, calendar)}


def _needed(records: list[Record], documents: Collection[SpecialRule], calendar: WorkCalendar) -> bool:
    done = [one.done for one in standing(MEMBERSHIP, records, read_data)]
    meeting = next((one.on for one in reversed(done) if one.step == MEETING), None)
    person = records[0].case.person
    if meeting is None or person is None:
        return False
    whole = Facts(
        subject={"born_on": person.born_on}, waivers=tuple(waiver_of(one) for one in documents), calendar=calendar,
        complete=False,
    )  # fmt: skip
    with_all, _facts = judge_acts(MEMBERSHIP, whole, done)
    for one in documents:
        if one.quota_exempt and waiver_of(one).is_active(meeting):
            others = tuple(waiver_of(other) for other in documents if other is not one)
            without, _facts = judge_acts(MEMBERSHIP, replace(whole, waivers=others), done)
            if _faults(without) > _faults(with_all):
                return True
    return False


def _faults(judged: Collection[Judgement]) -> int:
    return sum(len(one.findings) for one in judged)
