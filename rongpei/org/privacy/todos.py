"""Requests to answer."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.notices.todos import Todo
from rongpei.ground.tenancy.prepared import prepared
from rongpei.ground.tenancy.together import Asked
from rongpei.ground.ui.addresses import address
from rongpei.org.privacy import rules
from rongpei.org.privacy.codes import ANSWERING, RequestKind, RequestState
from rongpei.org.privacy.models import Request


def privacy_asks(actor: Actor, on: date) -> Iterator[Asked]:
    """Where the office's to-dos come from."""
    if actor.holds(*rules.OFFICE):
        yield Asked(_open, {"actor": actor})


def privacy_todos(actor: Actor, on: date) -> Iterable[Todo]:
    """The office's open requests, the earliest due first."""
    if not actor.holds(*rules.OFFICE):
        return
    for pk, due_on, name, kind in _open(actor=actor):
        yield Todo(
            key=f"privacy.request:{pk}", due_on=due_on, article=str(ANSWERING),
            title=_("答复%(name)s的个人信息申请：%(kind)s") % {"name": name, "kind": RequestKind(kind).label},
            why=_("不同意的要说明理由。"), url=address("privacy:work", pk), button=_("去办理"),
        )  # fmt: skip


@prepared
def _open(*, actor: Actor) -> QuerySet[Request, Any]:
    rows = rules.worked_by(actor).filter(state=RequestState.OPEN).exclude(person_id=actor.person_id or 0)
    return rows.order_by("due_on", "id").values_list("pk", "due_on", "person__name", "kind")[:10]
