"""Writing the record of a meeting: typed, or pasted whole and taken apart; and what was voted on."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rongpei.activities.partydays import actions, rules
from rongpei.activities.partydays.kinds import RECORD_WORDS, rule_of
from rongpei.activities.partydays.minutes import take_apart
from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.quorum import quorum_of
from rongpei.activities.partydays.voting import Vote, motions_of, votes_in
from rongpei.activities.partydays.web.forms import MinutesForm
from rongpei.activities.partydays.web.record import meeting_of
from rongpei.activities.partydays.web.voteforms import VoteRows
from rongpei.ground.audit import Refused
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.people.models import Person


@door(*rules.RUNNERS)
def minutes(request: PageRequest, pk: int) -> HttpResponse:
    """The record of the meeting; a whole record pasted is taken apart into its parts first."""
    meeting = meeting_of(request, pk)
    listed = Person.objects.filter(attendances__gathering=meeting.gathering).order_by("sort_key", "id")
    initial: dict[str, Any] = {
        "agenda": meeting.agenda, "minutes": meeting.minutes, "resolution": meeting.resolution,
        "class_hours": meeting.class_hours, "host": meeting.host_id, "recorder": meeting.recorder_id,
    }  # fmt: skip
    if request.method == "POST" and "split" in request.POST:
        pasted = take_apart(request.POST.get("paste", ""))
        kept = {name: request.POST.get(name, "") for name in ("host", "recorder", "class_hours")}
        found = {name: pasted.part(name) for name in RECORD_WORDS if pasted.part(name)}
        form = MinutesForm(initial=initial | kept | found, people=listed)
        votes = _votes(meeting, None, votes_in(pasted.votes) or _standing(meeting))
        messages.info(request, _("已按标题拆开填入，请核对后保存。"))
    else:
        given = request.POST if request.method == "POST" else None
        form = MinutesForm(given, initial=initial, people=listed)
        votes = _votes(meeting, given, _standing(meeting))
        if given is not None and _record(request, meeting, form, votes):
            return redirect("partydays:meeting", pk)
    context = {
        "meeting": meeting, "gathering": meeting.gathering, "form": form, "votes": votes,
        "quorum": quorum_of(meeting) if votes else None, "law": rule_of(meeting.kind).law,
    }  # fmt: skip
    return render(request, "partydays/minutes.html", context)


def _standing(meeting: Meeting) -> list[Vote]:
    return [
        Vote(one.text, one.yes, one.no, one.abstain, one.written_yes, one.written_no)
        for one in motions_of(meeting_id=meeting.pk)
    ]


def _votes(meeting: Meeting, given: Any, votes: list[Vote]) -> VoteRows | None:
    """Rows for kinds that decide; a form sent without any leaves what stands."""
    return VoteRows(given, votes) if rule_of(meeting.kind).votes else None


def _record(request: PageRequest, meeting: Meeting, form: MinutesForm, votes: VoteRows | None) -> bool:
    if not all([form.is_valid(), votes is None or votes.is_valid()]):
        return False
    values = {name: value for name, value in form.cleaned_data.items() if name != "paste"}
    try:
        actions.record_minutes(
            actor=request.visit, meeting=meeting, votes=votes.votes() if votes else None, **values
        )
    except Refused as refusal:
        form.add_error(None, refusal.what)
        return False
    messages.success(request, _("记录已保存。"))
    return True
