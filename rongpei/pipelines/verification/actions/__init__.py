"""Everything verification writes."""

from rongpei.pipelines.verification.actions.answering import (
    accept_agreement,
    answer_informed,
    refuse_agreement,
)
from rongpei.pipelines.verification.actions.claiming import claim, claim_next, release
from rongpei.pipelines.verification.actions.ending import (
    delete_images,
    forget_codes,
    remind_expiring,
    revoke,
    take_back,
    withdraw_consent,
)
from rongpei.pipelines.verification.actions.filling import (
    add_document,
    add_picture,
    remove_picture,
    save_certificate,
    save_profile,
)
from rongpei.pipelines.verification.actions.joining import ask_code, join
from rongpei.pipelines.verification.actions.keeping import keep_policy, keep_template, remove_template
from rongpei.pipelines.verification.actions.questions import (
    answer_form,
    begin_form,
    close_form,
    open_form,
    save_form,
)
from rongpei.pipelines.verification.actions.reviewing import decide
from rongpei.pipelines.verification.actions.submitting import appeal, submit, verify_by_record

__all__ = [
    "accept_agreement", "add_document", "add_picture", "answer_form", "begin_form", "close_form", "open_form", "save_form", "answer_informed", "appeal", "ask_code", "claim", "claim_next", "decide",
    "delete_images", "forget_codes", "join", "keep_policy", "keep_template", "refuse_agreement", "release",
    "remind_expiring", "remove_picture", "remove_template", "revoke", "save_certificate", "save_profile", "submit", "take_back",
    "verify_by_record", "withdraw_consent",
]  # fmt: skip
