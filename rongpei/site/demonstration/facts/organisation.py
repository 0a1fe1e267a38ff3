"""Party organisations as of a date."""

from datetime import date

from django.db.models import Q

from rongpei.ground.tenancy.models import Tenant
from rongpei.org.units.codes import Tree, UnitKind
from rongpei.org.units.models import Unit
from rongpei.site.demonstration.facts.figures import Figure


def organisation_section(tenant: Tenant, on: date) -> dict[str, Figure]:
    """Open general branches, branches, party groups and temporary branches."""
    kinds = {
        "general_branches": UnitKind.GENERAL_BRANCH,
        "branches": UnitKind.BRANCH,
        "party_groups": UnitKind.GROUP,
        "temporary_branches": UnitKind.TEMPORARY_BRANCH,
    }
    open_ones = Unit.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=on), tree=Tree.PARTY, opened_on__lte=on
    )
    rows = list(open_ones.order_by("path").values_list("kind", "id", "name"))
    found = {}
    for key, kind in kinds.items():
        lines = [{"id": ident, "name": name} for found_kind, ident, name in rows if found_kind == kind]
        found[key] = Figure(len(lines), lines)
    return found
