"""Requests to answer."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.notices.todos import Todo
from rongpei.org.privacy import rules
from rongpei.org.privacy.codes import ANSWERING, RequestKind, RequestState


def privacy_todos(actor: Actor, on: date) -> Iterable[Todo]:
    """The office's open requests, the earliest due first."""
    if not actor.holds(*rules.OFFICE):
        return
    rows = rules.worked_by(actor).filter(state=RequestState.OPEN).exclude(person_id=actor.person_id or 0)
    for row in rows.select_related("person").order_by("due_on", "id")[:10]:
        yield Todo(
            key=f"privacy.request:{row.pk}", due_on=row.due_on, article=str(ANSWERING),
            title=_("答复%(name)s的个人信息申请：%(kind)s") % {"name": row.person.name, "kind": RequestKind(row.kind).label},
            why=_("不同意的要说明理由。"), url=reverse("privacy:work", args=[row.pk]), button=_("去办理"),
        )  # fmt: skip
