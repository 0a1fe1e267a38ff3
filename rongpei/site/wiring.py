"""Where rooms are joined: ledger kinds, to-dos, file owners, addresses. Explicit, and in one place."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from rongpei.activities.partydays.codes import LEDGER_ATTENDED, LEDGER_TAUGHT
from rongpei.activities.partydays.todos import meeting_todos
from rongpei.ground.notices import addresses, todos
from rongpei.kernel.ledger import kinds
from rongpei.org.people.models import Person


def wire() -> None:
    """Join the rooms; called once when Django is ready."""
    kinds.register(
        kinds.Kind(LEDGER_ATTENDED, _("会议与党日"), "calendar-event"),
        kinds.Kind(LEDGER_TAUGHT, _("授课"), "chalkboard"),
    )
    todos.register(meeting_todos)
    addresses.register(_addresses)


def _addresses(reader_ids: Sequence[int], channel: str) -> dict[int, str]:
    """Where people are reached: what their own account says, never the roster's private numbers."""
    column = {"email": "user__email", "sms": "user__phone", "wecom": "user__number"}.get(channel)
    if column is None:
        return {}
    rows = Person.objects.filter(pk__in=reader_ids).exclude(user=None).values_list("pk", column)
    return {ident: address for ident, address in rows if address}
