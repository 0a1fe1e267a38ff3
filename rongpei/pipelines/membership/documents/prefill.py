"""What the house already knows when a step's form is opened: the number of the printed form, the 文号 of a reply."""

from rongpei.kernel.procedures.models import Case
from rongpei.pipelines.membership.codes import BookState, PaperState
from rongpei.pipelines.membership.models import AdmissionBook, IssuedDocument

_REPLIES = {
    "file_activist": "activist_filing_reply", "committee_consent_and_public_notice": "target_reply",
    "committee_pre_review": "pre_review", "committee_admission_approval": "approval_reply",
    "file_with_higher_org_dept": "higher_filing", "committee_conversion_approval": "conversion_reply",
}  # fmt: skip


def known_of(case: Case, step: str) -> dict[str, str]:
    """`{key: text}` to begin the form of a step with."""
    if step == "complete_admission_form":
        book = AdmissionBook.objects.filter(
            case=case, state__in=(BookState.ISSUED, BookState.RETURNED)
        ).first()
        return {"form_number": book.number} if book else {}
    if step in _REPLIES:
        rows = IssuedDocument.objects.filter(case=case, form=_REPLIES[step], state=PaperState.ISSUED)
        found = rows.first()
        return {"reply_number": found.shown} if found else {}
    return {}
