"""What membership does beside the steps themselves, which are done by `kernel.procedures.actions`."""

from rongpei.pipelines.membership.actions.applying import (
    hand_in_application,
    take_application,
    withdraw_application,
)
from rongpei.pipelines.membership.actions.contacting import close_contact, open_contact, record_talk
from rongpei.pipelines.membership.actions.meeting import (
    allow_online,
    keep_attendance,
    keep_ballots,
    open_kit,
    settle_candidate,
)
from rongpei.pipelines.membership.actions.moving import (
    cancel_letter,
    issue_letter,
    receive_slip,
)
from rongpei.pipelines.membership.actions.office import keep_review_material, plan_year
from rongpei.pipelines.membership.actions.recording import (
    enter_training,
    receive_thought_report,
    record_special_rule,
)

__all__ = [
    "allow_online",
    "cancel_letter",
    "close_contact",
    "enter_training",
    "hand_in_application",
    "issue_letter",
    "keep_attendance",
    "keep_ballots",
    "keep_review_material",
    "open_contact",
    "open_kit",
    "plan_year",
    "receive_slip",
    "receive_thought_report",
    "record_special_rule",
    "record_talk",
    "settle_candidate",
    "take_application",
    "withdraw_application",
]
