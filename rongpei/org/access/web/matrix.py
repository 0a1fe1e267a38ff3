"""The overview: which role may do what, and how many hold it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rongpei.ground import clock
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.ui import parts
from rongpei.ground.ui.marks import Link
from rongpei.org.access.codes import PRIVILEGED, SEPARATED, Role
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.queries import CURRENT, holders_by_role
from rongpei.org.access.rules import roles_of
from rongpei.org.access.web.abilities import abilities
from rongpei.org.access.web.forms import OFFICE_ROLES
from rongpei.org.access.web.roles import READERS


@door(*READERS)
def matrix(request: PageRequest) -> HttpResponse:
    """Roles against abilities; every number leads to the names."""
    holders = holders_by_role(request.visit, clock.today())
    roles = roles_of(Tenant.objects.get(pk=request.visit.tenant_id).kind)
    groups = (
        (_("三员"), [role for role in roles if role in SEPARATED]),
        (_("工作角色"), [role for role in roles if role not in (*SEPARATED, *OFFICE_ROLES)]),
        (_("随任职而来"), [role for role in roles if role in OFFICE_ROLES]),
    )
    table = parts.Matrix(
        head=_("角色"),
        second_head=_("登录"),
        columns=[one.short for one in abilities()],
        groups=[
            parts.MatrixGroup([_row(role, len(holders.get(role, ()))) for role in found], title)
            for title, found in groups
            if found
        ],
        last_head=_("现有人数"),
        label=_("角色和能做的事"),
    )
    return render(
        request, "access/matrix.html", {"table": table, "abilities": abilities(), "empty_roles": _empty(holders), "tab": "matrix"}
    )


def _row(role: Role, number: int) -> parts.MatrixRow:
    cells = [
        parts.Cell("✓", label=one.label) if role in one.roles else parts.Cell("") for one in abilities()
    ]
    second = _("动态口令") if role in PRIVILEGED else _("密码")
    return parts.MatrixRow(role.label, cells, second=second, last=Link(_("%d 人") % number, _list_url(role)))


def _list_url(role: Role) -> str:
    if role in OFFICE_ROLES:
        return f"{reverse('access:offices')}?state={CURRENT}"
    return f"{reverse('access:roles')}?role={role.value}&state={CURRENT}"


def _empty(holders: dict[str, set[int]]) -> list[str]:
    """Separate roles that nobody holds: a hospital without them cannot be administered."""
    return [str(role.label) for role in SEPARATED if not holders.get(role)]
