"""Surveys about a meeting: needs before, judgement after, change in three months; and answering them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rongpei.activities.partydays import rules
from rongpei.activities.partydays.codes import MEETING_OWNER, InquiryRole
from rongpei.activities.partydays.models import Inquiry, Meeting
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action
from rongpei.ground.clock.calendar import add_months
from rongpei.ground.notices import actions as notices
from rongpei.kernel.gatherings.codes import Presence
from rongpei.kernel.papers import answering, drafting
from rongpei.kernel.papers.models import Paper, Sheet

AFTER_DAYS = timedelta(days=14)


def period_of(role: InquiryRole, held_on: date, today: date) -> tuple[date, date]:
    """From when to when (both included) a survey is open: until the day itself, for two weeks after, or the fourth month."""
    if role == InquiryRole.NEEDS:
        return min(today, held_on), held_on
    if role == InquiryRole.AFTER:
        return held_on, held_on + AFTER_DAYS
    return add_months(held_on, 3), add_months(held_on, 4)


@action("partydays.inquiry.attached", may=rules.may_run, about="meeting")
def attach_inquiry(
    *, actor: Actor, meeting: Meeting, role: InquiryRole, text: str, anonymous: bool, now: datetime, today: date
) -> Inquiry:  # fmt: skip
    """Ask something about a meeting. Needs are asked at once of those who should come, the others of those who came.

    Refuses a second survey of the same role, and text that cannot be read.
    """
    if meeting.inquiries.filter(role=role).exists():
        raise Refused(_("已经有“%(role)s”了，可以直接修改。") % {"role": role.label})
    opens_on, closes_on = period_of(role, meeting.gathering.held_on, today)
    paper = drafting.make_paper(
        tenant_id=meeting.tenant_id, title=f"{role.label}：{meeting.gathering.title}"[:120], text=text,
        owner_kind=MEETING_OWNER, owner_id=meeting.pk, opens_on=opens_on, closes_on=closes_on, now=now,
        anonymous=anonymous,
    )  # fmt: skip
    inquiry = Inquiry.objects.create(tenant_id=meeting.tenant_id, meeting=meeting, role=role, paper=paper)
    invite_for(inquiry)
    return inquiry


def invite_for(inquiry: Inquiry) -> int:
    """Ask those whom the role concerns; called again when the list is closed."""
    rows = inquiry.meeting.gathering.attendances.all()
    if inquiry.role != InquiryRole.NEEDS:
        rows = rows.filter(presence=Presence.PRESENT)
    return drafting.invite(
        paper=inquiry.paper, person_ids=list(rows.order_by("person_id").values_list("person_id", flat=True))
    )


@action("partydays.inquiry.rewritten", may=rules.may_run, about="meeting")
def rewrite_inquiry(*, actor: Actor, meeting: Meeting, inquiry: Inquiry, text: str) -> Inquiry:
    """Change the questions as long as nobody has answered."""
    drafting.rewrite(paper=inquiry.paper, text=text)
    return inquiry


@action("partydays.inquiry.answered", may=rules.may_answer, about="paper")
def answer(*, actor: Actor, paper: Paper, answers: Mapping[str, Any], today: date) -> Sheet:
    """Answer a survey, once. The trail names the paper, never the sheet."""
    return answering.hand_in(paper=paper, person_id=actor.person_id or 0, answers=answers, on=today)


@action("partydays.inquiry.reminded", may=rules.may_run, about="meeting")
def remind_unanswered(*, actor: Actor, meeting: Meeting, inquiry: Inquiry, now: datetime) -> int:
    """Remind those who have not answered; return how many. Refuses when everybody has."""
    rows = inquiry.paper.invitations.filter(answered=False)
    readers = list(rows.order_by("person_id").values_list("person_id", flat=True))
    if not readers:
        raise Refused(_("大家都答过了，没有要提醒的。"))
    notices.send(
        actor=actor, tenant_id=meeting.tenant_id, reader_ids=readers, title=inquiry.paper.title,
        body=_("请抽两分钟作答。"), url=reverse("partydays:survey", args=[inquiry.paper_id]), now=now,
    )  # fmt: skip
    return len(readers)


def move_inquiries(meeting: Meeting, today: date) -> None:
    """Keep the periods in step with the day of the meeting."""
    for inquiry in meeting.inquiries.select_related("paper"):
        paper = inquiry.paper
        paper.opens_on, paper.closes_on = period_of(
            InquiryRole(inquiry.role), meeting.gathering.held_on, today
        )
        paper.save(update_fields=["opens_on", "closes_on"])
