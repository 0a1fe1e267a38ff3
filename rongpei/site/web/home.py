"""Home: what is due, then my record."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rongpei.activities.partydays.queries import meetings_for
from rongpei.activities.partydays.rules import RUNNERS
from rongpei.ground import clock
from rongpei.ground.notices.todos import Todo, todos_for
from rongpei.ground.ui import dates, marks, parts
from rongpei.insight.directory.progress import Progress, progress_of
from rongpei.insight.directory.rules import branches_for
from rongpei.insight.directory.web.branchview import BranchView
from rongpei.kernel.gatherings.codes import State
from rongpei.kernel.gatherings.models import Attendance
from rongpei.kernel.ledger.queries import hours_of_people, measures_of_person
from rongpei.org.access.codes import Role
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.visit import Visit
from rongpei.org.people.models import Person
from rongpei.org.units.queries import committee_member_ids
from rongpei.site.home_calendar import month_days

_SHOWN = 8


@door()
def home(request: PageRequest) -> HttpResponse:
    """To-dos with due dates, the next meetings, this month, and hours against the quota."""
    visit, today = request.visit, clock.today()
    todos = list(todos_for(visit, today))
    coming = list(
        meetings_for(visit).filter(gathering__held_on__gte=today, gathering__state=State.PLANNED)
        .order_by("gathering__held_on", "id")[:5]
    )  # fmt: skip
    asked = Attendance.objects.filter(
        person_id=visit.person_id or 0, gathering_id__in=[meeting.gathering_id for meeting in coming]
    )
    mine = set(asked.values_list("gathering_id", flat=True))
    return render(
        request,
        "site/home.html",
        {
            "today": today,
            "todos": [_shown(todo) for todo in todos[:_SHOWN]],
            "todo_count": len(todos),
            "sentence": _sentence(todos, today),
            "coming": coming,
            "may_plan": visit.holds(*RUNNERS),
            "next": next((meeting for meeting in coming if meeting.gathering_id in mine), None),
            "days": month_days(visit, today),
            "page": _branch_health(visit, today),
            **_own_hours(visit.person_id, today),
        },
    )


def _own_hours(person_id: int | None, today: date) -> dict[str, object]:
    """The ring: hours against the quota, and what would close the gap."""
    person = Person.objects.filter(pk=person_id or 0).first()
    if person is None:
        return {}
    hours = hours_of_people([person.pk], today.year).get(person.pk)
    on_committee = person.pk in committee_member_ids([person.pk], today)
    progress = progress_of(person=person, hours=hours, committee=on_committee, on=today)
    return {
        "progress": progress,
        "headline": _headline(progress) if progress else "",
        "measures": measures_of_person(person.pk, today.year),
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
        tag=todo.tag,
    )


def _sentence(todos: list[Todo], today: date) -> str:
    """The state of things in one sentence."""
    due = sum(1 for todo in todos if todo.due_on == today)
    late = sum(1 for todo in todos if todo.is_late(today))
    day = f"{dates.day_full(today)}，{dates.weekday(today)}。"
    if not todos:
        return day + _("没有待办。")
    return day + _("今天要办 %(due)d 件，逾期 %(late)d 件，还有 %(rest)d 件。") % {
        "due": due, "late": late, "rest": len(todos) - due - late,
    }  # fmt: skip


def _branch_health(visit: Visit, today: date) -> BranchView | None:
    """How the branch stands that the visitor is secretary or organisation officer of."""
    roles = (Role.BRANCH_SECRETARY, Role.ORGANIZATION_OFFICER)
    held = next((one for one in visit.held if one.role in roles), None)
    branch = branches_for(visit).filter(pk=held.unit_id).first() if held else None
    return BranchView(actor=visit, branch=branch, today=today) if branch else None
