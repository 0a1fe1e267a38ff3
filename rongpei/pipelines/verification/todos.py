"""What verification leaves open for somebody."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.notices.todos import Todo
from rongpei.pipelines.verification import rules
from rongpei.pipelines.verification.queries import queue_for, waiting


def review_todos(actor: Actor, on: date) -> Iterable[Todo]:
    """The reviewers' queue as one line with its first promise; one query, none for others."""
    if not actor.holds(*rules.REVIEWERS) or actor.person_id is None:
        return
    queue = waiting(queue_for(actor)).aggregate(n=Count("pk"), first=Min("due_at"))
    if queue["n"]:
        yield Todo(
            key="verification.queue", title=_("审核 %d 份身份认证") % queue["n"], due_on=timezone.localdate(queue["first"]),
            why=_("对申请人承诺了答复的时间。"), url=reverse("verification:desk"), button=_("去审核"), binding=False,
        )  # fmt: skip
