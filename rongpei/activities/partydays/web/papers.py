"""Downloads of a meeting and of a branch's year, and the calendar as a feed."""

from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _

from rongpei.activities.partydays import rules
from rongpei.activities.partydays.documents.minutes import minutes_paper
from rongpei.activities.partydays.documents.signsheet import sign_sheet
from rongpei.activities.partydays.documents.workbook import collect, work_book
from rongpei.activities.partydays.queries import meetings_for
from rongpei.activities.partydays.web.gaps import branch_of
from rongpei.activities.partydays.web.record import meeting_of
from rongpei.ground import clock
from rongpei.ground.ui.listing.sheet import XLSX
from rongpei.ground.ui.official import WORD
from rongpei.ground.ui.sending import sent, unnamed_file
from rongpei.org.access.doors import PageRequest, door


@door(*rules.READERS)
def minutes_word(request: PageRequest, pk: int) -> HttpResponseBase:
    """The minutes as Word, for those who read the list and the record."""
    meeting = meeting_of(request, pk)
    if not rules.reads_list(request.visit, meeting) or not rules.may_read_record(request.visit, meeting):
        raise Http404
    target = unnamed_file()
    minutes_paper(meeting, target)
    return sent(target, f"{meeting.gathering.title}-{_('会议记录')}.docx", WORD)


@door(*rules.READERS)
def sheet(request: PageRequest, pk: int) -> HttpResponseBase:
    """The sign-in sheet as Excel."""
    meeting = meeting_of(request, pk)
    if not rules.reads_list(request.visit, meeting):
        raise Http404
    title = f"{meeting.gathering.title}-{_('签到表')}"
    return sent(sign_sheet(meeting), f"{title}.xlsx", XLSX)


@door(*rules.READERS)
def book(request: PageRequest, pk: int, year: int) -> HttpResponseBase:
    """支部工作手册 of a branch the visitor reads."""
    branch = branch_of(request, pk)
    if not 2000 < year <= clock.today().year:
        raise Http404
    rows = meetings_for(request.visit).filter(
        gathering__unit__path__under=branch.path, gathering__held_on__year=year
    )
    rows = rows.select_related("gathering__unit", "host", "recorder")
    meetings = list(rows.order_by("gathering__held_on", "id"))
    target = unnamed_file()
    work_book(collect(branch, year, clock.today(), meetings), target)
    return sent(target, f"{branch.name}{year}{_('年支部工作手册')}.docx", WORD)
