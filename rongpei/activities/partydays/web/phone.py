"""The list an organiser takes along where there is no network: the page, its worker, and the handing over.

The page of the list carries names; the page without one, which the worker keeps, carries none. The drawer of the phone
(`static/partydays/drawer.js`) holds the names until the day is over, and ticks until the server has them.
"""

import json
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from rongpei.activities.partydays import actions, rules
from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.web.record import meeting_of
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.dates import day_weekday
from rongpei.kernel.gatherings.codes import Presence
from rongpei.kernel.gatherings.queries import attendance_list
from rongpei.org.access.doors import PageRequest, door

_STYLES = ("vendor/@tabler/core/css/tabler.min.css", "ui/rongpei.css")
_SCRIPTS = ("partydays/phone.js",)
_MORE = ("partydays/drawer.js", "ui/mark.svg")
_WORKER = Path(__file__).parent.parent / "static" / "partydays" / "worker.js"
_TICKED = {"present": Presence.PRESENT, "leave": Presence.LEAVE, "expected": Presence.EXPECTED}


def _page(request: PageRequest, **more: object) -> HttpResponse:
    context: dict[str, object] = {
        "styles": [static(name) for name in _STYLES], "scripts": [static(name) for name in _SCRIPTS],
        "mark": static("ui/mark.svg"),
    }  # fmt: skip
    return render(request, "partydays/phone.html", context | more)


@never_cache
@door(*rules.RUNNERS)
def offline(request: PageRequest, pk: int) -> HttpResponse:
    """The list of one meeting, taken along by opening it."""
    return _page(request, sheet=_sheet(request, meeting_of(request, pk)), owner=request.visit.user_id)


@door(*rules.RUNNERS)
def phone(request: PageRequest) -> HttpResponse:
    """The lists this phone keeps; the same page for everybody, so that the worker may keep it."""
    return _page(request)


@door(public=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The worker of the pages below this address, with the names of what it keeps."""
    return HttpResponse(_worker(), content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@cache
def _worker() -> str:
    files = [static(name) for name in (*_STYLES, *_SCRIPTS, *_MORE)]
    page = reverse("partydays:phone")
    source = _WORKER.read_text(encoding="utf-8")
    return f"const PAGE = {json.dumps(page)}, FILES = {json.dumps(files)};\n{source}"


def _sheet(request: PageRequest, meeting: Meeting) -> dict[str, Any]:
    """What a phone keeps of a meeting: id, name and whether present, until the end of the meeting's day.

    A meeting entered afterwards is kept until tonight. The day is counted in the phone's own time: a demonstration's
    business date may lie elsewhere.
    """
    gathering = meeting.gathering
    ahead = max(0, (gathering.held_on - clock.today()).days)
    night = timezone.localtime(clock.now()).date() + timedelta(days=ahead + 1)
    rows = attendance_list(meeting.gathering_id)
    return {
        "owner": request.visit.user_id,
        "meeting": meeting.pk,
        "title": gathering.title,
        "day": day_weekday(gathering.held_on),
        "url": reverse("partydays:hand-over", args=[meeting.pk]),
        "page": reverse("partydays:meeting", args=[meeting.pk]),
        "until": timezone.make_aware(datetime.combine(night, time())).isoformat(),
        "people": [[row.person_id, row.person.name, row.presence == Presence.PRESENT] for row in rows],
    }


@never_cache
@door(*rules.RUNNERS)
def hand_over(request: PageRequest, pk: int) -> HttpResponse:
    """Give the token and the list as it stands; take the phone's ticks: `{"key": uuid, "marks": {person id: [mark, reason]}}`.

    A mark is "present", "leave" or "expected". The same key again changes nothing.
    """
    meeting = meeting_of(request, pk)
    if request.method != "POST":
        return JsonResponse({"token": get_token(request), "list": _sheet(request, meeting)})
    try:
        sent = json.loads(request.body)
        key = UUID(sent["key"])
        marks = {
            int(ident): (_TICKED[mark], str(reason).strip()[:200])
            for ident, (mark, reason) in sent["marks"].items()
        }
    except (KeyError, TypeError, ValueError, AttributeError):
        return JsonResponse({"said": _("勾选没有读懂，没有同步。请重新打开这一页。")}, status=400)
    try:
        taken = actions.hand_over_sheet(
            actor=request.visit, meeting=meeting, key=key, marks=marks, now=clock.now()
        )
    except Refused as refusal:
        return JsonResponse({"said": f"{refusal.what}{refusal.why}{refusal.remedy}"}, status=refusal.status)
    said = _("已同步，改动 %(count)d 人。") % {"count": taken.changed}
    return JsonResponse({"said": said, "list": _sheet(request, meeting)})
