"""Votes of a members' meeting: who must be there, how many must say yes, and numbers that cannot be true."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from contracts.cast import Cast
from rongpei.activities.partydays import actions
from rongpei.activities.partydays.actions import Slot
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.minutes import take_apart
from rongpei.activities.partydays.models import Meeting, Motion
from rongpei.activities.partydays.quorum import Quorum, quorum_of
from rongpei.activities.partydays.voting import Vote, judge, votes_in
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings.codes import Presence
from rongpei.org.people import actions as people
from rongpei.org.people.codes import DisciplineEffect, FactKind


@pytest.fixture
def inside(cast: Cast) -> Iterator[Cast]:
    with scope([cast.h1.tenant.pk]):
        yield cast


@pytest.mark.parametrize(
    ("entitled", "present", "yes", "written", "carried"),
    [
        (20, 10, 10, 8, False),  # half is not more than half, whatever was written
        (20, 11, 10, 0, False),
        (20, 11, 11, 0, True),
        (21, 11, 10, 0, False),
        (21, 11, 10, 1, True),
        (21, 11, 11, 0, True),
        (21, 10, 10, 11, False),
    ],
)
def test_more_than_half_there_and_more_than_half_of_all_say_yes(
    entitled: int, present: int, yes: int, written: int, carried: bool
) -> None:
    (found,) = judge([Motion(text="报告", yes=yes, written_yes=written)], Quorum(entitled, present, 0))
    assert found.carried == carried
    assert found.outcome == ("通过" if carried else "未通过")


def test_pasted_votes_are_read_line_by_line() -> None:
    pasted = take_apart(
        "议题：\n报告\n发言：\n都同意。\n表决情况：\n1. 同意支委会工作报告：赞成 12 票，反对0票，弃权 1票，书面赞成2票\n大家都同意。\n决议：\n通过。"
    )
    assert (pasted.agenda, pasted.minutes, pasted.resolution) == ("报告", "都同意。", "通过。")
    assert votes_in(pasted.votes) == [Vote("同意支委会工作报告", 12, 0, 1, 2, 0)]
    assert votes_in("赞成：8，反对：1") == [Vote("决议", 8, 1)]
    assert votes_in("同意3名同志转正：同意 12 票，反对 1 票") == [Vote("同意3名同志转正", 12, 1)]


def _counts(most: int) -> st.SearchStrategy[list[int]]:
    """赞成, 反对, 弃权, 书面赞成, 书面反对."""
    return st.lists(st.integers(min_value=0, max_value=most), min_size=5, max_size=5)


@given(text=st.text("同意赞成3名2026年党员转正报告", min_size=1, max_size=40), counts=_counts(9999))
def test_what_is_printed_is_read_back(text: str, counts: list[int]) -> None:
    vote = Vote(text, *counts)
    (printed,) = judge([Motion(**asdict(vote))], Quorum(30, 20, 0))
    assert votes_in(f"{text}：{printed.counts}，{printed.outcome}。") == [vote]


@given(
    entitled=st.integers(min_value=1, max_value=12), present=st.integers(min_value=0, max_value=12), counts=_counts(5)
)  # fmt: skip
def test_a_vote_that_carries_has_its_room_and_its_yes(entitled: int, present: int, counts: list[int]) -> None:
    yes, no, abstain, written_yes, written_no = counts
    (found,) = judge([Motion(**asdict(Vote("报告", *counts)))], Quorum(entitled, present, 0))
    assert found.carried == (present * 2 > entitled and (yes + written_yes) * 2 > entitled)
    in_the_room = yes + no + abstain <= present <= entitled
    away = written_yes + written_no <= max(entitled - present, 0)
    assert (not found.faults) == (in_the_room and away)


def _meeting(cast: Cast, kind: MeetingKind = MeetingKind.MEMBERS) -> Meeting:
    """A members' meeting at which seven of the branch's nine members were there."""
    starts, secretary = clock.now() - timedelta(hours=2), cast.h1.actor("branch_secretary")
    meeting = actions.plan_meeting(
        actor=secretary, unit=cast.h1.unit("一支部"), kind=kind, title="党员大会", class_hours=Decimal(1),
        slots=[Slot(starts, starts + timedelta(hours=1))], now=clock.now(),
    )  # fmt: skip
    people = list(meeting.gathering.attendances.order_by("person_id").values_list("person_id", flat=True))[:7]
    marks = dict.fromkeys(people, (Presence.PRESENT, ""))
    actions.tick_attendance(actor=secretary, meeting=meeting, marks=marks, now=clock.now())
    return meeting


def _record(cast: Cast, meeting: Meeting, *votes: Vote) -> None:
    actions.record_minutes(
        actor=cast.h1.actor("branch_secretary"), meeting=meeting, agenda="报告", minutes="听取报告。", resolution="通过。",
        class_hours=Decimal(1), votes=list(votes),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("vote", "fault"),
    [
        (Vote("报告", 7), ""),
        (Vote("报告", 5, 1, 1, written_yes=2), ""),
        (Vote("报告", 6, 1, 1), "合计 8 票，多于可以计的 7 票"),
        (Vote("报告", 7, written_yes=3), "书面意见 3 份，多于未到会的 2 人"),
    ],
)
def test_votes_must_agree_with_who_was_there(inside: Cast, vote: Vote, fault: str) -> None:
    meeting, secretary = _meeting(inside), inside.h1.actor("branch_secretary")
    _record(inside, meeting, vote)
    if not fault:
        assert actions.confirm_meeting(actor=secretary, meeting=meeting, now=clock.now()).confirmed_at
        return
    with pytest.raises(Refused, match="票数对不上") as refused:
        actions.confirm_meeting(actor=secretary, meeting=meeting, now=clock.now())
    assert fault in refused.value.why


def test_a_member_under_probation_within_the_party_has_no_vote(inside: Cast) -> None:
    """留党察看: there and entitled to hear, not to vote; on the day before, still entitled."""
    meeting = _meeting(inside)
    before, person = quorum_of(meeting), meeting.gathering.attendances.order_by("person_id")[0].person
    day = meeting.gathering.held_on
    for on, lost in ((day + timedelta(days=1), 0), (day, 1)):
        people.record_fact(
            actor=inside.h1.actor("hr_office"), person=person, kind=FactKind.DISCIPLINE,
            value=DisciplineEffect.PROBATION, starts_on=on, today=clock.today(), now=clock.now(),
        )  # fmt: skip
        assert quorum_of(meeting) == Quorum(before.entitled - lost, before.present - lost, 0)


def test_a_committee_counts_no_written_votes(inside: Cast) -> None:
    with pytest.raises(Refused, match="支部委员会的表决只计到会的人"):
        _record(inside, _meeting(inside, MeetingKind.COMMITTEE), Vote("报告", 2, written_yes=1))


def test_a_meeting_that_decides_nothing_takes_no_votes(inside: Cast) -> None:
    with pytest.raises(Refused, match="党课不作表决"):
        _record(inside, _meeting(inside, MeetingKind.LECTURE), Vote("报告", 7))


def test_the_page_takes_votes_keeps_what_was_typed_and_shows_the_outcome(inside: Cast) -> None:
    meeting, client = _meeting(inside), Client()
    client.force_login(
        inside.h1.user("branch_secretary"), backend="rongpei.ground.accounts.signing.NumberOrNameBackend"
    )
    address = reverse("partydays:minutes", args=[meeting.pk])
    typed = {
        "agenda": "报告", "minutes": "听取报告。", "resolution": "通过。", "class_hours": "1", "vote-0-text": "",
        "vote-0-yes": "7", "vote-1-text": "支委会报告", "vote-1-yes": "",
    }  # fmt: skip
    refused = client.post(address, typed).content.decode()
    for words in ("请写明表决的是什么。", "请填赞成几票，没有的填 0。", 'value="支委会报告"', "听取报告。"):
        assert words in refused
    more = client.post(address, typed | {"more": "1"}).content.decode()
    assert "vote-2-text" in more
    assert "请写明" not in more
    for words in ('value="支委会报告"', "听取报告。"):
        assert words in more
    kept = client.post(address, typed | {"vote-0-text": "学习安排", "vote-1-yes": "4", "vote-1-no": "3"})
    assert kept.status_code == 302
    page = client.get(reverse("partydays:meeting", args=[meeting.pk])).content.decode()
    assert "赞成 7 票，反对 0 票，弃权 0 票" in page
    assert "赞成 4 票，反对 3 票" in page
    assert "未通过" in page


LOST, WON = Vote("同意学习安排", 4, 3), Vote("支委会报告", 7)


@pytest.mark.parametrize(
    ("resolution", "votes", "told"),
    [
        ("会议表决通过。", [LOST], True),
        ("审议通过《支委会报告》；同意学习安排。", [WON, LOST], True),
        ("学习安排未获通过，下次再议。", [LOST], False),
        ("不同意学习安排。", [LOST], False),
        ("学习安排：同意 4 票，反对 3 票，没有过半数，未获通过。", [LOST], False),
        ("学习安排没有超过半数同意。", [LOST], False),
        ("学习安排：同意 4 票，反对 3 票。", [LOST], False),
        ("通过学习，提高认识。", [LOST], False),
        ("每周练一次。", [LOST], False),
        ("通过。", [WON], False),
        ("通过支委会报告。学习安排没有通过。", [WON, LOST], False),
    ],
)
def test_a_resolution_does_not_say_passed_of_what_did_not_pass(
    inside: Cast, resolution: str, votes: list[Vote], told: bool
) -> None:
    meeting, secretary = _meeting(inside), inside.h1.actor("branch_secretary")
    actions.record_minutes(
        actor=secretary, meeting=meeting, agenda="报告", minutes="听取报告。", resolution=resolution,
        class_hours=Decimal(1), votes=votes,
    )  # fmt: skip
    if not told:
        assert actions.confirm_meeting(actor=secretary, meeting=meeting, now=clock.now()).confirmed_at
        return
    with pytest.raises(Refused, match="“同意学习安排”没有通过") as refused:
        actions.confirm_meeting(actor=secretary, meeting=meeting, now=clock.now())
    assert (refused.value.article, refused.value.why) == (
        "《支部工作条例》",
        "有表决权的应到 9 人，赞成要有 5 票，只有 4 票。",
    )


def test_passed_beside_one_that_did_not_is_told_on_the_page(inside: Cast) -> None:
    meeting, client = _meeting(inside), Client()
    client.force_login(
        inside.h1.user("branch_secretary"), backend="rongpei.ground.accounts.signing.NumberOrNameBackend"
    )
    _record(inside, meeting, WON, LOST)
    page = client.get(reverse("partydays:meeting", args=[meeting.pk])).content.decode()
    assert "“同意学习安排”没有通过，请在决议里写明" in page
