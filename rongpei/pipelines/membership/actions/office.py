"""What the party office keeps: the plan of the year, and material of political reviews."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action
from rongpei.kernel.procedures.models import Case
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.models import OfficeDetails, ReviewMaterial, YearPlan


@action("membership.plan.set", may=rules.may_keep_rules)
def plan_year(
    *, actor: Actor, tenant_id: int, year: int, unit: Unit | None, places: int, document: str = ""
) -> YearPlan:
    """Set how many may be admitted in a year, of the tenant or of one branch.

    Refuses more in the branches together than the tenant has.
    """
    others = YearPlan.objects.filter(tenant_id=tenant_id, year=year)
    whole = places if unit is None else others.filter(unit=None).values_list("places", flat=True).first()
    branches = others.exclude(unit=None).exclude(unit=unit).values_list("places", flat=True)
    shared = sum(branches) + (places if unit is not None else 0)
    if whole is not None and shared > whole:
        raise Refused(
            _("各支部名额合计 %(shared)d 个，超过全院 %(whole)d 个。") % {"shared": shared, "whole": whole},
            remedy=_("请先调整全院名额或其他支部的名额。"),
        )
    plan, _made = YearPlan.objects.update_or_create(
        tenant_id=tenant_id, year=year, unit=unit, defaults={"places": places, "document": document}
    )
    return plan


@action("membership.review.kept", may=rules.may_keep_review, locks=("case",), about="case")
def keep_review_material(
    *, actor: Actor, case: Case, kind: str, obtained_on: date, body: str, today: date, now: datetime
) -> ReviewMaterial:
    """Keep a piece of political-review material; it is never changed."""
    if obtained_on > today:
        raise Refused(_("取得日期不能晚于今天。"))
    return ReviewMaterial.objects.create(
        tenant_id=case.tenant_id, case=case, kind=kind, obtained_on=obtained_on, body=body,
        recorded_by=actor.person_id, recorded_at=now,
    )  # fmt: skip


@action("membership.highly.set", may=rules.may_keep_rules)
def say_who_is_highly_educated(
    *, actor: Actor, tenant_id: int, titles: Sequence[str], degrees: Sequence[str]
) -> OfficeDetails:
    """Set the title levels and degrees of which any one makes a 高知.

    Refuses none at all: everybody would be left out.
    """
    if not titles and not degrees:
        raise Refused(_("至少选一项职称级别或学位。"))
    given = {"high_titles": sorted(titles), "high_degrees": sorted(degrees)}
    details, _made = OfficeDetails.objects.update_or_create(tenant_id=tenant_id, defaults=given)
    return details
