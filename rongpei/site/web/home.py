"""Home: what is due, then my record."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rongpei.activities.partydays.rules import RUNNERS
from rongpei.ground import clock
from rongpei.ground.notices.todos import Todo, todos_for
from rongpei.ground.ui import dates, marks, parts
from rongpei.insight.directory.progress import Progress
from rongpei.insight.directory.queries.own import year_of
from rongpei.insight.directory.rules import branch_for
from rongpei.insight.directory.web.branchview import BranchView
from rongpei.org.access.codes import Role
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.visit import Visit
from rongpei.site.home_calendar import coming, meetings_about, month_days

_SHOWN = 8


@door()
def home(request: PageRequest) -> HttpResponse:
    """To-dos with due dates, the next meetings, this month, and hours against the quota."""
    visit, today = request.visit, clock.today()
    todos = list(todos_for(visit, today))
    meetings = meetings_about(visit, today)
    soon = coming(meetings, today)
    return render(
        request,
        "site/home.html",
        {
            "today": today,
            "todos": [_shown(todo) for todo in todos[:_SHOWN]],
            "todo_count": len(todos),
            "sentence": _sentence(todos, today),
            "coming": soon,
            "may_plan": visit.holds(*RUNNERS),
            "next": next((meeting for meeting in soon if meeting.mine), None),
            "days": month_days(meetings, today),
            "page": _branch_health(visit, today),
            **_own_hours(visit.person_id, today),
        },
    )


def _own_hours(person_id: int | None, today: date) -> dict[str, object]:
    """The ring: hours against the quota, and what would close the gap."""
    year = year_of(person_id, today) if person_id is not None else None
    if year is None:
        return {}
    return {
        "progress": year.progress,
        "headline": _headline(year.progress) if year.progress else "",
        "measures": year.measures,
    }


def _headline(progress: Progress) -> str:
    if progress.exempt:
        return _("本年学时不作要求")
    if progress.to_quota == 0:
        return _("已达到全年 %(quota)d 学时") % {"quota": progress.quota}
    return _("还差 %(hours)s 学时") % {"hours": marks.hours(progress.to_quota)}


def _shown(todo: Todo) -> parts.Todo:
    """A to-do as the component draws it."""
    return parts.Todo(
        title=todo.title,
        due_on=todo.due_on,
        why=todo.why,
        law=parts.Law(todo.article, todo.article_url) if todo.article else None,
        url=todo.url,
        act=todo.button,
        tag="" if todo.binding else _("本院惯例"),
        binding=todo.binding,
    )


def _sentence(todos: list[Todo], today: date) -> str:
    """The state of things in one sentence."""
    due = sum(1 for todo in todos if todo.due_on == today)
    late = sum(todo.is_late(today) for todo in todos)
    over = sum(todo.is_over(today) for todo in todos)
    day = f"{dates.day_full(today)}，{dates.weekday(today)}。"
    if not todos:
        return day + _("没有待办。")
    passed = _("过了本院期限 %d 件，") % over if over else ""
    return day + _("今天要办 %(due)d 件，逾期 %(late)d 件，%(over)s还有 %(rest)d 件。") % {
        "due": due, "late": late, "over": passed, "rest": len(todos) - due - late - over,
    }  # fmt: skip


def _branch_health(visit: Visit, today: date) -> BranchView | None:
    """How the branch stands that the visitor is secretary or organisation officer of."""
    roles = (Role.BRANCH_SECRETARY, Role.ORGANIZATION_OFFICER)
    held = next((one for one in visit.held if one.role in roles), None)
    branch = branch_for(visit, held.unit_id) if held else None
    return BranchView(actor=visit, branch=branch, today=today, recent=True) if branch else None
