"""Everything that changes a meeting, each change one action."""

from rongpei.activities.partydays.actions.attending import (
    add_guest,
    add_observer,
    ask_leave,
    hand_over_sheet,
    remove_guest,
    sign_in,
    take_back_leave,
    tick_attendance,
)
from rongpei.activities.partydays.actions.closing import confirm_meeting, record_minutes, reopen_meeting
from rongpei.activities.partydays.actions.places import register, withdraw
from rongpei.activities.partydays.actions.planning import Slot, cancel_meeting, change_plan, plan_meeting

__all__ = [
    "Slot",
    "add_guest",
    "add_observer",
    "ask_leave",
    "cancel_meeting",
    "change_plan",
    "confirm_meeting",
    "hand_over_sheet",
    "plan_meeting",
    "record_minutes",
    "register",
    "remove_guest",
    "reopen_meeting",
    "sign_in",
    "take_back_leave",
    "tick_attendance",
    "withdraw",
]
