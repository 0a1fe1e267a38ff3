"""What follows from cases that were told or taken back together: the effects of `effects`, for all of them at once."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rongpei.ground.accounts.actor import System
from rongpei.kernel.procedures.judging import stands
from rongpei.kernel.procedures.registry import Change
from rongpei.org.people.bulk import Fresh, mark_joinings, replace_facts
from rongpei.org.people.codes import FactKind
from rongpei.org.people.models import Fact
from rongpei.pipelines.membership.effects import helpers_of, statuses
from rongpei.pipelines.membership.models import Helper
from rongpei.pipelines.membership.statutes import MEMBERSHIP, terms
from rongpei.pipelines.membership.statutes.admission import APPROVAL, MEETING
from rongpei.pipelines.membership.statutes.probation import is_converted


def many_changed(changes: Sequence[Change]) -> None:
    """Bring statuses, joining days and helpers up to what stands in the cases; a few statements for all."""
    about = [change for change in changes if change.case.person_id is not None]
    if not about:
        return
    first, cases = about[0], [change.case.pk for change in about]
    given: dict[str, Any] = {"actor": System(first.case.tenant_id), "tenant_id": first.case.tenant_id}
    fresh = [
        Fresh(change.case.person_id or 0, status, day, f"membership:{change.case.pk}")
        for change in about
        for day, status in statuses(change.facts).items()
    ]
    there = Fact.objects.filter(
        person__in=[change.case.person_id for change in about], kind=FactKind.PARTY_STATUS,
        source__in=[f"membership:{pk}" for pk in cases], superseded_at=None,
    )  # fmt: skip
    replace_facts(
        kind=FactKind.PARTY_STATUS, fresh=fresh, withdrawn=list(there.values_list("pk", flat=True)), today=first.today,
        now=first.now, **given,
    )  # fmt: skip
    mark_joinings(joined={pk: days for change in about for pk, days in _joined(change)}, **given)
    Helper.objects.filter(case__in=cases).delete()
    Helper.objects.bulk_create(
        Helper(
            tenant_id=change.case.tenant_id, case=change.case, kind=kind, person_id=person_id, starts_on=on
        )
        for change in about
        for (kind, person_id), on in helpers_of(change.facts).items()
    )


def _joined(change: Change) -> Sequence[tuple[int, tuple[date | None, date | None]]]:
    meeting = change.facts.last(MEETING)
    if meeting is None or not stands(MEMBERSHIP, change.facts.last(APPROVAL)):
        return ()
    full = terms.probation_due_on(change.facts) if is_converted(change.facts) else None
    return [(change.case.person_id or 0, (meeting.on, full))]
