"""What a person's page shows of the way into the party."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.prepared import prepared_models
from rongpei.kernel.procedures.models import Case
from rongpei.org.people.codes import MEMBERS
from rongpei.org.people.models import Person
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.codes import PROCEDURE, Outcome
from rongpei.pipelines.membership.queries import first_openings
from rongpei.pipelines.membership.statutes import MEMBERSHIP


def membership_panel(actor: Actor, person: Person, on: date) -> tuple[str, Mapping[str, Any]] | None:
    """Stage and next step for oneself and for those who read the case; two queries. The template and its context."""
    own = actor.person_id == person.pk
    case = next(iter(_newest_case(person_id=person.pk)), None)
    if case is None:
        if own and person.party_status not in MEMBERS:
            return "membership/panel_apply.html", {}
        return None
    if not own and not rules.may_see(actor, case):
        return None
    opening = first_openings([case.pk]).get(case.pk)
    stages = {stage.code: str(stage.label) for stage in MEMBERSHIP.stages}
    context = {
        "case": case, "own": own, "stage": stages.get(case.stage, ""),
        "outcome": dict(Outcome.choices).get(case.outcome, ""), "due_on": opening.due_on if opening else None,
        "next": str(MEMBERSHIP.step(opening.step).label) if opening else "",
        "link": _("看我的入党进程") if own else _("打开案卷"),
    }  # fmt: skip
    return "membership/panel.html", context


@prepared_models
def _newest_case(*, person_id: int) -> QuerySet[Case]:
    rows = Case.objects.filter(person_id=person_id, procedure=PROCEDURE).select_related("unit")
    return rows.order_by("-opened_on", "-id")[:1]
