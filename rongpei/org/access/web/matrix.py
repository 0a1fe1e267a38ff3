"""The overview: which role may do what, and how many hold it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rongpei.ground import clock
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.ui import parts
from rongpei.ground.ui.marks import Link
from rongpei.org.access.codes import PRIVILEGED, SEPARATED, Role
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.queries import CURRENT, given_roles, office_roles
from rongpei.org.access.rules import roles_of
from rongpei.org.access.web.abilities import abilities
from rongpei.org.access.web.forms import OFFICE_ROLES
from rongpei.org.access.web.roles import READERS


@door(*READERS)
def matrix(request: PageRequest) -> HttpResponse:
    """Roles against abilities; every number leads to the names."""
    given, office = given_roles(request.visit, clock.today()), office_roles(request.visit, clock.today())
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
            parts.MatrixGroup([_row(role, _numbers(role, given, office)) for role in found], title)
            for title, found in groups
            if found
        ],
        last_head=_("现有人数"),
        label=_("角色和能做的事"),
    )
    missing = [str(role.label) for role in SEPARATED if role not in given]
    context = {"table": table, "abilities": abilities(), "missing": missing, "tab": "matrix"}
    return render(request, "access/matrix.html", context)


def _row(role: Role, numbers: SafeString) -> parts.MatrixRow:
    cells = [parts.Cell("✓", label=one.label) if role in one.roles else parts.Cell("") for one in abilities()]
    second = _("密码和动态口令") if role in PRIVILEGED else _("密码")
    return parts.MatrixRow(role.label, cells, second=second, last=numbers)


def _numbers(role: Role, given: dict[str, int], office: dict[str, int]) -> SafeString:
    """How many were given the role, and how many have it by an office; each a link to the names."""
    links = []
    if role in OFFICE_ROLES:
        url = f"{reverse('access:offices')}?role={role.value}&state={CURRENT}"
        links.append(Link(_("任职 %d 人") % office.get(role, 0), url))
    if role not in OFFICE_ROLES or given.get(role):
        url = f"{reverse('access:roles')}?role={role.value}&state={CURRENT}"
        links.append(Link(_("授权 %d 人") % given.get(role, 0), url))
    return format_html_join("，", "{}", ((link,) for link in links))
