"""Finding what a page is about: only what the visitor may see is found, and one's own case is shown elsewhere."""

from django.db.models import QuerySet
from django.http import Http404

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.prepared import prepared_models
from rongpei.kernel.procedures.models import Case
from rongpei.org.access.codes import Role
from rongpei.org.access.doors import PageRequest
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.queries import cases_for
from rongpei.pipelines.membership.statutes import MEMBERSHIP

DESK = rules.READERS
DOERS = (Role.PARTY_OFFICE, Role.BRANCH_SECRETARY, Role.ORGANIZATION_OFFICER)


def case_of(request: PageRequest, pk: int) -> Case:
    """A case on the desk; the person concerned has a page of their own, and does not find this one."""
    for found in _on_desk(actor=request.visit, pk=pk):
        return found
    raise Http404


@prepared_models
def _on_desk(*, actor: Actor, pk: int) -> QuerySet[Case]:
    rows = cases_for(actor).select_related("person__place__department", "unit")
    return rows.filter(pk=pk).exclude(person_id=actor.person_id or 0)


def may_do(request: PageRequest, case: Case, step: str) -> bool:
    """Whether the visitor may do this step (empty: change the life of the case)."""
    return rules.may(actor=request.visit, case=case, unit=case.unit, person=case.person, step=step)


def step_or_404(code: str) -> str:
    """A step this procedure knows."""
    if code not in {step.code for step in MEMBERSHIP.steps}:
        raise Http404
    return code
