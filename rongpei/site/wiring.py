"""Where rooms are joined: ledger kinds, to-dos, file owners, addresses. Explicit, and in one place."""

from django.utils.translation import gettext_lazy as _

from rongpei.activities.partydays.codes import LEDGER_ATTENDED, LEDGER_TAUGHT
from rongpei.activities.partydays.todos import meeting_todos
from rongpei.ground.notices import todos
from rongpei.kernel.ledger import kinds


def wire() -> None:
    """Join the rooms; called once when Django is ready."""
    kinds.register(
        kinds.Kind(LEDGER_ATTENDED, _("会议与党日"), "calendar-event"),
        kinds.Kind(LEDGER_TAUGHT, _("授课"), "chalkboard"),
    )
    todos.register(meeting_todos)
