"""What waits for moderators, as a to-do."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from rongpei.activities.columns import rules
from rongpei.activities.columns.queries.talk import queue_for, waiting_for
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.notices.todos import Todo
from rongpei.ground.ui.addresses import address


def desk_todos(actor: Actor, on: date) -> Iterable[Todo]:
    """Comments that wait; articles are told by the engine of procedures. One query, none for others."""
    if actor.holds(*rules.MODERATORS):
        waiting = queue_for(actor).filter(waiting_for(actor))[:100].count()
        if waiting:
            yield Todo(
                key="columns.comments", title=_("审核 %d 条评论") % waiting, due_on=on,
                why=_("先审后发的专栏，审核后读者才能看到。"), url=address("columns:queue"), button=_("去审核"),
            )  # fmt: skip
