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
    written, standing = rule_of(meeting.kind).written, _standing(meeting)
    given = request.POST if request.method == "POST" else None
    if given is not None and "split" in given:
        pasted = take_apart(given.get("paste", ""))
        found = {name: pasted.part(name) for name in RECORD_WORDS if pasted.part(name)}
        form = MinutesForm(initial=given.dict() | found, people=listed)
        read = votes_in(pasted.votes)
        votes = VoteRows(None if read else given, read, written=written, more=not read)
        messages.info(request, _("已按标题拆开填入，请核对后保存。"))
    elif given is not None and "more" in given:
        form = MinutesForm(initial=given.dict(), people=listed, autofocus=False)
        votes = VoteRows(given, written=written, more=True)
    else:
        form = MinutesForm(given, initial=initial, people=listed)
        votes = VoteRows(given, standing, written=written)
        if given is not None and _record(request, meeting, form, votes):
            return redirect("partydays:meeting", pk)
    context = {
        "meeting": meeting, "gathering": meeting.gathering, "form": form, "votes": votes,
        "rule": rule_of(meeting.kind), "quorum": quorum_of(meeting),
    }  # fmt: skip
    return render(request, "partydays/minutes.html", context)


def _standing(meeting: Meeting) -> list[Vote]:
    return [
        Vote(one.text, one.yes, one.no, one.abstain, one.written_yes, one.written_no)
        for one in motions_of(meeting_id=meeting.pk)
    ]


def _record(request: PageRequest, meeting: Meeting, form: MinutesForm, votes: VoteRows) -> bool:
    decides = rule_of(meeting.kind).votes
    if not all([form.is_valid(), not decides or votes.is_valid()]):
        return False
    values = {name: value for name, value in form.cleaned_data.items() if name != "paste"}
    put = votes.votes() if decides else None
    try:
        actions.record_minutes(actor=request.visit, meeting=meeting, votes=put, **values)
    except Refused as refusal:
        form.add_error(None, f"{refusal.what}{refusal.remedy}")
        return False
    messages.success(request, _("记录已保存。"))
    return True
