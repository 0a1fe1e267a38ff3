"""What the page of one meeting asks, as prepared queries. The caller has made sure that the asker sees the meeting."""

from django.db.models import QuerySet

from rongpei.activities.partydays.codes import MakeUpState
from rongpei.activities.partydays.models import Inquiry, MakeUp, Nomination
from rongpei.ground.tenancy.prepared import prepared_models
from rongpei.kernel.gatherings.models import Attendance, Guest, Sitting


@prepared_models
def sittings(*, gathering_id: int) -> QuerySet[Sitting]:
    """By their beginning."""
    return Sitting.objects.filter(gathering_id=gathering_id).order_by("starts_at", "id")


@prepared_models
def attendance_of(*, gathering_id: int, person_id: int) -> QuerySet[Attendance]:
    """The one line of a person, or nothing."""
    return Attendance.objects.filter(gathering_id=gathering_id, person_id=person_id).select_related("sitting")


@prepared_models
def guests(*, gathering_id: int) -> QuerySet[Guest]:
    """Guests in the order in which they were entered."""
    return Guest.objects.filter(gathering_id=gathering_id).order_by("id")


@prepared_models
def inquiries(*, meeting_id: int) -> QuerySet[Inquiry]:
    """Surveys before, after and later, with their papers."""
    return Inquiry.objects.filter(meeting_id=meeting_id).select_related("paper").order_by("id")


@prepared_models
def nominations(*, meeting_id: int) -> QuerySet[Nomination]:
    """The one standing nomination, or nothing."""
    return Nomination.objects.filter(meeting_id=meeting_id, withdrawn_at=None)


@prepared_models
def make_ups(*, meeting_id: int, person_id: int | None) -> QuerySet[MakeUp]:
    """Make-ups of the meeting, of one person or (None) of all, the newest first."""
    rows = MakeUp.objects.filter(meeting_id=meeting_id).exclude(state=MakeUpState.VOID)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    return rows.select_related("person").order_by("-studied_on", "-id")
