"""The inbox. The floor above puts a door before it; everybody sees the own notices only."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from rongpei.ground import clock
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.notices import actions
from rongpei.ground.notices.models import Notice
from rongpei.ground.notices.queries import inbox_for, unread_count

PER_PAGE = 20


class ReaderRequest(HttpRequest):
    """A request whose actor is known."""

    visit: Actor


@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: ReaderRequest) -> HttpResponse:
    """Notices, newest first; `?unread=1` filters, `?before=ID` pages. A POST marks one or all as read."""
    if request.method == "POST":
        return _mark(request)
    unread = request.GET.get("unread") == "1"
    rows = inbox_for(request.visit, unread=unread)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    page = list(rows[: PER_PAGE + 1])
    older = {"before": page[PER_PAGE - 1].pk} if len(page) > PER_PAGE else None
    if older and unread:
        older["unread"] = 1
    return render(
        request,
        "notices/inbox.html",
        {
            "notices": page[:PER_PAGE],
            "unread": unread,
            "unread_count": unread_count(request.visit),
            "older": f"?{urlencode(older)}" if older else "",
            "paged": bool(before),
        },
    )


def _mark(request: ReaderRequest) -> HttpResponse:
    if request.POST.get("all") == "1":
        actions.mark_all_read(actor=request.visit, now=clock.now())
        return HttpResponseRedirect(request.path)
    notice = actions.mark_read(actor=request.visit, notice=_own(request), now=clock.now())
    return HttpResponseRedirect(
        notice.url if request.POST.get("open") == "1" and notice.url else _back(request)
    )


def _own(request: ReaderRequest) -> Notice:
    wanted = request.POST.get("notice", "")
    if wanted.isascii() and wanted.isdecimal() and len(wanted) < 19:
        found = inbox_for(request.visit).filter(pk=int(wanted)).first()
        if found is not None:
            return found
    raise Http404


def _back(request: ReaderRequest) -> str:
    return f"{request.path}?unread=1" if request.POST.get("unread") == "1" else request.path
