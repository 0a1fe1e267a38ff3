"""支部工作手册: the branch's year as one Word document, printed from what is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import IO

from django.utils.translation import gettext as _

from rongpei.activities.partydays.codes import MakeUpState, MeetingKind
from rongpei.activities.partydays.documents.minutes import write_minutes
from rongpei.activities.partydays.documents.photos import photos_of
from rongpei.activities.partydays.evidence import evidence_of
from rongpei.activities.partydays.hours import rule_on
from rongpei.activities.partydays.kinds import RULES, rule_of
from rongpei.activities.partydays.models import MakeUp, Meeting
from rongpei.activities.partydays.queries import should_attend
from rongpei.ground.ui.official import OfficialPaper
from rongpei.kernel.gatherings.codes import Part, Presence, State
from rongpei.kernel.gatherings.models import Attendance
from rongpei.kernel.ledger.queries import hours_of_people
from rongpei.org.people.models import Person
from rongpei.org.units.codes import Office, UnitKind
from rongpei.org.units.models import Appointment, Unit
from rongpei.org.units.queries import committee_member_ids, offices_on

MONTHS = range(1, 13)


@dataclass(frozen=True)
class Year:
    """Everything the book prints; `on` is the day the facts are of: the year's end, or today in the running year.

    `talks` is how many talks were held: they are counted, their content is nobody else's.
    """

    branch: Unit
    year: int
    on: date
    meetings: Sequence[Meeting]
    members: Sequence[Person]
    attendances: dict[int, list[Attendance]]
    talks: int = 0


def collect(branch: Unit, year: int, today: date, rows: Sequence[Meeting]) -> Year:
    """Read what the book prints, from the meetings of the year the reader may see; three queries beside theirs."""
    held = [one for one in rows if one.gathering.state == State.CONFIRMED]
    meetings = [one for one in held if not rule_of(one.kind).private]
    on = min(today, date(year, 12, 31))
    people = Person.objects.filter(pk__in=should_attend(branch, MeetingKind.MEMBERS, on))
    lines = Attendance.objects.filter(gathering__in=[one.gathering_id for one in meetings])
    grouped: dict[int, list[Attendance]] = {}
    for row in lines.select_related("person").order_by("part", "person__sort_key", "id"):
        grouped.setdefault(row.gathering_id, []).append(row)
    members = list(people.select_related("place__department").order_by("sort_key", "id"))
    return Year(branch, year, on, meetings, members, grouped, len(held) - len(meetings))


def work_book(book: Year, target: IO[bytes]) -> None:
    """Write the book."""
    paper = OfficialPaper()
    paper.space(5)
    paper.title(book.branch.name, size=26)
    paper.title(_("支部工作手册"), size=36)
    paper.title(_("%(year)d年度") % {"year": book.year}, size=22)
    paper.space(6)
    above = book.branch.parent
    paper.title(above.name if above else "", size=16)
    paper.page_break()
    _people(paper, book)
    _held(paper, book)
    _attendance(paper, book)
    _hours(paper, book)
    _made_up(paper, book)
    _judged(paper, book)
    _listed(paper, book)
    photos = photos_of([meeting.pk for meeting in book.meetings])
    paper.dense()
    for meeting in book.meetings:
        paper.page_break()
        rows = book.attendances.get(meeting.gathering_id, [])
        write_minutes(paper, meeting, rows, photos.get(meeting.pk, []), in_book=True)
    paper.save(target)


def _listed(paper: OfficialPaper, book: Year) -> None:
    """All meetings in order, with how many came; their records follow, a page each."""
    paper.heading(_("七、会议一览"))
    rows = []
    for number, meeting in enumerate(book.meetings, start=1):
        due = [row for row in book.attendances.get(meeting.gathering_id, []) if row.part == Part.ATTENDEE]
        came = sum(row.presence == Presence.PRESENT for row in due)
        on = f"{meeting.gathering.held_on:%m.%d}"
        rows.append(
            [str(number), on, str(meeting.get_kind_display()), meeting.gathering.title, f"{came}/{len(due)}"]
        )
    if rows:
        heads = [_("序号"), _("日期"), _("类型"), _("会议"), _("实到/应到")]
        paper.remark(_("每次会议的记录和照片按这个顺序附后。"))
        paper.table(heads, rows, (14, 18, 32, 70, 22))
    else:
        paper.text(_("本年度还没有已确认的会议。"))


def _people(paper: OfficialPaper, book: Year) -> None:
    paper.heading(_("一、支部委员会和党小组"))
    begin = date(book.year, 1, 1)
    terms = Appointment.objects.filter(unit=book.branch, starts_on__lte=book.on).exclude(ends_on__lte=begin)
    officers = terms.select_related("person").order_by("starts_on", "id")
    rows = [[str(one.get_office_display()), one.person.name, _term(one)] for one in officers]
    paper.table([_("职务"), _("姓名"), _("任期")], rows, (44, 44, 68))
    groups = Unit.objects.filter(parent=book.branch, kind=UnitKind.GROUP, closed_on=None).order_by("path")
    held = offices_on(book.on).filter(unit__in=groups, office=Office.LEADER)
    leaders = dict(held.values_list("unit_id", "person__name"))
    if groups:
        named = [[one.name, leaders.get(one.pk, "")] for one in groups]
        paper.heading(_("党小组"), second=True)
        paper.table([_("党小组"), _("组长")], named, (88, 68))
    paper.heading(_("二、党员名册（%(n)d 人）") % {"n": len(book.members)})
    listed = [
        [str(number), one.name, str(one.get_sex_display()), str(one.get_party_status_display()),
         f"{one.joined_on:%Y.%m.%d}" if one.joined_on else "", _department(one)]
        for number, one in enumerate(book.members, start=1)
    ]  # fmt: skip
    paper.table(
        [_("序号"), _("姓名"), _("性别"), _("人员类别"), _("入党时间"), _("科室")],
        listed,
        (14, 26, 14, 28, 30, 44),
    )


def _term(one: Appointment) -> str:
    """2023.06.19 起, or 2023.06.19—2026.06.18, the last day included."""
    begins = f"{one.starts_on:%Y.%m.%d}"
    if one.ends_on is None:
        return _("%(on)s 起") % {"on": begins}
    return f"{begins}—{one.ends_on - timedelta(days=1):%Y.%m.%d}"


def _department(person: Person) -> str:
    place = getattr(person, "place", None)
    return place.department.name if place is not None and place.department else ""


def _held(paper: OfficialPaper, book: Year) -> None:
    """How often each kind was held, month by month."""
    paper.heading(_("三、组织生活开展情况（次）"))
    counted: dict[tuple[str, int], int] = {}
    for meeting in book.meetings:
        key = (meeting.kind, meeting.gathering.held_on.month)
        counted[key] = counted.get(key, 0) + 1
    shown = [kind for kind in RULES if any(key[0] == kind for key in counted)]
    rows = [
        [str(MeetingKind(kind).label), *(str(counted.get((kind, month), "")) for month in MONTHS),
         str(sum(many for key, many in counted.items() if key[0] == kind))]
        for kind in shown
    ]  # fmt: skip
    heads = [_("类型／月份"), *map(str, MONTHS), _("合计")]
    paper.table(heads, rows, (32, *(9 for _month in MONTHS), 16), size=10)
    if book.talks:
        paper.remark(_("另有谈心谈话 %(n)d 次，内容由参加的人和支部保管，不印入手册。") % {"n": book.talks})


def _attendance(paper: OfficialPaper, book: Year) -> None:
    """Present of expected by person and month."""
    paper.heading(_("四、出勤情况（实到/应到）"))
    months = {meeting.gathering_id: meeting.gathering.held_on.month for meeting in book.meetings}
    sums: dict[tuple[int, int], list[int]] = {}
    for gathering_id, rows in book.attendances.items():
        for row in rows:
            if row.part == Part.ATTENDEE:
                cell = sums.setdefault((row.person_id, months[gathering_id]), [0, 0])
                cell[0] += row.presence == Presence.PRESENT
                cell[1] += 1
    lines = []
    for person in book.members:
        cells = [sums.get((person.pk, month)) for month in MONTHS]
        came, due = (sum(cell[at] for cell in cells if cell) for at in (0, 1))
        shown = [f"{cell[0]}/{cell[1]}" if cell else "" for cell in cells]
        lines.append([person.name, *shown, f"{came}/{due}"])
    heads = [_("姓名／月份"), *map(str, MONTHS), _("合计")]
    paper.table(heads, lines, (24, *(9 for _month in MONTHS), 20), size=10)


def _hours(paper: OfficialPaper, book: Year) -> None:
    paper.heading(_("五、学时完成情况"))
    ids = [one.pk for one in book.members]
    reached, rule = hours_of_people(ids, book.year), rule_on(book.branch.tenant_id, book.on)
    committee = committee_member_ids(ids, book.on)
    rows = []
    for person in book.members:
        quota = rule.committee_quota if person.pk in committee else rule.member_quota
        hours = reached.get(person.pk, Decimal(0))
        lacks = max(quota - hours, Decimal(0))
        rows.append([person.name, str(quota), f"{hours:.1f}", f"{lacks:.1f}" if lacks else _("已达到")])
    paper.table([_("姓名"), _("全年应达"), _("已记学时"), _("还差")], rows, (30, 30, 30, 30))


def _made_up(paper: OfficialPaper, book: Year) -> None:
    rows = MakeUp.objects.filter(
        person__in=[one.pk for one in book.members], studied_on__year=book.year, state=MakeUpState.ACCEPTED
    ).select_related("person", "meeting__gathering")
    found = [
        [
            one.person.name,
            one.meeting.gathering.title,
            f"{one.studied_on:%m.%d}",
            one.content,
            f"{one.hours:.1f}",
        ]
        for one in rows.order_by("studied_on", "id")
    ]
    if found:
        paper.heading(_("补学（单独计学时，不改变出勤）"), second=True)
        paper.table(
            [_("姓名"), _("缺的会议"), _("日期"), _("补学内容"), _("学时")], found, (22, 48, 16, 54, 16)
        )


def _judged(paper: OfficialPaper, book: Year) -> None:
    paper.heading(_("六、调查与评价"))
    evidence = evidence_of(book.meetings)
    rows = [
        [one.gathering.title, evidence[one.pk].rate_words, evidence[one.pk].mean_words, evidence[one.pk].score_words,
         evidence[one.pk].change_words]
        for one in book.meetings
        if evidence[one.pk].after.asked or evidence[one.pk].change.asked
    ]  # fmt: skip
    if rows:
        heads = [_("会议"), _("出勤率"), _("评价均分"), _("测验"), _("三个月后")]
        paper.table(heads, rows, (68, 22, 22, 22, 22))
    else:
        paper.text(_("本年度没有调查。"))
