"""Everything that changes a meeting, each change one action."""

from rongpei.activities.partydays.actions.attending import (
    add_guest,
    add_observer,
    ask_leave,
    choose_people,
    hand_over_sheet,
    remove_guest,
    sign_in,
    take_back_leave,
    tick_attendance,
)
from rongpei.activities.partydays.actions.closing import (
    confirm_meeting,
    enter_later,
    record_minutes,
    reopen_meeting,
)
from rongpei.activities.partydays.actions.hours import (
    accept_make_up,
    log_make_up,
    return_make_up,
    set_hours_rule,
)
from rongpei.activities.partydays.actions.inquiries import (
    answer,
    attach_inquiry,
    remind_unanswered,
    rewrite_inquiry,
)
from rongpei.activities.partydays.actions.places import register, withdraw
from rongpei.activities.partydays.actions.planning import Slot, cancel_meeting, change_plan, plan_meeting
from rongpei.activities.partydays.actions.themes import (
    close_theme,
    issue_theme,
    plan_from_kit,
    remind,
    set_theme,
)
from rongpei.activities.partydays.actions.voices import (
    put_forward,
    remove_reflection,
    withdraw_nomination,
    write_reflection,
)

__all__ = [
    "Slot",
    "accept_make_up",
    "add_guest",
    "add_observer",
    "choose_people",
    "answer",
    "ask_leave",
    "attach_inquiry",
    "cancel_meeting",
    "change_plan",
    "close_theme",
    "confirm_meeting",
    "enter_later",
    "hand_over_sheet",
    "issue_theme",
    "log_make_up",
    "plan_from_kit",
    "plan_meeting",
    "put_forward",
    "record_minutes",
    "register",
    "remind",
    "remind_unanswered",
    "remove_guest",
    "remove_reflection",
    "reopen_meeting",
    "return_make_up",
    "rewrite_inquiry",
    "set_hours_rule",
    "set_theme",
    "sign_in",
    "take_back_leave",
    "tick_attendance",
    "withdraw",
    "withdraw_nomination",
    "write_reflection",
]
