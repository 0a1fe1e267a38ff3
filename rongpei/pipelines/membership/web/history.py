"""Everything ever recorded of a case, for people to read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from rongpei.kernel.procedures.codes import RecordKind
from rongpei.kernel.procedures.models import Record
from rongpei.kernel.procedures.replaying import ACTS, standing
from rongpei.pipelines.membership.casedata import read_data
from rongpei.pipelines.membership.codes import Outcome
from rongpei.pipelines.membership.queries import people_named
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.pipelines.membership.web import drawn
from rongpei.pipelines.membership.web.stepforms import shown_data


@dataclass(frozen=True)
class Line:
    """One record: what it says, who wrote it down, whether it still stands."""

    record: Record
    label: str
    by: str
    stands: bool
    told: list[tuple[str, str]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    may_run: bool = False

    def __html__(self) -> SafeString:
        return drawn.line(self, case_id=self.record.case_id, may_run=self.may_run)

    __str__ = __html__


def lines_of(records: Sequence[Record], *, reviewer: bool, may_run: bool = False) -> list[Line]:
    """All records of a case, the newest first; political review and discipline only for those entitled. One query."""
    standing_ids = {one.record_id for one in standing(MEMBERSHIP, records, read_data)}
    names = people_named(
        [record.data for record in records], beside=[record.recorded_by for record in records]
    )
    return [
        _line(record, names, record.pk in standing_ids, reviewer=reviewer, may_run=may_run)
        for record in reversed(records)
    ]


def _line(
    record: Record, names: dict[int, str], standing_now: bool, *, reviewer: bool, may_run: bool
) -> Line:
    label = str(MEMBERSHIP.step(record.step).label) if record.step else ""
    if record.kind == RecordKind.ENDED:
        outcomes = dict(Outcome.choices)
        label = str(outcomes.get(record.data.get("outcome", ""), ""))
    secret = record.step in ("political_review", "assign_introducers") and not reviewer
    told = (
        []
        if record.step == "political_review" and not reviewer
        else shown_data(record.step, record.data, names)
    )
    acted = record.kind in (*ACTS, RecordKind.CORRECTED)
    return Line(
        record, label, names.get(record.recorded_by or 0, ""), standing_now or not acted,
        told, [] if secret else record.findings, may_run,
    )  # fmt: skip
