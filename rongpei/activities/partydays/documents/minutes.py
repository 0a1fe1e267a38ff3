"""The minutes of a meeting as Word."""

from collections.abc import Iterator, Sequence
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rongpei.activities.partydays.documents.photos import MOST, photos_of, printed
from rongpei.activities.partydays.kinds import rule_of
from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.quorum import Quorum, quorum_of
from rongpei.activities.partydays.voting import judge, motions_of
from rongpei.ground.files.models import StoredFile
from rongpei.ground.ui import dates
from rongpei.ground.ui.official import OfficialPaper
from rongpei.kernel.gatherings.codes import Part, Presence
from rongpei.kernel.gatherings.models import Attendance, Guest, Sitting
from rongpei.kernel.gatherings.queries import attendance_list

_PARTS = (("agenda", _lazy("议题")), ("minutes", _lazy("发言摘要")), ("resolution", _lazy("决议")))
_NUMBERS = "一二三四五"
_SHORT = 10  # signs of a fact that fits into half a row


def minutes_paper(meeting: Meeting, target: IO[bytes]) -> None:
    """Write the minutes of one meeting."""
    paper = OfficialPaper()
    photos = photos_of([meeting.pk]).get(meeting.pk, [])
    write_minutes(paper, meeting, attendance_list(meeting.gathering_id), photos)
    paper.signature(_("主持人（签字）：　　　　　　记录人（签字）：　　　　　　"))
    paper.save(target)


def write_minutes(
    paper: OfficialPaper, meeting: Meeting, rows: Sequence[Attendance], photos: Sequence[StoredFile] = (),
    *, in_book: bool = False,
) -> None:  # fmt: skip
    """The title, the facts of who and when, the record with its votes, and the first photographs.

    In a book short facts stand two in a row, so that the record keeps to its page.
    """
    paper.title(meeting.gathering.title)
    if in_book:
        found = _two_by_two([pair for pair in _facts(meeting, rows) if pair[1]])
        paper.grid(found, [0] * len(found))
    else:
        paper.facts(_facts(meeting, rows))
    quorum = quorum_of(meeting)
    parts = [(str(words), str(getattr(meeting, name)).strip()) for name, words in _PARTS]
    if quorum is not None:
        parts.insert(2, (_("表决"), _votes(meeting, quorum)))
    for number, (words, text) in enumerate(part for part in parts if part[1]):
        paper.heading(f"{_NUMBERS[number]}、{words}")
        paper.text(text)
    if photos:
        paper.heading(_("照片"), second=True)
        paper.pictures(printed(photos))
        if len(photos) > MOST:
            paper.remark(_("共 %(n)d 张，这里是前 %(m)d 张。") % {"n": len(photos), "m": MOST})


def _two_by_two(pairs: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Rows of one or two facts: a long one has a row of its own."""
    found: list[list[tuple[str, str]]] = []
    for pair in pairs:
        last = found[-1] if found else []
        if len(last) == 1 and len(last[0][1]) <= _SHORT and len(pair[1]) <= _SHORT:
            last.append(pair)
        else:
            found.append([pair])
    return found


def _facts(meeting: Meeting, rows: Sequence[Attendance]) -> Iterator[tuple[str, str]]:
    gathering = meeting.gathering
    sittings = list(gathering.sittings.order_by("starts_at", "id"))
    due = [row for row in rows if row.part == Part.ATTENDEE]
    yield _("会议类型"), str(meeting.get_kind_display())
    yield _("组织"), gathering.unit.name
    yield _("时间"), "\n".join(_when(sitting) for sitting in sittings)
    yield _("地点"), "、".join(dict.fromkeys(one.location for one in sittings if one.location))
    yield _("主持人"), meeting.host.name if meeting.host else ""
    yield _("记录人"), meeting.recorder.name if meeting.recorder else ""
    yield _("授课人"), _names([row for row in rows if row.part == Part.LECTURER])
    yield _("应到"), _("%(n)d 人") % {"n": len(due)}
    yield _("实到"), _came(due)
    for presence, words in ((Presence.LEAVE, _("请假")), (Presence.ABSENT, _("缺席"))):
        yield words, _with_reasons([row for row in due if row.presence == presence])
    yield (
        _("列席"),
        _names([row for row in rows if row.part == Part.OBSERVER and row.presence == Presence.PRESENT]),
    )
    yield _("来宾"), "、".join(_guest(guest) for guest in gathering.guests.order_by("id"))
    yield _("补录原因"), meeting.entered_later_reason


def _when(sitting: Sitting) -> str:
    start, end = timezone.localtime(sitting.starts_at), timezone.localtime(sitting.ends_at)
    return f"{dates.day_full(start)} {dates.weekday(start)} {start:%H:%M}—{end:%H:%M}"


def _names(rows: Sequence[Attendance]) -> str:
    return "、".join(row.person.name for row in rows)


def _came(due: Sequence[Attendance]) -> str:
    came = [row for row in due if row.presence == Presence.PRESENT]
    afar = sum(row.online for row in came)
    words = _("%(n)d 人") % {"n": len(came)}
    return words + (_("，其中线上 %(n)d 人") % {"n": afar} if afar else "")


def _with_reasons(rows: Sequence[Attendance]) -> str:
    if not rows:
        return ""
    named = "、".join(f"{row.person.name}（{row.reason}）" if row.reason else row.person.name for row in rows)
    return _("%(n)d 人：%(names)s") % {"n": len(rows), "names": named}


def _guest(guest: Guest) -> str:
    return f"{guest.name}（{guest.organisation}）" if guest.organisation else guest.name


def _votes(meeting: Meeting, quorum: Quorum) -> str:
    """Who was entitled and in the room, then each vote; empty where nothing was decided."""
    judged = judge(motions_of(meeting_id=meeting.pk), quorum)
    if not judged and not meeting.resolution.strip():
        return ""
    words = _("有表决权的应到 %(entitled)d 人，到会 %(present)d 人")
    there = words % {"entitled": quorum.entitled, "present": quorum.present}
    lines = [f"{one.motion.text}：{one.counts}，{one.outcome}。" for one in judged]
    return "\n".join([f"{there}（{rule_of(meeting.kind).law}）。", *lines])
