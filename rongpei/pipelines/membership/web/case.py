"""The page of one case, and the answer to "what if on that day"."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from rongpei.ground import clock
from rongpei.org.access.doors import PageRequest, door
from rongpei.pipelines.membership.codes import Outcome
from rongpei.pipelines.membership.web.caseview import CaseView
from rongpei.pipelines.membership.web.history import lines_of
from rongpei.pipelines.membership.web.reach import DESK, case_of, may_do


def asked_day(request: PageRequest) -> tuple[date | None, bool]:
    """The day in the address, and whether what was typed is no date."""
    return day_typed(request.GET.get("on", ""))


def day_typed(typed: str) -> tuple[date | None, bool]:
    """A day as typed (null when empty), and whether it is no date."""
    try:
        day = date.fromisoformat(typed.strip()) if typed.strip() else None
    except ValueError:
        return None, True
    if day is not None and not 1921 <= day.year <= 2200:
        return None, True
    return day, False


@door(*DESK)
def case_page(request: PageRequest, pk: int) -> HttpResponse:
    """Person, stages, steps, what is met and missing; htmx asks for the answer to a day alone."""
    case = case_of(request, pk)
    on, wrong = asked_day(request)
    page = CaseView(
        actor=request.visit, case=case, today=clock.today(), on=on, step=request.GET.get("step", "")
    )
    context: dict[str, Any] = {
        "case": case,
        "person": case.person,
        "page": page,
        "wrong": wrong,
        "may_run": may_do(request, case, ""),
        "outcome": dict(Outcome.choices).get(case.outcome, ""),
    }
    partial = request.headers.get("HX-Request") == "true"
    if not partial:
        context["lines"] = lines_of(page.records, reviewer=page.reviewer, may_run=context["may_run"])
    response = render(request, "membership/_next.html" if partial else "membership/case.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
