"""Pasted minutes, meetings entered afterwards, reflections, and the papers printed from them."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from PIL import Image
from python_calamine import CalamineWorkbook

from contracts.cast import Cast
from rongpei.activities.partydays import actions, rules
from rongpei.activities.partydays.actions import Slot
from rongpei.activities.partydays.codes import MEETING_OWNER, Audience, MeetingKind
from rongpei.activities.partydays.documents.minutes import minutes_paper
from rongpei.activities.partydays.documents.signsheet import sign_sheet
from rongpei.activities.partydays.documents.workbook import collect, work_book
from rongpei.activities.partydays.minutes import take_apart
from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.queries import meetings_for
from rongpei.activities.partydays.voting import Vote
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.files.actions import store_upload
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings.codes import Presence, State
from rongpei.kernel.ledger.queries import hours_of_people
from rongpei.org.people.models import Person

PASTED = """一支部6月主题党日记录
时间：2026年6月11日
地点：三层会议室
主持人：张三
应到：23人  实到：20人
一、会议议题：
1. 学习应急预案
2. 讨论分工
二、发言摘要
李四：穿脱防护用品要再练。
王五谈了议题二，会议内容充实。
三、形成决议：
每周练一次。
"""


@pytest.fixture
def inside(cast: Cast):
    with scope([cast.h1.tenant.pk]):
        yield cast


def test_pasted_minutes_are_taken_apart() -> None:
    found = take_apart(PASTED)
    assert found.agenda == "1. 学习应急预案\n2. 讨论分工"
    assert (
        found.minutes == "一支部6月主题党日记录\n李四：穿脱防护用品要再练。\n王五谈了议题二，会议内容充实。"
    )
    assert found.resolution == "每周练一次。"
    assert (found.part("host"), found.part("location")) == ("张三", "三层会议室")


def test_text_without_headings_is_the_summary() -> None:
    assert take_apart("大家谈了体会。\n都同意。").minutes == "大家谈了体会。\n都同意。"


def _later(cast: Cast, **changes: object) -> Meeting:
    starts_at = clock.now() - timedelta(days=1)
    pasted = take_apart(PASTED)
    marks = {
        cast.h1.person("member-1").pk: (Presence.PRESENT, ""),
        cast.h1.person("member-2").pk: (Presence.LEAVE, "夜班"),
    }
    given = {
        "actor": cast.h1.actor("branch_secretary"), "unit": cast.h1.unit("一支部"), "kind": MeetingKind.THEME_DAY,
        "title": "6月主题党日", "slot": Slot(starts_at, starts_at + timedelta(hours=2), "三层会议室"),
        "class_hours": Decimal(2), "reason": "当天值夜班", "marks": marks, "now": clock.now(), "confirm": True,
        "record": {"agenda": pasted.agenda, "minutes": pasted.minutes, "resolution": pasted.resolution},
    } | changes  # fmt: skip
    return actions.enter_later(**given)  # type: ignore[arg-type]


def test_yesterdays_meeting_is_entered_in_one_act(inside: Cast) -> None:
    meeting = _later(inside)
    me = inside.h1.person("member-1").pk
    assert hours_of_people([me], meeting.gathering.held_on.year)[me] == 2
    with pytest.raises(Refused, match="请写明补录的原因"):
        _later(inside, reason=" ")


def test_only_the_audience_reads_a_reflection(inside: Cast) -> None:
    meeting = _later(inside)
    author = inside.h1.actor("member-1")

    def readers(audience: Audience) -> list[str]:
        actions.write_reflection(
            actor=author, meeting=meeting, person=inside.h1.person("member-1"), text="要再练。", audience=audience, now=clock.now()
        )  # fmt: skip
        numbers = ("member-1", "member-2", "branch_secretary", "hospital_leader")
        return [n for n in numbers if rules.readable_reflections(inside.h1.actor(n), meeting)]

    assert readers(Audience.SELF) == ["member-1"]
    assert readers(Audience.COMMITTEE) == ["member-1", "branch_secretary"]
    assert readers(Audience.BRANCH) == ["member-1", "member-2", "branch_secretary"]
    assert readers(Audience.HOSPITAL) == ["member-1", "member-2", "branch_secretary", "hospital_leader"]


def test_who_was_not_there_writes_no_reflection(inside: Cast) -> None:
    with pytest.raises(Refused, match="到场的人"):
        actions.write_reflection(
            actor=inside.h1.actor("member-2"), meeting=_later(inside), person=inside.h1.person("member-2"), text="好",
            audience=Audience.SELF, now=clock.now(),
        )  # fmt: skip


def _words(document: object) -> str:
    found = Document(document)  # type: ignore[arg-type]
    cells = (cell.text for table in found.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in found.paragraphs), *cells])


def test_the_minutes_say_who_came_and_what_was_decided(inside: Cast) -> None:
    meeting, target = _later(inside), io.BytesIO()
    minutes_paper(meeting, target)
    words = _words(io.BytesIO(target.getvalue()))
    for part in (
        "6月主题党日",
        "三层会议室",
        "1 人",
        "党员乙（夜班）",
        "李四：穿脱防护用品要再练。",
        "每周练一次。",
    ):
        assert part in words
    lines = CalamineWorkbook.from_filelike(sign_sheet(meeting)).get_sheet_by_index(0).to_python()
    rows = {row[1]: row[4] for row in lines}
    assert "三层会议室" in lines[2][0]
    assert lines[3][0].startswith("应到 ")
    assert "线上" not in lines[4]  # nobody was: no empty column
    assert (rows["党员甲"], rows["党员乙"], rows["党员丙"]) == ("实到", "请假", "缺席")


def test_the_work_book_holds_the_year(inside: Cast) -> None:
    meeting = _later(inside)
    branch, year, actor = (
        inside.h1.unit("一支部"),
        meeting.gathering.held_on.year,
        inside.h1.actor("branch_secretary"),
    )
    rows = list(meetings_for(actor).filter(gathering__held_on__year=year))
    target = io.BytesIO()
    work_book(collect(branch, year, clock.today(), rows), target)
    words = _words(io.BytesIO(target.getvalue()))
    for part in ("支部工作手册", "党员甲", "6月主题党日", "每周练一次。", "30.0"):
        assert part in words
    assert "H1主题党日" not in words  # planned, not held


def test_the_work_book_prints_photographs_and_votes(inside: Cast) -> None:
    secretary = inside.h1.actor("branch_secretary")
    meeting = _later(
        inside, kind=MeetingKind.MEMBERS, confirm=False, votes=[Vote("同意支委会报告", 1, abstain=0, written_yes=1)],
        marks={one.pk: (Presence.PRESENT, "") for one in Person.objects.filter(place__branch__name="一支部").exclude(staff_number="member-4")},
    )  # fmt: skip
    picture = io.BytesIO()
    Image.new("RGB", (1600, 900), "white").save(picture, "JPEG")
    store_upload(
        actor=secretary, tenant_id=meeting.tenant_id, owner_kind=MEETING_OWNER, owner_id=meeting.pk, now=clock.now(),
        upload=SimpleUploadedFile("现场.jpg", picture.getvalue()),
    )  # fmt: skip
    actions.confirm_meeting(actor=secretary, meeting=meeting, now=clock.now())
    year, target = meeting.gathering.held_on.year, io.BytesIO()
    rows = list(meetings_for(secretary).filter(gathering__held_on__year=year))
    work_book(collect(inside.h1.unit("一支部"), year, clock.today(), rows), target)
    document = Document(io.BytesIO(target.getvalue()))
    assert len(document.inline_shapes) == 1
    # A record begins a page by its title: a break of its own could leave an empty page behind a full one
    assert [one.text for one in document.paragraphs if one.paragraph_format.page_break_before][1:] == [
        row.gathering.title for row in rows if row.gathering.state == State.CONFIRMED
    ]
    words = _words(io.BytesIO(target.getvalue()))
    assert "同意支委会报告：赞成 1 票（另书面 1 票），反对 0 票，弃权 0 票，未通过。" in words


def test_a_talk_lists_only_whom_it_concerns_and_is_read_by_them(inside: Cast) -> None:
    starts_at = clock.now()
    talk = actions.plan_meeting(
        actor=inside.h1.actor("branch_secretary"), unit=inside.h1.unit("一支部"), kind=MeetingKind.TALK, title="谈心谈话",
        slots=[Slot(starts_at, starts_at + timedelta(minutes=30))], class_hours=Decimal(0), now=clock.now(),
        people=[inside.h1.person("member-1").pk],
    )  # fmt: skip
    assert [row.person.staff_number for row in talk.gathering.attendances.all()] == ["member-1"]
    readers = ("member-1", "branch_secretary", "hospital_leader")
    assert [rules.may_read_record(inside.h1.actor(n), talk) for n in readers] == [True, True, False]
