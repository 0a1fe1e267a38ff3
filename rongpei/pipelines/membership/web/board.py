"""The desk: people by stage, what is due, what is late, what can be taken further; and the whole list."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rongpei.ground import clock
from rongpei.kernel.procedures.codes import State
from rongpei.kernel.procedures.models import Case, Opening
from rongpei.org.access.codes import Role
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.rules import units_below
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.codes import PROCEDURE
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.pipelines.membership.web.lists import CaseList, OpeningList
from rongpei.pipelines.membership.web.reach import DESK, DOERS

_CARDS = 6
_REPEATING = tuple(step.code for step in MEMBERSHIP.steps if step.repeats)


@dataclass(frozen=True)
class Column:
    """One stage of the board."""

    label: str
    number: int
    cases: list[Case]
    url: str

    @property
    def rest(self) -> int:
        return self.number - len(self.cases)


def desk_cases(request: PageRequest) -> QuerySet[Case]:
    """Cases on the visitor's desk; one's own is elsewhere."""
    paths = request.visit.places(*DESK)
    rows = Case.objects.filter(tenant_id__in=request.visit.tenant_ids, procedure=PROCEDURE)
    if "/" not in paths:
        rows = rows.filter(unit__in=Unit.objects.filter(units_below(paths)).values("id"))
    return rows.exclude(person_id=request.visit.person_id or 0)


def desk_openings(request: PageRequest) -> QuerySet[Opening]:
    """Open steps of the cases on the visitor's desk."""
    paths = request.visit.places(*DESK)
    rows = Opening.objects.filter(tenant_id__in=request.visit.tenant_ids, procedure=PROCEDURE)
    if "/" not in paths:
        rows = rows.filter(unit__in=Unit.objects.filter(units_below(paths)).values("id"))
    return rows.exclude(person_id=request.visit.person_id or 0).select_related("person", "unit", "case")


def of_unit(request: PageRequest, rows: Any) -> Any:
    """Narrowed to one branch when the address names it (a drill-down)."""
    asked = request.GET.get("unit", "")
    return rows.filter(unit_id=int(asked)) if asked.isdigit() and len(asked) < 19 else rows


def month_end(on: date) -> date:
    """The first day of the next month."""
    return (on.replace(day=1) + timedelta(days=32)).replace(day=1)


TABS = ("board", "due", "late", "ready", "all")


@door(*DESK)
def board(request: PageRequest) -> HttpResponse:
    """The board by stage."""
    rows = desk_cases(request).filter(state=State.OPEN)
    numbers = dict(rows.order_by().values_list("stage").annotate(n=Count("pk")))
    columns = [
        Column(
            str(stage.label), numbers.get(stage.code, 0), _cards(rows, stage.code) if numbers.get(stage.code) else [],
            f"{reverse('membership:cases')}?{urlencode({'stage': stage.code})}",
        )
        for stage in MEMBERSHIP.stages
    ]  # fmt: skip
    context = {**head(request, "board"), "columns": columns, "total": sum(numbers.values())}
    return render(request, "membership/board.html", context)


def _cards(rows: QuerySet[Case], stage: str) -> list[Case]:
    """Those of one stage, the longest waiting first, with what is open of each; two queries."""
    found = list(
        rows.filter(stage=stage).select_related("person", "unit").order_by("reached_on", "id")[:_CARDS]
    )
    first: dict[int, Opening] = {}
    for opening in Opening.objects.filter(case__in=found).order_by("due_on", "id"):
        first.setdefault(opening.case_id, opening)
    for case in found:
        urgent = first.get(case.pk)
        case.opening = urgent  # type: ignore[attr-defined]
        case.step_label = str(MEMBERSHIP.step(urgent.step).label) if urgent else ""  # type: ignore[attr-defined]
    return found


def head(request: PageRequest, tab: str) -> dict[str, Any]:
    """What all pages of the desk show above: the tabs with their numbers."""
    today = clock.today()
    openings = desk_openings(request).order_by()
    numbers = {
        "due": openings.filter(due_on__gte=today, due_on__lt=month_end(today))[:1000].count(),
        "late": openings.filter(due_on__lt=today, by_rule=True)[:1000].count(),
    }
    names = {
        "board": _("看板"),
        "due": _("本月到期"),
        "late": _("逾期"),
        "ready": _("可以推进"),
        "all": _("全部案卷"),
    }
    urls = {"board": "membership:board", "due": "membership:due", "late": "membership:late",
            "ready": "membership:ready", "all": "membership:cases"}  # fmt: skip
    return {
        "today": today,
        "tab": tab,
        "tabs": [(reverse(urls[code]), names[code], numbers.get(code), code == tab) for code in TABS],
        "may_open": request.visit.holds(*DOERS),
        "is_office": request.visit.holds(Role.PARTY_OFFICE, Role.HOSPITAL_LEADER),
        "keeps_rules": rules.may_keep_rules(actor=request.visit, tenant_id=request.visit.tenant_id),
    }


@door(*DESK)
def cases(request: PageRequest) -> HttpResponseBase:
    """Every case, open or ended, with filters."""
    rows = of_unit(request, desk_cases(request)).select_related("person__place__department", "unit")
    return CaseList(request, rows).respond("membership/cases.html", head(request, "all"))


@door(*DESK)
def due(request: PageRequest) -> HttpResponseBase:
    """Steps due until the end of the month."""
    today = clock.today()
    rows = of_unit(request, desk_openings(request)).filter(due_on__gte=today, due_on__lt=month_end(today))
    return OpeningList(request, rows).respond("membership/openings.html", head(request, "due"))


@door(*DESK)
def late(request: PageRequest) -> HttpResponseBase:
    """Steps past a due date of the regulation, the longest first; those past the house's practice are in `ready`."""
    rows = of_unit(request, desk_openings(request)).filter(due_on__lt=clock.today(), by_rule=True)
    return OpeningList(request, rows).respond("membership/openings.html", head(request, "late"))


@door(*DESK)
def ready(request: PageRequest) -> HttpResponseBase:
    """Steps that may be taken up today: their first lawful day has come."""
    rows = (
        of_unit(request, desk_openings(request))
        .filter(opens_on__lte=clock.today())
        .exclude(step__in=_REPEATING)
    )
    return OpeningList(request, rows).respond("membership/openings.html", head(request, "ready"))
