"""The desk: people by stage, what is due, what is late, what can be taken further; and the whole list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rongpei.ground import clock
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.clock.calendar import add_months
from rongpei.ground.tenancy.counting import counted_up_to
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.prepared import prepared
from rongpei.ground.ui.addresses import address
from rongpei.ground.ui.keeping import drawn, once
from rongpei.kernel.procedures.codes import State
from rongpei.kernel.procedures.models import Case
from rongpei.org.access.codes import Role
from rongpei.org.access.doors import PageRequest, door
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.queries import (
    First,
    due_steps,
    first_openings,
    late_steps,
    listed_cases,
    listed_due,
    listed_late,
    listed_ready,
)
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.pipelines.membership.web import drawn as drawing
from rongpei.pipelines.membership.web.lists import CaseList, OpeningList
from rongpei.pipelines.membership.web.reach import DESK, DOERS

_CARDS = 6
_COUNTED = 1000


class Card(NamedTuple):
    """A case on the board, with its most urgent open step."""

    pk: int
    stage: str
    reached_on: date
    person: str | None
    unit: str
    first: First | None = None

    @property
    def step_label(self) -> str:
        return str(MEMBERSHIP.step(self.first.step).label) if self.first else ""

    def __html__(self) -> SafeString:
        return drawing.card(self, clock.today())

    def __str__(self) -> str:
        return self.__html__()


@dataclass(frozen=True)
class Column:
    """One stage of the board; `number` is counted no further than a thousand and one."""

    label: str
    number: int
    cards: list[Card]
    url: str

    @property
    def number_words(self) -> str:
        return number_words(self.number)

    @property
    def rest_words(self) -> str:
        """What the link to the others says; empty when all are shown."""
        if self.number > _COUNTED:
            return _("查看全部")
        rest = self.number - len(self.cards)
        return _("还有 %(n)d 人") % {"n": rest} if rest > 0 else ""


def number_words(number: int) -> str:
    """A number of the desk, which is counted no further than a thousand."""
    return f"{_COUNTED}+" if number > _COUNTED else str(number)


def asked_unit(request: PageRequest) -> int | None:
    """The branch that the address names (a drill-down)."""
    asked = request.GET.get("unit", "")
    return int(asked) if asked.isdecimal() and len(asked) < 19 else None


def of_unit(request: PageRequest, rows: Any) -> Any:
    """Narrowed to the branch that the address names."""
    unit = asked_unit(request)
    return rows if unit is None else rows.filter(unit_id=unit)


@door(*DESK)
def board(request: PageRequest) -> HttpResponse:
    """The board by stage: so many of each, the longest waiting first; four queries beside the tabs' one."""
    numbers = _stage_numbers(actor=request.visit)[0]
    cards = _cards(request.visit)
    columns = [
        Column(
            str(stage.label), number, cards.get(stage.code, []),
            f"{address('membership:cases')}?{urlencode({'stage': stage.code, 'state': State.OPEN.value})}",
        )
        for stage, number in zip(MEMBERSHIP.stages, numbers, strict=True)
    ]  # fmt: skip
    context = {**head(request, "board"), "columns": columns, "total": sum(numbers)}
    return render(request, "membership/board.html", context)


def _cards(actor: Actor) -> dict[str, list[Card]]:
    """Those of each stage that are shown; two queries."""
    cards = [Card(*row) for row in _longest_waiting(actor=actor)]
    first = first_openings([one.pk for one in cards])
    found: dict[str, list[Card]] = {}
    for one in sorted(cards, key=lambda one: (one.reached_on, -one.pk)):
        found.setdefault(one.stage, []).append(one._replace(first=first.get(one.pk)))
    return found


@prepared
def _stage_numbers(*, actor: Actor) -> QuerySet[Tenant, Any]:
    rows = rules.desk_cases(actor).filter(state=State.OPEN)
    return _numbers(actor, [rows.filter(stage=stage.code) for stage in MEMBERSHIP.stages])


@prepared
def _step_numbers(*, actor: Actor, today: date, until: date) -> QuerySet[Tenant, Any]:
    return _numbers(actor, [due_steps(actor, today, until), late_steps(actor, today)])


def _numbers(actor: Actor, counted: Sequence[QuerySet[Any, Any]]) -> QuerySet[Tenant, Any]:
    return Tenant.objects.filter(pk=actor.tenant_id).values_list(
        *(counted_up_to(rows, _COUNTED) for rows in counted)
    )


@prepared
def _longest_waiting(*, actor: Actor) -> QuerySet[Case, Any]:
    rows = rules.desk_cases(actor).filter(state=State.OPEN).order_by("reached_on", "-id")
    first, *others = (
        rows.filter(stage=stage.code).values_list("pk", "stage", "reached_on", "person__name", "unit__name")[
            :_CARDS
        ]
        for stage in MEMBERSHIP.stages
    )
    return first.union(*others, all=True)


def _month_after(on: date) -> date:
    """The first day that is no longer in the month."""
    return add_months(on.replace(day=1), 1)


_TABS = (("board", _lazy("看板")), ("due", _lazy("本月到期")), ("late", _lazy("逾期")), ("ready", _lazy("可以推进")),
         ("cases", _lazy("全部案卷")))  # fmt: skip


def head(request: PageRequest, tab: str) -> dict[str, Any]:
    """What all pages of the desk show above; the tabs are counted when they are drawn, so not for a part or a workbook."""
    keeps_rules = rules.may_keep_rules(actor=request.visit, tenant_id=request.visit.tenant_id)
    return {
        "today": clock.today(),
        "tabs": partial(_tabs, request, tab),
        "may_open": request.visit.holds(*DOERS),
        "keeps_rules": keeps_rules,
        "related": _related(request.visit.holds(Role.PARTY_OFFICE, Role.HOSPITAL_LEADER), keeps_rules),
    }


def _related(is_office: bool, keeps_rules: bool) -> SafeString:
    """Links to the room's other pages, drawn once for each kind of visitor."""
    name, seen = "membership/_related.html", {"is_office": is_office, "keeps_rules": keeps_rules}
    return once((name, get_language(), *seen.values()), lambda: drawn(name, **seen)).filled()


def _tabs(request: PageRequest, tab: str) -> SafeString:
    """Links to the pages of the desk, two of them with what waits there; one query."""
    today = clock.today()
    due, late = _step_numbers(actor=request.visit, today=today, until=_month_after(today))[0]
    numbers = {"due": due, "late": late}
    return drawing.tabs(
        (address(f"membership:{code}"), str(label), number_words(numbers[code]) if numbers.get(code) else "", code == tab)
        for code, label in _TABS
    )  # fmt: skip


@door(*DESK)
def cases(request: PageRequest) -> HttpResponseBase:
    """Every case, open or ended, with filters."""
    rows = listed_cases(actor=request.visit, unit=asked_unit(request))
    return CaseList(request, rows).respond("membership/cases.html", head(request, "cases"))


@door(*DESK)
def due(request: PageRequest) -> HttpResponseBase:
    """Steps due until the end of the month."""
    today = clock.today()
    rows = listed_due(actor=request.visit, unit=asked_unit(request), today=today, until=_month_after(today))
    none = _("这个月没有到期的步骤")
    return OpeningList(request, rows, none=none).respond("membership/openings.html", head(request, "due"))


@door(*DESK)
def late(request: PageRequest) -> HttpResponseBase:
    """Steps past a due date of the regulation, the longest first."""
    rows = listed_late(actor=request.visit, unit=asked_unit(request), today=clock.today())
    none = _("没有逾期的步骤")
    return OpeningList(request, rows, none=none).respond("membership/openings.html", head(request, "late"))


@door(*DESK)
def ready(request: PageRequest) -> HttpResponseBase:
    """Steps that may be taken up today: their first lawful day has come."""
    rows = listed_ready(actor=request.visit, unit=asked_unit(request), today=clock.today())
    none = _("今天没有可以推进的步骤")
    return OpeningList(request, rows, none=none).respond("membership/openings.html", head(request, "ready"))
