"""What membership leaves open beside the steps themselves: papers to receive, talks, slips, reports."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.notices.todos import Todo
from rongpei.ground.tenancy.any_of import any_of
from rongpei.ground.tenancy.prepared import Prepared, prepared_models
from rongpei.ground.tenancy.together import Asked
from rongpei.ground.ui.addresses import address
from rongpei.org.access.rules import units_below
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.codes import ApplicationState, ContactOutcome, LetterState
from rongpei.pipelines.membership.models import Application, Contact, RelationLetter

_AHEAD = timedelta(days=30)
_MOST = 20


def membership_asks(actor: Actor, on: date) -> Iterator[Asked]:
    """Where to-dos come from, by who the actor is."""
    until = on + _AHEAD
    if actor.person_id is not None:
        yield Asked(_open_contacts, {"person_id": actor.person_id, "until": until})
    if actor.places(*rules.BRANCH):
        yield Asked(_waiting_applications, {"actor": actor})
    if actor.places(*rules.OFFICE):
        yield Asked(_open_letters, {"tenant_id": actor.tenant_id, "until": until})


def membership_todos(actor: Actor, on: date) -> Iterable[Todo]:
    """Applications whose paper has not come, talks due, letters without a slip; three queries for an officer."""
    return [_WRITTEN[query](row) for query, given in membership_asks(actor, on) for row in query(**given)]


def _talk(row: Contact) -> Todo:
    """Who was asked to talk is reminded; nobody else is."""
    return Todo(
        key=f"membership.contact:{row.pk}", title=_("同%(name)s谈一次话") % {"name": row.person},
        due_on=row.next_on, why=_("联系对象：%(why)s。") % {"why": row.get_why_display()},
        url=address("membership:contact", row.pk), button=_("登记谈话"), binding=False,
    )  # fmt: skip


def _paper(row: Application) -> Todo:
    return Todo(
        key=f"membership.application:{row.pk}", title=_("收%(name)s的纸质入党申请书") % {"name": row.person},
        due_on=timezone.localdate(row.handed_in_at) + _AHEAD, why=_("本人已在网上提交，以收到签名原件的日期为准。"),
        url=f"{address('membership:new')}?person={row.person_id}", button=_("登记收到"), binding=False,
    )  # fmt: skip


def _slip(row: RelationLetter) -> Todo:
    return Todo(
        key=f"membership.letter:{row.pk}", title=_("追%(name)s的组织关系回执") % {"name": row.person},
        due_on=row.due_on, why=_("介绍信 %(number)s 还没有回执。") % {"number": row.number},
        url=address("membership:letter", row.pk), button=_("去办理"),
    )  # fmt: skip


@prepared_models
def _open_contacts(*, person_id: int, until: date) -> QuerySet[Contact]:
    rows = Contact.objects.filter(contact_id=person_id, outcome=ContactOutcome.OPEN, next_on__lte=until)
    return rows.select_related("person").order_by("next_on")[:_MOST]


@prepared_models
def _waiting_applications(*, actor: Actor) -> QuerySet[Application]:
    units = Unit.objects.filter(units_below(actor.places(*rules.BRANCH))).values("id")
    rows = Application.objects.filter(any_of("unit", units), state=ApplicationState.WAITING)
    return rows.select_related("person").order_by("handed_in_at")[:_MOST]


@prepared_models
def _open_letters(*, tenant_id: int, until: date) -> QuerySet[RelationLetter]:
    rows = RelationLetter.objects.filter(tenant_id=tenant_id, state=LetterState.ISSUED, due_on__lte=until)
    return rows.select_related("person").order_by("due_on", "id")[:_MOST]


_WRITTEN: dict[Prepared, Callable[[Any], Todo]] = {
    _open_contacts: _talk, _waiting_applications: _paper, _open_letters: _slip,
}  # fmt: skip
