"""Membership cases as the asker may see them."""

from django.db.models import QuerySet

from rongpei.ground.accounts.actor import Actor
from rongpei.kernel.procedures.models import Case
from rongpei.pipelines.membership import rules


def cases_for(actor: Actor) -> QuerySet[Case]:
    """Cases the actor may see, the latest first."""
    rows = rules.visible_cases(actor).select_related("person", "unit")
    return rows.order_by("-reached_on", "-id")
