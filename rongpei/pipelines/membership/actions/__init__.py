"""What membership does beside the steps themselves, which are done by `kernel.procedures.actions`."""

from rongpei.pipelines.membership.actions.applying import (
    hand_in_application,
    take_application,
    withdraw_application,
)
from rongpei.pipelines.membership.actions.contacting import close_contact, open_contact, record_talk
from rongpei.pipelines.membership.actions.documents import (
    attach_book_scan,
    attach_scan,
    close_book,
    issue_book,
    issue_document,
    name_series,
    receive_books,
    replace_template,
    restore_template,
    set_details,
    void_document,
)
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
from rongpei.pipelines.membership.actions.office import (
    keep_review_material,
    plan_year,
    say_who_is_highly_educated,
)
from rongpei.pipelines.membership.actions.recording import (
    enter_training,
    receive_thought_report,
    record_special_rule,
)

__all__ = [
    "allow_online",
    "attach_book_scan",
    "attach_scan",
    "cancel_letter",
    "close_book",
    "close_contact",
    "enter_training",
    "hand_in_application",
    "issue_book",
    "issue_document",
    "issue_letter",
    "keep_attendance",
    "keep_ballots",
    "keep_review_material",
    "name_series",
    "open_contact",
    "open_kit",
    "plan_year",
    "receive_books",
    "receive_slip",
    "receive_thought_report",
    "record_special_rule",
    "record_talk",
    "replace_template",
    "restore_template",
    "say_who_is_highly_educated",
    "set_details",
    "settle_candidate",
    "take_application",
    "void_document",
    "withdraw_application",
]
