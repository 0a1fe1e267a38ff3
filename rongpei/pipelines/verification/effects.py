"""What the kernel asks of verification, and what follows from a recorded step."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from rongpei.ground.clock.calendar import add_months
from rongpei.kernel.procedures.codes import State as CaseState
from rongpei.kernel.procedures.models import Case
from rongpei.kernel.procedures.registry import Around, Change
from rongpei.pipelines.verification.codes import Method, Outcome, Reason
from rongpei.pipelines.verification.models import Application, Credential
from rongpei.pipelines.verification.queries import policy_of, profession_on_record, tries_used


def around(case: Case, on: date) -> Around:
    """The tries that are left, and what the staff record says."""
    if case.person is None:
        return Around()
    left = policy_of(case.tenant_id).tries - tries_used(case.person.pk, on)
    return Around(subject={"tries_left": left, "profession_on_record": profession_on_record(case.person, on)})


def read(step: str, data: Any) -> dict[str, Any]:
    """Checked data of a step; ValueError with a sentence for anything else."""
    given = dict(data or {})
    sound = isinstance(given.get("passed"), bool) and set(given.get("reasons", [])) <= set(Reason)
    if step == "review" and not sound:
        raise ValueError(_("请选择通过，或选择不通过的原因。"))
    return given


def changed(change: Change) -> None:
    """A case that ended well gives a credential, once."""
    case = change.case
    if case.state != CaseState.ENDED or case.outcome != Outcome.VERIFIED or case.person is None:
        return
    by_record = change.facts.last("staff_record")
    application = Application.objects.get(case=case)
    starts = change.record.done_on
    Credential.objects.get_or_create(
        case=case,
        defaults={
            "tenant_id": case.tenant_id, "person": case.person, "starts_on": starts,
            "method": Method.STAFF_RECORD if by_record else Method.CERTIFICATE,
            "profession": by_record.data["profession"] if by_record else application.profession,
            "ends_on": add_months(starts, policy_of(case.tenant_id).valid_months),
        },
    )  # fmt: skip
