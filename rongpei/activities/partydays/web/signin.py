"""Signing in: the projected code, the scan, the spoken digits."""

import hashlib
import secrets

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rongpei.activities.partydays import actions, rules
from rongpei.activities.partydays.queries import open_sittings_for
from rongpei.activities.partydays.web.forms import SpokenForm
from rongpei.activities.partydays.web.record import meeting_of
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.kernel.gatherings import signin as codes
from rongpei.kernel.gatherings.codes import Mode
from rongpei.kernel.gatherings.models import Attendance, Sitting
from rongpei.kernel.gatherings.queries import Tally, sitting_of, tallies
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.people.models import Person

DEVICE = "rongpei_device"


@door(*rules.RUNNERS)
def screen(request: PageRequest, pk: int, sitting_pk: int) -> HttpResponse:
    """The projector page; its code part renews itself every ten seconds."""
    return render(request, "partydays/screen.html", _screen_context(request, pk, sitting_pk))


@door(*rules.RUNNERS)
def screen_code(request: PageRequest, pk: int, sitting_pk: int) -> HttpResponse:
    """The part with the code and the newest arrivals."""
    return render(request, "partydays/_screen_code.html", _screen_context(request, pk, sitting_pk))


def _screen_context(request: PageRequest, pk: int, sitting_pk: int) -> dict[str, object]:
    meeting = meeting_of(request, pk)
    sitting = get_object_or_404(meeting.gathering.sittings, pk=sitting_pk)
    now = clock.now()
    code = codes.code_for(tenant_id=sitting.tenant_id, sitting_id=sitting.pk, secret=sitting.secret, now=now)
    address = settings.RONGPEI_PUBLIC_URL.rstrip("/") + reverse("partydays:scanned", args=[code])
    picture = segno.make(address, error="m", micro=False)
    newest = Attendance.objects.filter(gathering=meeting.gathering, presence="present")
    return {
        "meeting": meeting,
        "gathering": meeting.gathering,
        "sitting": sitting,
        "picture": picture.svg_data_uri(border=4, scale=10, dark="#23201d", light="#ffffff"),
        "spoken": codes.spoken_code(sitting.secret, now),
        "address": address,
        "tally": tallies([meeting.gathering_id]).get(meeting.gathering_id, Tally()),
        "newest": list(newest.select_related("person").order_by("-marked_at")[:12]),
    }


@door()
def scanned(request: PageRequest, code: str) -> HttpResponse:
    """What a scan opens: one button, pressed by the script at once (two, where one may be online); then the outcome."""
    read = codes.read_code(code)
    sitting = sitting_of(request.visit.tenant_id, read.sitting_id) if read else None
    if request.method != "POST":
        asks_where = sitting is not None and sitting.mode == Mode.BOTH
        return render(request, "partydays/scanned.html", {"code": code, "asks_where": asks_where})
    if read is None or sitting is None:
        refusal = Refused(_("这不是本单位会议的签到码。"), remedy=_("请扫会场屏幕上的码。"), code="unknown")
        return render(request, "partydays/sign_in_result.html", {"refusal": refusal}, status=409)
    return _sign_in(request, sitting, read, "", online=request.POST.get("where") == "online")


@door()
def spoken(request: PageRequest) -> HttpResponse:
    """Signing in by the six digits, for phones that cannot scan."""
    sittings, now = open_sittings_for(request.visit.person_id or 0, clock.today()), clock.now()
    nearest = min(sittings, key=lambda one: abs(one.starts_at - now), default=None)
    form = SpokenForm(request.POST or None, sittings=sittings, initial={"sitting": nearest})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        online = values.get("where") == "online"
        return _sign_in(request, values["sitting"], None, values["spoken"], online=online)
    return render(request, "partydays/spoken.html", {"form": form, "sittings": list(sittings)})


def _sign_in(
    request: PageRequest, sitting: Sitting, read: codes.Read | None, spoken: str, *, online: bool
) -> HttpResponse:
    mark = request.COOKIES.get(DEVICE) or secrets.token_urlsafe(24)
    context: dict[str, object] = {"gathering": sitting.gathering, "sitting": sitting, "now": clock.now()}
    status = 200
    try:
        done = actions.sign_in(
            actor=request.visit,
            person=Person(pk=request.visit.person_id, tenant_id=request.visit.tenant_id),
            sitting=sitting,
            read=read,
            spoken=spoken,
            device=hashlib.sha256(mark.encode()).hexdigest(),
            online=online,
            now=clock.now(),
        )
        context["again"], context["left"] = done.again, done.left
    except Refused as refusal:
        context["refusal"], status = refusal, 409
    response = render(request, "partydays/sign_in_result.html", context, status=status)
    if DEVICE not in request.COOKIES:
        response.set_cookie(
            DEVICE, mark, max_age=400 * 86400, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response
