"""Which tenants a member of one tenant works with."""

from django.core.cache import cache

from rongpei.ground.tenancy.codes import TenantKind
from rongpei.ground.tenancy.models import Tenant

_KEPT_SECONDS = 60


def tenant_of_code(code: str) -> Tenant | None:
    """The tenant with this sign-in code, whatever its case."""
    return Tenant.objects.filter(code__iexact=code.strip()).first()


def tenant_ids_within(tenant_id: int) -> tuple[int, ...]:
    """The tenant itself and, for an authority, the institutions under it (kept for a minute)."""
    key = f"tenant-ids-within:{tenant_id}"
    found: tuple[int, ...] | None = cache.get(key)
    if found is None:
        below = Tenant.objects.filter(parent_id=tenant_id, kind=TenantKind.INSTITUTION)
        found = (tenant_id, *below.order_by("id").values_list("id", flat=True))
        cache.set(key, found, _KEPT_SECONDS)
    return found
