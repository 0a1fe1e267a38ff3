"""Roles given, and roles that come with an office."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rongpei.ground import clock
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.ui.listing import ChoiceFilter, Column, Filter, Listing, SearchFilter
from rongpei.ground.ui.marks import Link
from rongpei.org.access.codes import Role
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.queries import ENDED, appointments_for, giving, holdings_for, role_of_office
from rongpei.org.access.web.forms import OFFICE_ROLES
from rongpei.org.access.web.marks import STATES, state_mark
from rongpei.org.units.codes import Office
from rongpei.org.units.models import Unit

READERS = (Role.SECURITY_ADMIN, Role.AUDITOR)
_PERSON = ("person__name", "person__initials__startswith", "person__staff_number__startswith")


def _act(row: Any) -> Any:
    if row.state == ENDED or not row.may_end:
        return ""
    return Link(_("结束"), reverse("access:end", args=[row.pk]))


class _Roles(Listing):
    """What both lists share: the units to choose from are those that occur."""

    default_sort = "person"

    def units_used(self) -> list[tuple[str, str]]:
        actor: Actor = self.context["actor"]
        used = self.all_rows.order_by().values("unit_id")
        rows = Unit.objects.filter(tenant_id=actor.tenant_id, pk__in=used).order_by("tree", "path")
        return [(str(pk), name) for pk, name in rows.values_list("id", "name")]

    def get_filters(self) -> Sequence[Filter]:
        search = SearchFilter("q", _("姓名、拼音首字母或工号"), fields=_PERSON)
        units = ChoiceFilter("unit", _("组织"), self.units_used(), field="unit_id")
        return (search, *self.filters, units, ChoiceFilter("state", _("状态"), STATES))


class HoldingList(_Roles):
    """Roles given."""

    columns = (
        Column("person", _("姓名"), lambda row: row.person.name, sort="person__sort_key", main=True),
        Column("number", _("工号"), lambda row: row.person.staff_number),
        Column("role", _("角色"), lambda row: row.get_role_display(), sort="role", phone="second"),
        Column("unit", _("组织"), lambda row: row.unit.name, sort="unit__sort_key", phone="second", width=24),
        Column("starts_on", _("从"), sort="starts_on", kind="day"),
        Column("ends_on", _("到（不含）"), sort="ends_on", nulls_last=True, kind="day"),
        Column("state", _("状态"), lambda row: state_mark(row.state), phone="second"),
        Column("act", _("办理"), _act, phone="side", exported=False),
    )
    filters = (ChoiceFilter("role", _("角色"), Role.choices),)
    noun = _("授权")
    slug = "holdings"
    empty_text = _("给第一个人授权后，这里会列出他的角色、组织和期限。")

    def attach(self, rows: Sequence[Any]) -> None:
        """Whether the visitor may end it: the auditor only reads."""
        may = self.context["actor"].holds(Role.SECURITY_ADMIN)
        for row in rows:
            row.may_end = may


class OfficeList(_Roles):
    """Roles that come with an office; nobody gives or ends them here."""

    columns = (
        Column("person", _("姓名"), lambda row: row.person.name, sort="person__sort_key", main=True),
        Column("number", _("工号"), lambda row: row.person.staff_number),
        Column("office", _("职务"), lambda row: row.get_office_display(), sort="office", phone="second"),
        Column("unit", _("组织"), lambda row: row.unit.name, sort="unit__sort_key", phone="second", width=24),
        Column("role", _("随职务有的角色"), lambda row: role_of_office(row.office, row.unit.kind).label),
        Column("starts_on", _("任职"), sort="starts_on", kind="day"),
        Column("ends_on", _("免职"), sort="ends_on", nulls_last=True, kind="day"),
        Column("state", _("状态"), lambda row: state_mark(row.state), phone="side"),
    )
    filters = (
        ChoiceFilter("office", _("职务"), Office.choices),
        ChoiceFilter(
            "role", _("角色"), [(role.value, role.label) for role in OFFICE_ROLES],
            apply=lambda rows, role: rows.filter(giving(role)),
        ),
    )  # fmt: skip
    noun = _("随任职而来的角色")
    slug = "offices"
    empty_text = _("登记任职后，书记、委员、组长和科主任的角色会自动出现在这里。")


@door(*READERS)
def roles(request: PageRequest) -> HttpResponseBase:
    """Roles given in the own tenant."""
    rows = holdings_for(request.visit, clock.today())
    return HoldingList(request, rows, actor=request.visit).respond(
        "access/roles.html", {"tab": "roles", "may_grant": request.visit.holds(Role.SECURITY_ADMIN)}
    )


@door(*READERS)
def offices(request: PageRequest) -> HttpResponseBase:
    """Roles that follow an office."""
    rows = appointments_for(request.visit, clock.today())
    return OfficeList(request, rows, actor=request.visit).respond("access/offices.html", {"tab": "offices"})
