"""The sign-in sheet of a meeting as Excel, ready to be printed: head, sums, a line for everybody, room for a signature."""

from collections.abc import Iterator, Sequence
from typing import IO, Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from rongpei.activities.partydays.models import Meeting
from rongpei.ground.ui import dates
from rongpei.ground.ui.listing.sheet import sheet_name
from rongpei.ground.ui.sending import unnamed_file
from rongpei.kernel.gatherings.codes import Arrival, Presence
from rongpei.kernel.gatherings.models import Attendance
from rongpei.kernel.gatherings.presence import arrival_of
from rongpei.kernel.gatherings.queries import Tally, attendance_list, tally_of

_HEAD = 4  # the row of the column heads, counted from 0


def sign_sheet(meeting: Meeting) -> IO[bytes]:
    """An unnamed temporary file holding the workbook; the caller closes it."""
    target = unnamed_file()
    columns = _columns(meeting)
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(sheet_name(_("签到表")))
    _set_page(sheet, len(columns))
    look = {"font_size": 11, "valign": "vcenter"}
    title = book.add_format(look | {"font_size": 16, "bold": True, "align": "center"})
    plain = book.add_format(look | {"text_wrap": True})
    head = book.add_format(look | {"bold": True, "align": "center", "border": 1, "bg_color": "#F2F2F2"})
    cells = [
        book.add_format(look | {"align": align, "border": 1, "text_wrap": True})
        for align in ("center", "left")
    ]
    last = len(columns) - 1
    sheet.set_row(0, 28)
    sheet.merge_range(0, 0, 0, last, f"{meeting.gathering.title}{_('签到表')}", title)
    for at, line in enumerate(_lines(meeting), start=1):
        sheet.merge_range(at, 0, at, last, line, plain)
    for at, (words, width, _values) in enumerate(columns):
        sheet.set_column(at, at, width)
        sheet.write_string(_HEAD, at, words, head)
    for at, (_words, _width, values) in enumerate(columns):
        for down, value in enumerate(values, start=_HEAD + 1):
            sheet.write(down, at, value, cells[at == last])
    end = _HEAD + 2 + len(columns[0][2])
    sheet.merge_range(
        end, 0, end, last, _("组织者（签字）：　　　　　　　　　　　　　日期：　　　　年　　月　　日"), plain
    )
    book.close()
    target.seek(0)
    return target


def _set_page(sheet: Any, columns: int) -> None:
    sheet.set_paper(9)  # A4
    if columns > 8:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.set_footer(f"&C{_('第 &P 页，共 &N 页')}")
    sheet.freeze_panes(_HEAD + 1, 2)


def _lines(meeting: Meeting) -> Iterator[str]:
    """Who, when and where, and the sums."""
    gathering = meeting.gathering
    sittings = list(gathering.sittings.order_by("starts_at", "id"))
    times = [
        f"{timezone.localtime(one.starts_at):%H:%M}—{timezone.localtime(one.ends_at):%H:%M}"
        for one in sittings
    ]
    places = "、".join(dict.fromkeys(one.location for one in sittings if one.location))
    yield f"{_('组织')}：{gathering.unit.name}　　{_('类型')}：{meeting.get_kind_display()}"
    yield f"{_('时间')}：{dates.day_full(gathering.held_on)} {'、'.join(times)}" + (
        f"　　{_('地点')}：{places}" if places else ""
    )
    tally: Tally = tally_of(gathering.pk)
    yield _("应到 %(due)d 人，实到 %(came)d 人，请假 %(leave)d 人，缺席 %(absent)d 人") % {
        "due": tally.expected, "came": tally.present, "leave": tally.leave, "absent": tally.absent,
    } + (_("；列席 %(n)d 人") % {"n": tally.observers} if tally.observers else "")  # fmt: skip


def _columns(meeting: Meeting) -> list[tuple[str, int, Sequence[Any]]]:
    """Heads, widths in characters, values; a column that holds nothing is left out."""
    rows = attendance_list(meeting.gathering_id)
    guests = list(meeting.gathering.guests.order_by("id"))
    blank = [""] * len(guests)
    arrivals = [arrival_of(row, row.sitting, meeting.gathering.late_after) for row in rows]
    late = [str(one.label) if one not in (None, Arrival.ON_TIME) else "" for one in arrivals]
    always: list[tuple[str, int, Sequence[Any]]] = [
        (_("序号"), 6, [*range(1, len(rows) + len(guests) + 1)]),
        (_("姓名"), 12, [*(row.person.name for row in rows), *(guest.name for guest in guests)]),
        (_("工号"), 11, [*(row.person.staff_number for row in rows), *blank]),
        (_("身份"), 9, [*(str(row.get_part_display()) for row in rows), *(_("来宾") for _guest in guests)]),
        (
            _("出勤"),
            8,
            [*(str(row.get_presence_display()) for row in rows), *(_("实到") for _guest in guests)],
        ),
        (_("签到方式"), 11, [*(str(row.get_means_display()) if _came(row) else "" for row in rows), *blank]),
        (
            _("签到时间"),
            14,
            [
                *(_at(row, row.marked_at) if one else "" for row, one in zip(rows, arrivals, strict=True)),
                *blank,
            ],
        ),
    ]
    found: list[tuple[str, int, Sequence[Any]]] = [
        (_("签退时间"), 14, [*(_at(row, row.left_at) for row in rows), *blank]),
        (_("迟到早退"), 10, [*late, *blank]),
        (_("线上"), 7, [*(_("是") if row.online else "" for row in rows), *blank]),
    ]
    remarks = [*(row.reason for row in rows), *(guest.organisation for guest in guests)]
    return [*always, *(one for one in found if any(one[2])), (_("备注"), 24, remarks)]


def _came(row: Attendance) -> bool:
    return row.presence == Presence.PRESENT


def _at(row: Attendance, instant: Any) -> str:
    """16:25; with the day where the sitting was on another one."""
    if instant is None:
        return ""
    local = timezone.localtime(instant)
    same = row.sitting is None or timezone.localdate(row.sitting.starts_at) == local.date()
    return f"{local:%H:%M}" if same else f"{local:%m-%d %H:%M}"
