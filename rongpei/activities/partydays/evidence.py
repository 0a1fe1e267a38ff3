"""What speaks for a theme day: attendance, judgement, quiz, change, materials, reflections."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from rongpei.activities.partydays.codes import MEETING_OWNER, Audience, InquiryRole
from rongpei.activities.partydays.models import Inquiry, Meeting, Reflection
from rongpei.ground.files.models import StoredFile
from rongpei.kernel.gatherings.codes import State
from rongpei.kernel.gatherings.queries import Tally, tallies
from rongpei.kernel.papers.results import Summary, summaries_of


@dataclass(frozen=True)
class Evidence:
    """The facts of one meeting. `after` and `change` are its surveys."""

    tally: Tally = Tally()
    needs: Summary = Summary()
    after: Summary = Summary()
    change: Summary = Summary()
    files: int = 0
    reflections: int = 0
    confirmed: bool = False

    @property
    def rate_words(self) -> str:
        """Present of expected."""
        return f"{self.tally.rate}%" if self.confirmed and self.tally.rate is not None else ""

    @property
    def needs_words(self) -> str:
        """Answered of asked before the meeting."""
        return f"{self.needs.answered} / {self.needs.asked}" if self.needs.asked else ""

    @property
    def mean_words(self) -> str:
        """Mean of the scales, 1 to 5."""
        return _one(self.after.mean)

    @property
    def score_words(self) -> str:
        """Right quiz answers."""
        return f"{self.after.score:.0f}%" if self.after.score is not None else ""

    @property
    def change_words(self) -> str:
        """Mean of the scales three months later."""
        return _one(self.change.mean)


def _one(value: Decimal | None) -> str:
    return f"{value:.1f}" if value is not None else ""


def evidence_of(meetings: Sequence[Meeting]) -> dict[int, Evidence]:
    """The evidence of many meetings; six queries whatever their number."""
    ids = [meeting.pk for meeting in meetings]
    counted = tallies([meeting.gathering_id for meeting in meetings])
    inquiries = {(one.meeting_id, one.role): one.paper_id for one in Inquiry.objects.filter(meeting__in=ids)}
    papers = summaries_of(list(inquiries.values()))
    files = dict(
        StoredFile.objects.filter(owner_kind=MEETING_OWNER, owner_id__in=ids, deleted_at=None)
        .values_list("owner_id")
        .annotate(many=Count("pk"))
    )
    open_ones = Reflection.objects.filter(meeting__in=ids).exclude(audience=Audience.SELF)
    reflections = dict(open_ones.values_list("meeting_id").annotate(many=Count("pk")))

    def paper(meeting: Meeting, role: InquiryRole) -> Summary:
        return papers.get(inquiries.get((meeting.pk, role.value), 0), Summary())

    return {
        meeting.pk: Evidence(
            counted.get(meeting.gathering_id, Tally()), paper(meeting, InquiryRole.NEEDS),
            paper(meeting, InquiryRole.AFTER), paper(meeting, InquiryRole.CHANGE), files.get(meeting.pk, 0),
            reflections.get(meeting.pk, 0), meeting.gathering.state == State.CONFIRMED,
        )
        for meeting in meetings
    }  # fmt: skip
